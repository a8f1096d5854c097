"""Moves between two schemes, and votes on weights."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tiering.ui.base.theme import ACCENT, INK, QUIET, SCARCE
from tiering.words import Words

PATH_HEIGHT = 34
VOTE_HEIGHT = 38


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
    return alt.layer(bars, said.encode(x=across, y=down, text="note:N")).properties(height=PATH_HEIGHT * len(rows) + 10)


def votes_chart(dots: pd.DataFrame, words: Words, dark: bool) -> alt.LayerChart:
    """``label``, ``voter``, ``share``, ``median``, ``lowest``, ``highest`` (0..1) → one row for each indicator."""
    order = dots["label"].drop_duplicates().tolist()
    rows = alt.Y(
        "label:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=260, labelOverlap=False, labelFontSize=14),
    )
    scale = alt.Scale(domain=[0, max(float(dots["highest"].max()) * 1.12, 0.05)])
    axis = alt.Axis(format="%", grid=False, tickCount=5, labelFontSize=12)
    across = alt.X("share:Q", title=words("workshop.outcome.share"), scale=scale, axis=axis)
    each = alt.Chart(dots)
    once = alt.Chart(dots.drop_duplicates("label"))
    reach = once.mark_rule(strokeWidth=8, strokeCap="round", color=QUIET.on(dark), tooltip=None)
    hover = [
        alt.Tooltip("voter:N", title=" "),
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("share:Q", title=words("workshop.outcome.share"), format=".0%"),
    ]
    points = each.mark_circle(size=110, opacity=0.75, color=ACCENT.on(dark)).encode(x=across, y=rows, tooltip=hover)
    middle = once.mark_tick(thickness=3, size=26, color=INK.on(dark), tooltip=None)
    said = once.mark_text(align="left", dx=8, dy=-13, fontSize=12.5, fontWeight=600, color=INK.on(dark), tooltip=None)
    at_median = alt.X("median:Q", scale=scale)
    layers = (
        reach.encode(x=alt.X("lowest:Q", scale=scale), x2="highest:Q", y=rows),
        points,
        middle.encode(x=at_median, y=rows),
        said.encode(x=at_median, y=rows, text=alt.Text("median:Q", format=".0%")),
    )
    return alt.layer(*layers).properties(height=VOTE_HEIGHT * len(order) + 50)
