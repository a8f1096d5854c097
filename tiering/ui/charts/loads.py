"""Load against capacity: one bar each, the line of a full year, and what lies beyond it in another colour."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, SCARCE
from tiering.words import Words

ROW_HEIGHT = 30
ROOM_FOR_NOTE = 1.35


def loads_chart(loads: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``within``, ``over`` (1 = full), ``note`` → bars with a line at full."""
    kinds = [words("resources.load.within"), words("resources.load.over")]
    rows = alt.Y(
        "label:N",
        sort=loads["label"].tolist(),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=200, labelOverlap=False),
    )
    ends = alt.Chart(loads).transform_calculate(end="max(datum.within + datum.over, 1)")
    notes = ends.mark_text(align="left", dx=6, fontSize=12, color=INK.on(dark), tooltip=None).encode(
        x=alt.X("end:Q", title=None, axis=None), y=rows, text="note:N"
    )
    full = (
        alt.Chart(pd.DataFrame({"full": [1.0]}))
        .mark_rule(strokeDash=[4, 3], color=INK.on(dark))
        .encode(x=alt.X("full:Q", title=None, axis=None))
    )
    bars = _bars(loads, (kinds, rows), words, dark)
    return alt.layer(bars, full, notes).properties(height=ROW_HEIGHT * len(loads) + 40)


def _bars(loads: pd.DataFrame, drawn_by: tuple[list[str], alt.Y], words: Words, dark: bool) -> alt.Chart:
    kinds, rows = drawn_by
    long = loads.melt(["label", "note"], ["within", "over"], "kind", "load")
    long = long.assign(kind=long["kind"].map({"within": kinds[0], "over": kinds[1]}), place=long["kind"] == "over")
    widest = max(float((loads["within"] + loads["over"]).max()), 1.0) * ROOM_FOR_NOTE
    across = alt.X("load:Q", title=None, axis=None, stack="zero", scale=alt.Scale(domain=[0, widest]))
    colours = alt.Scale(domain=kinds, range=[ACCENT.on(dark), SCARCE.on(dark)])
    return (
        alt.Chart(long)
        .mark_bar(height=16)
        .encode(
            x=across,
            y=rows,
            order="place:Q",
            color=alt.Color("kind:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("load:Q", title=words("resources.load.rate"), format=".0%"),
            ],
        )
    )
