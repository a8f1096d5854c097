"""Paths between tiers as bars of what moves along them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, QUIET, SCARCE

ROW_HEIGHT = 34


def paths_chart(rows: pd.DataFrame, dark: bool) -> alt.LayerChart:
    """``label``, ``length``, ``note``, ``direction`` (1 up, −1 down, 0 neither) → one bar for each path."""
    down = alt.Y(
        "label:N",
        sort=rows["label"].tolist(),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=240, labelOverlap=False, labelFontSize=13),
    )
    room = alt.Scale(domain=[0, max(float(rows["length"].max()), 1.0) * 1.6])
    across = alt.X("length:Q", axis=None, scale=room)
    shade = alt.Color(
        "direction:O",
        legend=None,
        scale=alt.Scale(domain=[1, -1, 0], range=[ACCENT.on(dark), SCARCE.on(dark), QUIET.on(dark)]),
    )
    bars = alt.Chart(rows).mark_bar(height=18, tooltip=None).encode(x=across, y=down, color=shade)
    said = alt.Chart(rows).mark_text(align="left", dx=6, fontSize=12.5, color=INK.on(dark), tooltip=None)
    return alt.layer(bars, said.encode(x=across, y=down, text="note:N")).properties(height=ROW_HEIGHT * len(rows) + 10)
