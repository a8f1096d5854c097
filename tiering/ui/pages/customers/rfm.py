"""RFM: customers grouped by how recently, how often and for how much they buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from tiering.ui.base import cached, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.customers import groups_chart
from tiering.ui.charts.grid import grid_chart
from tiering.views.group_tiers import group_totals
from tiering.views.rfm import (
    EIGHT,
    FOUR,
    TEN,
    RfmFigures,
    RfmLimits,
    RfmScores,
    eight_groups,
    four_groups,
    quantile_limits,
    rfm_scores,
    ten_groups,
    usual_bins,
)
from tiering.words import Words

MAPS: dict[str, Sequence[str]] = {"four": FOUR, "ten": TEN, "eight": EIGHT}
BY_CUT = ("four", "eight")
COLUMNS = {"window": ("annual_orders", "annual_revenue"), "all": ("orders", "revenue")}
PARTS = ("recency", "frequency", "monetary")


@dataclass(frozen=True)
class Grouping:
    """A map of groups put on the customers: ``codes`` into ``names``, −1 where a figure is not known."""

    names: Sequence[str]
    codes: np.ndarray
    scores: RfmScores
    bins: int


def section(shown: Shown, words: Words) -> None:
    """Draw the view."""
    customers = shown.tiering.base.customers
    periods = [period for period, columns in COLUMNS.items() if {"recency_days", *columns} <= set(customers)]
    if not periods:
        st.info(words("segments.rfm.needs"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = choices.picked("rfm_map", list(MAPS), words)
        period = choices.picked("period", periods, words) if len(periods) > 1 else periods[0]
        own = choices.picked("rfm_cut", ["quantile", "own"], words) == "own"
    figures = figures_of(customers, period)
    if not figures.known().any():
        st.info(words("segments.rfm.nobody"))
        return
    bins = 2 if chosen in BY_CUT else usual_bins(int(figures.known().sum()))
    limits = _own_limits(quantile_limits(figures, bins), chosen, words) if own else quantile_limits(figures, bins)
    if limits is None:
        st.warning(words("segments.rfm.not_ascending"))
        return
    grouping = _grouping(shown, figures, limits, chosen)
    _explained(shown, limits, grouping, figures, words)
    _drawn(shown, grouping, chosen, words)


def figures_of(customers: pd.DataFrame, period: str) -> RfmFigures:
    """Recency, orders and money of each customer in the window, or of all orders so far."""
    orders, revenue = COLUMNS[period]
    return RfmFigures(*(customers[name].to_numpy(dtype=np.float64) for name in ("recency_days", orders, revenue)))


def _own_limits(proposed: RfmLimits, chosen: str, words: Words) -> RfmLimits | None:
    """Limits typed by the user, at first those of the quantiles; None while they are no ascending numbers."""
    typed = []
    with st.container(horizontal=True):
        for part in PARTS:
            offered = ", ".join(f"{limit:.10g}" for limit in getattr(proposed, part))
            typed.append(choices.typed(f"rfm_{part}", offered, words, shown_for=chosen))
    try:
        limits = RfmLimits(*(tuple(float(number) for number in text.replace("，", ",").split(",")) for text in typed))
    except ValueError:
        return None
    fits = all(len(getattr(limits, part)) == len(getattr(proposed, part)) for part in PARTS)
    return limits if fits and limits.are_ascending() else None


def _grouping(shown: Shown, figures: RfmFigures, limits: RfmLimits, chosen: str) -> Grouping:
    scores, bins = rfm_scores(figures, limits), len(limits.recency) + 1
    if chosen == "four":
        codes = four_groups(figures, limits, cached.evidence(shown).column("tail"))
    elif chosen == "eight":
        codes = eight_groups(figures, limits)
    else:
        codes = ten_groups(scores, bins)
    return Grouping(MAPS[chosen], codes, scores, bins)


def _explained(shown: Shown, limits: RfmLimits, grouping: Grouping, figures: RfmFigures, words: Words) -> None:
    """Where the limits lie, in a sentence, and who is left out."""

    def listed(values: Sequence[float], money: bool = False) -> str:
        forms = [
            words.money(value, shown.dataset.currency) if money else words.number(value, int(value % 1 > 0))
            for value in values
        ]
        return " / ".join(forms)

    st.caption(
        frame.plain(
            words(
                "segments.rfm.limits",
                recency=listed(limits.recency),
                frequency=listed(limits.frequency),
                monetary=listed(limits.monetary, money=True),
            )
        )
    )
    unknown = int((~figures.known()).sum())
    notes = [words("segments.rfm.unknown", n=unknown)] if unknown else []
    if grouping.bins == 3:
        notes.append(words("segments.rfm.thirds"))
    if notes:
        st.caption(" ".join(notes))


def _drawn(shown: Shown, grouping: Grouping, chosen: str, words: Words) -> None:
    revenue = shown.tiering.base.revenue
    totals = group_totals(grouping.codes, revenue, len(grouping.names)).assign(
        label=[words(f"segments.rfm.group.{name}") for name in grouping.names],
        advice=[words(f"segments.rfm.advice.{name}") for name in grouping.names],
    )
    biggest = totals.iloc[int(np.argmax(totals["revenue_share"].to_numpy()))]
    share = words.percent(biggest["revenue_share"], 1)
    st.markdown(words("segments.rfm.sentence", label=biggest["label"], n=int(biggest["customers"]), share=share))
    left, right = st.columns([5, 6], gap="large")
    with left:
        if chosen == "ten":
            _grid(shown, grouping, words)
        else:
            drill_down.draw_with_picture("rfm-groups", groups_chart(totals, words, frame.is_dark()), words)
    with right:
        _table(shown, grouping, totals, words)


def _table(shown: Shown, grouping: Grouping, totals: pd.DataFrame, words: Words) -> None:
    filled = totals[totals["customers"] > 0].reset_index(names="code")
    labels = {
        "label": words("segments.group"),
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
        "revenue_share": words("segments.revenue_share"),
    }
    ids = shown.tiering.base.customers["customer_id"].to_numpy()

    def listing(row: int) -> drill_down.Listing:
        return drill_down.Listing(str(filled["label"].iloc[row]), ids[grouping.codes == filled["code"].iloc[row]])

    drill_down.table(f"rfm-{len(grouping.names)}", filled, labels, listing)
    st.caption(words("segments.click"))
    drill_down.sentences(filled, "advice", words)
    drill_down.download(f"rfm-{len(grouping.names)}", filled, labels | {"advice": words("segments.advice")}, words)


def _grid(shown: Shown, grouping: Grouping, words: Words) -> None:
    """Recency down, frequency across: customers and money of each cell."""
    scores, revenue, bins = grouping.scores, shown.tiering.base.revenue, grouping.bins
    cell = np.where(scores.recency > 0, (bins - scores.recency) * bins + scores.frequency - 1, -1)
    totals = group_totals(cell, revenue, bins * bins)
    row, column = np.divmod(np.arange(bins * bins), bins)
    told, where = np.unique(cell, return_index=True)
    first = {int(code): int(grouping.codes[place]) for code, place in zip(told, where, strict=True) if code >= 0}
    cells = totals.assign(
        row=[f"R{bins - place}" for place in row],
        column=[f"F{place + 1}" for place in column],
        row_place=row,
        column_place=column,
        shade=totals["revenue_share"] / max(totals["revenue_share"].max(), 1e-9),
        note=[
            words(f"segments.rfm.group.{grouping.names[first[i]]}") if i in first else "" for i in range(bins * bins)
        ],
        under=[
            words("segments.cell", n=int(n), money=words.money(money, shown.dataset.currency)) if n else ""
            for n, money in zip(totals["customers"], totals["revenue"], strict=True)
        ],
    )
    st.caption(words("segments.rfm.grid_hint"))
    clicked = drill_down.clicked_cell("rfm-grid", grid_chart(cells, words, frame.is_dark()), words)
    if clicked is not None:
        place = clicked[0] * bins + clicked[1]
        if (cell == place).any():
            ids = shown.tiering.base.customers["customer_id"].to_numpy()[cell == place]
            drill_down.show_customers(drill_down.Listing(f"{cells['row'][place]} {cells['column'][place]}", ids))
