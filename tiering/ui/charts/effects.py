"""Effects with their intervals, one row each, and the line of no effect."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK
from tiering.words import Words

ROW_HEIGHT = 38


def effects_chart(effects: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``effect``, ``low``, ``high``, ``note`` → a point and its interval per row."""
    rows = alt.Y(
        "label:N",
        sort=effects["label"].tolist(),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=190, labelFontSize=12, labelOverlap=False),
    )
    base = alt.Chart(effects)
    tips = [alt.Tooltip("label:N", title=" "), alt.Tooltip("note:N", title=words("experiments.effect"))]
    lines = base.mark_rule(strokeWidth=2, color=ACCENT.on(dark)).encode(
        x=alt.X("low:Q", title=None, axis=None), x2="high:Q", y=rows, tooltip=tips
    )
    points = base.mark_point(filled=True, size=70, color=ACCENT.on(dark), opacity=1).encode(
        x=alt.X("effect:Q", title=None, axis=None), y=rows, tooltip=tips
    )
    notes = base.mark_text(dy=-11, fontSize=11, color=INK.on(dark), tooltip=None).encode(
        x=alt.X("effect:Q", title=None, axis=None), y=rows, text="note:N"
    )
    none = (
        alt.Chart(pd.DataFrame({"none": [0.0]}))
        .mark_rule(strokeDash=[4, 3], color=INK.on(dark))
        .encode(x=alt.X("none:Q", title=None, axis=None))
    )
    return alt.layer(none, lines, points, notes).properties(height=ROW_HEIGHT * max(len(effects), 1) + 20)
