"""Traits of the top tiers beside the rest."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import INK
from tiering.words import Words

ROW_HEIGHT = 28
REST_COLOURS = ("#93a0ad", "#76828f")


def traits_chart(found: pd.DataFrame, colour: str, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``top_share``, ``rest_share`` (0..1), ``note`` → a line from the rest's share to the top's."""
    axis = alt.Axis(ticks=False, domain=False, labelLimit=240, labelOverlap=False)
    rows = alt.Y("label:N", sort=found["label"].tolist(), title=None, axis=axis)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("top_share:Q", title=words("segments.profile.top_share"), format=".1%"),
        alt.Tooltip("rest_share:Q", title=words("segments.profile.rest_share"), format=".1%"),
    ]
    base = alt.Chart(found).encode(y=rows, tooltip=tooltip)
    span = base.mark_rule(strokeWidth=3, color=colour, opacity=0.55).encode(
        x=alt.X("rest_share:Q", title=None, axis=alt.Axis(format=".0%", orient="top", tickCount=5, gridOpacity=0.4)),
        x2="top_share:Q",
    )
    rest = base.mark_point(filled=True, size=60, opacity=1, color=REST_COLOURS[int(dark)]).encode(x="rest_share:Q")
    top = base.mark_point(filled=True, size=110, opacity=1, color=colour).encode(x="top_share:Q")
    said = base.mark_text(align="left", dx=10, fontSize=12, color=INK.on(dark)).encode(x="top_share:Q", text="note:N")
    return alt.layer(span, rest, top, said).properties(height=ROW_HEIGHT * max(len(found), 1) + 40)
