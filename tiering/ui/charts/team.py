"""The team's load against its capacity, and two amounts of money per row."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, SCARCE
from tiering.words import Words

LOAD_HEIGHT = 30
ROOM_BESIDE_LOAD = 1.35
PAIR_HEIGHT = 46
QUIET_COLOURS = ("#b4bfca", "#56626f")
ROOM_BESIDE_PAIR = 1.3


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
    return alt.layer(bars, full, notes).properties(height=LOAD_HEIGHT * len(loads) + 40)


def _bars(loads: pd.DataFrame, drawn_by: tuple[list[str], alt.Y], words: Words, dark: bool) -> alt.Chart:
    kinds, rows = drawn_by
    long = loads.melt(["label", "note"], ["within", "over"], "kind", "load")
    long = long.assign(kind=long["kind"].map({"within": kinds[0], "over": kinds[1]}), place=long["kind"] == "over")
    widest = max(float((loads["within"] + loads["over"]).max()), 1.0) * ROOM_BESIDE_LOAD
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


def pairs_chart(rows: pd.DataFrame, kinds: tuple[str, str], words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``first``, ``second``, ``first_note``, ``second_note`` → two bars per row, named by ``kinds``."""
    order = list(kinds)
    bars = pd.concat(
        [
            rows.assign(kind=kind, money=rows[name], note=rows[f"{name}_note"])[["label", "kind", "money", "note"]]
            for name, kind in zip(("first", "second"), kinds, strict=True)
        ]
    )
    bars = bars.assign(beside=bars["money"].clip(lower=0.0))
    low, high = min(float(bars["money"].min()), 0.0), max(float(bars["money"].max()), 1.0)
    base = alt.Chart(bars).encode(
        y=alt.Y(
            "label:N",
            sort=rows["label"].tolist(),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelFontSize=12, labelOverlap=False),
        ),
        yOffset=alt.YOffset("kind:N", sort=order),
        x=alt.X("money:Q", title=None, axis=None, scale=alt.Scale(domain=[low, high * ROOM_BESIDE_PAIR])),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("money:Q", title=words("plan.money"), format=",.0f"),
        ],
    )
    drawn = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color(
            "kind:N",
            title=None,
            sort=order,
            scale=alt.Scale(domain=order, range=[QUIET_COLOURS[int(dark)], ACCENT.on(dark)]),
            legend=alt.Legend(orient="top"),
        )
    )
    notes = base.mark_text(align="left", dx=4, fontSize=11, color=INK.on(dark)).encode(
        x=alt.X("beside:Q", title=None, axis=None), text="note:N"
    )
    return alt.layer(drawn, notes).properties(height=PAIR_HEIGHT * max(len(rows), 1) + 30)
