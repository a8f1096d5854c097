"""Two-way grids of figures, shaded and clickable."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import CELL, HEAT, INK, QUIET, SCARCE
from tiering.words import Words

ROW_HEIGHT = 46
FITTING = alt.ExprRef("max(bandwidth('x') - 2, 24)")  # a name stays over its column, however narrow
SHORT_LABEL = 4  # signs; a longer name may reach beyond the last column on a narrow screen


def grid_chart(
    cells: pd.DataFrame, words: Words, dark: bool, diverging: bool = False, row_height: int = ROW_HEIGHT
) -> alt.LayerChart:
    """One rectangle per cell with its figures in it; a click selects (``row_place``, ``column_place``).

    ``cells``: ``row`` and ``column`` (labels), ``row_place`` and ``column_place`` (their order), ``shade`` (0..1, or
    −1..1 when diverging), ``note`` (main figure), ``under`` (second line), ``customers``, and ``revenue`` where known.
    """
    across = alt.X(
        "column:N",
        sort=_in_order(cells, "column"),
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelLimit=FITTING, labelOverlap=False),
    )
    down = alt.Y(
        "row:N",
        sort=_in_order(cells, "row"),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelOverlap=False),
    )
    tooltip = [
        alt.Tooltip("row:N", title=" "),
        alt.Tooltip("column:N", title=" "),
        alt.Tooltip("customers:Q", title=words("segments.customers"), format=",.0f"),
        *([alt.Tooltip("revenue:Q", title=words("segments.revenue"), format=",.0f")] if "revenue" in cells else []),
    ]
    clicked = alt.selection_point(name=CELL, fields=["row_place", "column_place"], on="click", clear=False)
    ground = (
        alt.Chart(cells)
        .mark_rect(cornerRadius=3, cursor="pointer")
        .encode(x=across, y=down, color=_shade(dark, diverging), tooltip=tooltip)
        .add_params(clicked)
    )
    said = alt.Chart(cells).encode(x=across, y=down)
    lift = -7 if (cells["under"] != "").any() else 0
    first = said.mark_text(fontSize=13, dy=lift, color=INK.on(dark), tooltip=None).encode(text="note:N")
    second = said.mark_text(fontSize=10.5, dy=9, color=INK.on(dark), opacity=0.85, tooltip=None).encode(text="under:N")
    last = _in_order(cells, "column")[-1] if len(cells) else ""
    room = {"left": 5, "top": 5, "bottom": 5, "right": 28 if len(last) > SHORT_LABEL else 5}
    height = row_height * max(cells["row"].nunique(), 1) + 30
    return alt.layer(ground, first, second).properties(height=height, padding=room)


def _in_order(cells: pd.DataFrame, side: str) -> list[str]:
    """Labels by their places: a layered chart heeds no sorting by another field."""
    labels: list[str] = cells.sort_values(f"{side}_place")[side].drop_duplicates().tolist()
    return labels


def _shade(dark: bool, diverging: bool) -> alt.Color:
    if not diverging:
        return alt.Color("shade:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[QUIET.on(dark), HEAT.on(dark)]))
    colours = [SCARCE.on(dark), QUIET.on(dark), HEAT.on(dark)]
    return alt.Color(
        "shade:Q", legend=None, scale=alt.Scale(domain=[-1, 0, 1], range=colours, clamp=True, interpolate="rgb")
    )
