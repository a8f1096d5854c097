"""Moves between tiers: their causes, how steady tiers are, what review rules hold, and what the tiers captured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from tiering.said.colours import Colour
from tiering.ui.base.theme import ACCENT, HEAT, INK, SCARCE
from tiering.words import Words

INTERVAL_HEIGHT = 38
CAUSE_HEIGHT = 40
REVIEWS_HEIGHT = 220
CAPTURE_HEIGHT = 320
PLAIN_COLOURS = ("#8a96a3", "#8b98a6")


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
    return alt.layer(line, dot, said).properties(height=INTERVAL_HEIGHT * max(len(shares), 1) + 30)


def causes_chart(causes: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``cause``, ``up`` (≥ 0), ``down`` (≤ 0), in tiers, and ``points`` → bars to the right and to the left of zero."""
    order = causes["cause"].tolist()
    kinds = {"up": words("movement.causes.up"), "down": words("movement.causes.down")}
    long = causes.melt(["cause", "points"], list(kinds), "kind", "tiers")
    long = long.assign(kind=long["kind"].map(kinds), note=long["tiers"].map("{:+,}".format))
    rows = alt.Y(
        "cause:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelOverlap=False)
    )
    colours = alt.Scale(domain=list(kinds.values()), range=[ACCENT.on(dark), SCARCE.on(dark)])
    base = alt.Chart(long).encode(y=rows, x=alt.X("tiers:Q", title=None, axis=None, scale=alt.Scale(padding=48)))
    bars = base.mark_bar(height=18).encode(
        color=alt.Color("kind:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        tooltip=[
            alt.Tooltip("cause:N", title=words("movement.causes.cause")),
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("tiers:Q", title=words("movement.causes.tiers"), format="+,.0f"),
            alt.Tooltip("points:Q", title=words("movement.causes.points"), format="+,.1f"),
        ],
    )
    said = base.mark_text(fontSize=12, color=INK.on(dark), tooltip=None).encode(text="note:N")
    up = said.mark_text(align="left", dx=5, fontSize=12, color=INK.on(dark), tooltip=None)
    down = said.mark_text(align="right", dx=-5, fontSize=12, color=INK.on(dark), tooltip=None)
    notes = [up.transform_filter("datum.tiers > 0"), down.transform_filter("datum.tiers < 0")]
    return alt.layer(bars, *notes).properties(height=CAUSE_HEIGHT * len(causes) + 40)


def way_chart(way: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``begin``, ``end`` (points 0..100), ``note`` → one bar after the other, first and last from zero."""
    order = way["label"].tolist()
    rises = np.where(way["end"] >= way["begin"], "up", "down")
    kinds = ["end", *rises[1:-1], "end"]
    drawn = way.assign(kind=kinds, top=way[["begin", "end"]].max(axis=1))
    rows = alt.Y(
        "label:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220, labelOverlap=False)
    )
    base = alt.Chart(drawn).encode(y=rows)
    colours = [HEAT.on(dark), ACCENT.on(dark), SCARCE.on(dark)]
    room = alt.Scale(domain=[0, max(1.0, 1.15 * float(drawn["top"].max()))], nice=False)  # for the last note
    ticks = alt.Axis(tickCount=5, gridOpacity=0.4)
    axis = alt.X("begin:Q", title=words("movement.causes.axis"), scale=room, axis=ticks)
    bars = base.mark_bar(height=16, tooltip=None).encode(
        x=axis,
        x2="end:Q",
        color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=["end", "up", "down"], range=colours)),
    )
    said = base.mark_text(align="left", dx=6, fontSize=12, color=INK.on(dark), tooltip=None).encode(
        x="top:Q", text="note:N"
    )
    return alt.layer(bars, said).properties(height=30 * len(way) + 40)


def held_chart(
    reviewed: pd.DataFrame, lines: Sequence[float], tiers: Mapping[str, Colour], words: Words, dark: bool
) -> alt.LayerChart:
    """``date`` (label), ``score`` 0..100, ``drawn``, ``held`` (tier names) → the way of the score over today's lines.

    ``tiers``: colour of each tier by its name, best first. Above each point stands the tier by score, with the tier in
    use behind an arrow where that is another one.
    """
    order = reviewed["date"].tolist()
    across = alt.X("date:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False))
    scale = alt.Scale(zero=False, padding=24)
    up = alt.Y("score:Q", title=words("movement.causes.axis"), scale=scale, axis=alt.Axis(tickCount=4, grid=False))
    base = alt.Chart(reviewed).encode(x=across, y=up)
    colours = alt.Scale(domain=list(tiers), range=[colour.on(dark) for colour in tiers.values()])
    another = f"datum.drawn + ' → {words('movement.review.used')} ' + datum.held"
    drawn = base.transform_calculate(said=f"datum.drawn === datum.held ? datum.held : {another}")
    marks = alt.Chart(pd.DataFrame({"line": list(lines), "tier": list(tiers)[: len(lines)]}))
    rule = marks.mark_rule(strokeDash=[4, 4], color=INK.on(dark), opacity=0.5, tooltip=None).encode(y="line:Q")
    named = marks.mark_text(align="left", dx=4, dy=-7, fontSize=11, color=INK.on(dark), tooltip=None).encode(
        x=alt.value(0), y="line:Q", text="tier:N"
    )
    way = base.mark_line(color=ACCENT.on(dark), opacity=0.5, tooltip=None)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color("held:N", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip("date:N", title=words("movement.review.review")),
            alt.Tooltip("score:Q", title=words("movement.causes.axis"), format=".1f"),
            alt.Tooltip("drawn:N", title=words("movement.review.tier_drawn")),
            alt.Tooltip("held:N", title=words("movement.review.tier_held")),
        ],
    )
    said = drawn.mark_text(dy=-14, fontSize=12, color=INK.on(dark), tooltip=None).encode(text="said:N")
    return alt.layer(rule, named, way, dots, said).properties(height=REVIEWS_HEIGHT)


def capture_chart(curves: pd.DataFrame, marks: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """Two cumulative curves, the scheme's with a dot at each line between tiers.

    ``curves``: ``kind`` (label), ``customer_share``, ``revenue_share`` (0..1); ``marks``: ``customer_share``,
    ``revenue_share``, ``note``.
    """
    kinds = list(dict.fromkeys(curves["kind"]))
    colours = alt.Scale(domain=kinds, range=[ACCENT.on(dark), PLAIN_COLOURS[int(dark)]])
    percent = {"format": ".0%", "tickCount": 5, "gridOpacity": 0.4}
    x = alt.X("customer_share:Q", title=words("movement.backtest.axis_customers"), axis=alt.Axis(**percent))
    y = alt.Y("revenue_share:Q", title=words("movement.backtest.axis_revenue"), axis=alt.Axis(**percent))
    lines = (
        alt.Chart(curves)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", title=None, sort=kinds, scale=colours, legend=alt.Legend(orient="top")),
            strokeDash=alt.StrokeDash(
                "kind:N", legend=None, sort=kinds, scale=alt.Scale(domain=kinds, range=[[1, 0], [5, 4]])
            ),
            tooltip=[
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("customer_share:Q", title=words("movement.backtest.axis_customers"), format=".0%"),
                alt.Tooltip("revenue_share:Q", title=words("movement.backtest.axis_revenue"), format=".1%"),
            ],
        )
    )
    at = alt.Chart(marks).encode(x=x, y=y)
    dots = at.mark_point(filled=True, size=80, opacity=1, color=ACCENT.on(dark), tooltip=None)
    said = at.mark_text(align="left", dx=9, dy=12, fontSize=12, color=INK.on(dark), tooltip=None).encode(text="note:N")
    return alt.layer(lines, dots, said).properties(height=CAPTURE_HEIGHT)
