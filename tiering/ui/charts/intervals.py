"""Shares with their intervals, one line each."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

ROW_HEIGHT = 38


def intervals_chart(shares: pd.DataFrame, words: Words, dark: bool, zero: bool = True) -> alt.LayerChart:
    """``label``, ``share``, ``low``, ``high`` (0..1), ``note`` → a dot on its interval, the note at its end."""
    order = shares["label"].tolist()
    rows = alt.Y(
        "label:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelOverlap=False)
    )
    scale = alt.Scale(domainMin=0) if zero else alt.Scale(zero=False, nice=True, padding=20)
    across = alt.X("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5, gridOpacity=0.4), scale=scale)
    base = alt.Chart(shares).encode(y=rows)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("share:Q", title=words("segments.share"), format=".1%"),
        alt.Tooltip("low:Q", title=words("movement.low"), format=".1%"),
        alt.Tooltip("high:Q", title=words("movement.high"), format=".1%"),
    ]
    line = base.mark_rule(strokeWidth=5, color=ACCENT.on(dark), opacity=0.35, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q", tooltip=tooltip
    )
    dot = base.mark_point(filled=True, size=90, opacity=1, color=ACCENT.on(dark)).encode(x=across, tooltip=tooltip)
    said = base.mark_text(align="left", dx=8, fontSize=12, color=INK.on(dark), tooltip=None).encode(
        x=alt.X("high:Q", scale=scale), text="note:N"
    )
    return alt.layer(line, dot, said).properties(height=ROW_HEIGHT * max(len(shares), 1) + 30)
