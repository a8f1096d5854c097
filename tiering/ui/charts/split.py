"""What moved customers: tiers up and down by cause, and one customer's way from score to score."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from tiering.ui.base.theme import ACCENT, HEAT, INK, SCARCE
from tiering.words import Words

ROW_HEIGHT = 40


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
    return alt.layer(bars, *notes).properties(height=ROW_HEIGHT * len(causes) + 40)


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
