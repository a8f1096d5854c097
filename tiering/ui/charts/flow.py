"""Customers flowing from tier to tier over several dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from tiering.said.colours import tier_colour
from tiering.ui.base.theme import INK, LOSS, QUIET
from tiering.words import Words

HEIGHT = 380
BAR = 0.06  # half the width of a date's bar, where dates are 1 apart
GAP = 0.025  # between two tiers, of all customers drawn
SIDE = 0.4  # room for the names left and right, where dates are 1 apart
STEPS = 12
MOST_LABELLED = 5


@dataclass(frozen=True)
class States:
    """The states top to bottom: their labels, how many of them are tiers, and the tiers' own colours if any."""

    labels: Sequence[str]
    tiers: int
    away: int
    hues: tuple[str, ...] = ()

    def colours(self, dark: bool) -> list[str]:
        """One colour each: the tiers' own, loss for those who left, quiet for the rest."""
        beside = [(LOSS if place == self.away else QUIET).on(dark) for place in range(self.tiers, len(self.labels))]
        tiers = enumerate(self.labels[: self.tiers])
        return [tier_colour(name, at, self.hues).on(dark) for at, name in tiers] + beside


def flow_chart(flows: pd.DataFrame, dates: Sequence[str], states: States, words: Words, dark: bool) -> alt.LayerChart:
    """One ribbon per group of customers who went the same way, between the bars of consecutive dates.

    ``flows``: ``step`` (0 from the first to the second date …), ``was``, ``now`` (places of states), ``customers``.
    """
    bars = _bars(flows, len(dates), len(states.labels))
    labelled = bars.assign(state=[states.labels[place] for place in bars["place"]])
    colours = alt.Scale(domain=list(states.labels), range=states.colours(dark))
    colour = alt.Color("state:N", scale=colours, legend=None)
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True, nice=False, zero=False))
    room = max(SIDE, SIDE * len(dates) / 4)
    whole = alt.Scale(domain=[-room, len(dates) - 1 + room], nice=False)
    across = alt.X("x:Q", title=None, scale=whole, axis=_date_axis(dates))
    ribbons = _ribbon_layer(_ribbons(flows, bars, states), words).encode(x=across, y=down, color=colour)
    blocks = (
        alt.Chart(labelled)
        .mark_rect(tooltip=None)
        .transform_calculate(left=f"datum.x - {BAR}", right=f"datum.x + {BAR}")
        .encode(x=alt.X("left:Q"), x2="right:Q", y=down, y2="y2:Q", color=colour)
    )
    return alt.layer(ribbons, blocks, *_labels(labelled, len(dates), down, dark)).properties(height=HEIGHT)


def _date_axis(dates: Sequence[str]) -> alt.Axis:
    """The dates above their bars."""
    names = " : ".join(f"datum.value == {at} ? '{date}'" for at, date in enumerate(dates)) + " : ''"
    every = list(range(len(dates)))
    return alt.Axis(
        orient="top", values=every, labelExpr=names, grid=False, domain=False, ticks=False, labelFontSize=12
    )


def _ribbon_layer(ribbons: pd.DataFrame, words: Words) -> alt.Chart:
    tooltip = [
        alt.Tooltip("from:N", title=words("movement.movers.was")),
        alt.Tooltip("to:N", title=words("movement.movers.now")),
        alt.Tooltip("customers:Q", title=words("segments.customers"), format=",.0f"),
    ]
    strength = alt.condition("datum.moved", alt.value(0.6), alt.value(0.22))
    return alt.Chart(ribbons).mark_area().encode(y2="y2:Q", detail="ribbon:N", opacity=strength, tooltip=tooltip)


def _labels(bars: pd.DataFrame, dates: int, down: alt.Y, dark: bool) -> list[alt.Chart]:
    """The state's name and number left of the first date and right of the last one, numbers alone between."""
    middle = bars.assign(
        y=(bars["y"] + bars["y2"]) / 2, note=bars["state"] + "  " + bars["customers"].map("{:,}".format)
    )
    ends = [(0, "right", -BAR - 0.02), (dates - 1, "left", BAR + 0.02)]
    drawn = [
        alt.Chart(middle[middle["x"] == at].assign(x=at + shift))
        .mark_text(align=align, fontSize=12, color=INK.on(dark), tooltip=None)
        .encode(x="x:Q", y=down, text="note:N")
        for at, align, shift in ends
    ]
    if 2 < dates <= MOST_LABELLED:
        between = middle[(middle["x"] > 0) & (middle["x"] < dates - 1)].assign(x=lambda rows: rows["x"] + BAR + 0.02)
        text = alt.Chart(between).mark_text(align="left", fontSize=11, color=INK.on(dark), tooltip=None)
        drawn.append(text.encode(x="x:Q", y=down, text=alt.Text("customers:Q", format=",.0f")))
    return drawn


def _bars(flows: pd.DataFrame, dates: int, states: int) -> pd.DataFrame:
    """One block per date and state: ``x``, ``place``, ``y``, ``y2``, ``customers``, each date's stacked from 0 down."""
    out = np.zeros((dates, states), dtype=np.int64)
    into = np.zeros((dates, states), dtype=np.int64)
    np.add.at(out, (flows["step"], flows["was"]), flows["customers"])
    np.add.at(into, (flows["step"] + 1, flows["now"]), flows["customers"])
    size = np.maximum(out, into)
    gap = GAP * max(int(size.sum(axis=1).max(initial=0)), 1)
    top = np.cumsum(size + gap * (size > 0), axis=1) - size - gap * (size > 0)
    x, place = np.nonzero(size)
    y = top[x, place]
    return pd.DataFrame({"x": x, "place": place, "y": y, "y2": y + size[x, place], "customers": size[x, place]})


def _ribbons(flows: pd.DataFrame, bars: pd.DataFrame, states: States) -> pd.DataFrame:
    """Points along each ribbon, its ends stacked within the blocks in the order of the states at the other end."""
    tops = bars.set_index(["x", "place"])["y"]
    ordered = flows.sort_values(["step", "was", "now"]).reset_index(drop=True)
    offset_out = ordered.groupby(["step", "was"])["customers"].cumsum() - ordered["customers"]
    arriving = ordered.sort_values(["step", "now", "was"])
    offset_in = (arriving.groupby(["step", "now"])["customers"].cumsum() - arriving["customers"]).sort_index()
    leaves = tops.loc[list(zip(ordered["step"], ordered["was"], strict=True))].to_numpy() + offset_out.to_numpy()
    enters = tops.loc[list(zip(ordered["step"] + 1, ordered["now"], strict=True))].to_numpy() + offset_in.to_numpy()
    along = np.linspace(0, 1, STEPS)
    bend = along**2 * (3 - 2 * along)
    y = leaves[:, None] + (enters - leaves)[:, None] * bend
    x = ordered["step"].to_numpy()[:, None] + BAR + along * (1 - 2 * BAR)
    size = ordered["customers"].to_numpy()
    labels = np.array(states.labels, dtype=object)
    return pd.DataFrame(
        {
            "x": x.ravel(),
            "y": y.ravel(),
            "y2": (y + size[:, None]).ravel(),
            "ribbon": np.repeat(np.arange(len(ordered)), STEPS),
            # whoever comes (back) is drawn in the tier they come to: only what leaves is drawn as a loss
            "state": np.repeat(labels[ordered["was"].where(ordered["was"] < states.tiers, ordered["now"])], STEPS),
            "from": np.repeat(labels[ordered["was"]], STEPS),
            "to": np.repeat(labels[ordered["now"]], STEPS),
            "moved": np.repeat((ordered["was"] != ordered["now"]).to_numpy(), STEPS),
            "customers": np.repeat(size, STEPS),
        }
    )
