"""Profit and loss of each tier, and how many customers its service has to keep to pay for itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.retention import retention_by_tier, retention_months
from tiering.strategy.resources.load import served_now
from tiering.strategy.resources.pnl import tier_pnl, whale_curve
from tiering.strategy.resources.services import (
    customer_hours,
    customer_margins,
    margin_rate,
    served_as,
    tier_services,
)
from tiering.ui.base import drill_down, frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.window_apart import window_apart
from tiering.ui.charts.pairs import pairs_chart
from tiering.ui.pages.team.allocation import shown_money
from tiering.words import Words

YEAR = 12

SUMS = ("customers", "revenue", "margin", "service_cost", "contribution")


def section(shown: Shown, words: Words) -> None:
    """Draw the figures by tier, with their sum."""
    if not (shown.tiering.base.revenue != 0).any():
        st.info(words("resources.allocation.nothing"))
        return
    pnl = tier_pnl(shown.tiering)
    st.markdown(_sentence(shown, pnl, words))
    _whale(shown, words)
    rows = pnl.assign(
        label=pnl["name"],
        first=pnl["service_cost"],
        second=pnl["contribution"],
        first_note=[shown_money(shown, amount, words) for amount in pnl["service_cost"]],
        second_note=[shown_money(shown, amount, words) for amount in pnl["contribution"]],
    )
    left, right = st.columns([4, 9], gap="medium")
    with left:
        kinds = (words("resources.profit.service_cost"), words("resources.profit.contribution"))
        draw(pairs_chart(rows, kinds, words, frame.is_dark()), words)
    with right:
        _table(shown, pnl, words)
    st.caption(_hint(shown, words))


def _sentence(shown: Shown, pnl: pd.DataFrame, words: Words) -> str:
    said, band = [], shown.tiering.scenario.resources.band
    services = tier_services(shown.tiering.scenario)
    lifts, lost = pnl["break_even"].to_numpy(float), lost_a_year(shown, words)
    for service, lift, number, room in zip(services, lifts, pnl["customers"], lost, strict=True):
        if number and np.isfinite(lift):
            facts = {"share": words.percent(lift, 1), "uplift": words.percent(service.uplift, 1)}
            facts["lost"] = words.percent(room, 1)
            verdict = "beyond" if room < lift <= 1 else _verdict(lift, service.uplift, band)
            said.append(words(f"resources.profit.{verdict}", tier=frame.plain(service.name), **facts))
    return "\n".join(f"- {line}" for line in said)


def lost_a_year(shown: Shown, words: Words) -> np.ndarray:
    """Share of each tier's customers, by the tier at the start, who no longer ordered a year on; NaN where not told."""
    unknown = np.full(len(shown.tiering.scenario.tiers), np.nan)
    first, as_of = shown.dataset.first_order_date, shown.tiering.base.as_of
    if first is None or as_of is None or not retention_months(first, as_of, shown.tiering.scenario.window_months):
        return unknown
    apart = window_apart(shown, words)
    assert apart is not None, "two windows lie one after the other"
    chain, months = apart
    return 1 - np.array([tier.kept.value for tier in retention_by_tier(chain)[:-1]]) ** (YEAR / months)


def _whale(shown: Shown, words: Words) -> None:
    """How far the best customers together earn more than the whole, the others costing the rest."""
    hours, cost = (
        customer_hours(shown.tiering) * served_now(shown.tiering),
        shown.tiering.scenario.resources.cost_per_hour,
    )
    curve = whale_curve(customer_margins(shown.tiering) - hours * cost)
    peak = int(curve.argmax()) + 1 if curve.size else 0
    if peak and peak < curve.size:
        share = words.percent(float(curve[peak - 1]), 1)
        st.markdown(words("resources.profit.whale", best=peak, share=share, n=curve.size - peak))


def _verdict(break_even: float, uplift: float, band: float) -> str:
    """Whether the assumed uplift pays: even at its low end, only at its high end, or not."""
    if break_even > 1:
        return "never"
    if break_even <= uplift * (1 - band):
        return "pays"
    return "may_pay" if break_even <= uplift * (1 + band) else "does_not_pay"


def _table(shown: Shown, pnl: pd.DataFrame, words: Words) -> None:
    whole = pd.DataFrame([{"name": words("resources.profit.total"), **{name: pnl[name].sum() for name in SUMS}}])
    rows = pd.concat([pnl, whole], ignore_index=True).rename(columns={"break_even": "break_even_rate"})
    rows["customers"] = rows["customers"].astype(int)
    labels = {
        "name": words("resources.tier"),
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
        **{name: words(f"resources.profit.{name}") for name in ("margin", "service_cost", "contribution")},
        "break_even_rate": words("resources.profit.break_even"),
        "keeping": words("resources.profit.keeping"),
        "winning": words("resources.profit.winning"),
    }
    ids, tiers = shown.tiering.base.customers["customer_id"].to_numpy(), served_as(shown.tiering)
    names = rows["name"].tolist()

    def listing(row: int) -> drill_down.Listing:
        return drill_down.Listing(names[row], ids[(tiers == row) | (row == len(pnl))].tolist())

    money = ["margin", "service_cost", "contribution", "keeping", "winning"]
    drill_down.table("pnl", rows.round(dict.fromkeys(money, 0)), labels, listing)
    st.caption(words("segments.click"))
    drill_down.download("tier-profit", rows, labels, words)


def _hint(shown: Shown, words: Words) -> str:
    rate, is_own = margin_rate(shown.tiering)
    times = words.number(shown.tiering.scenario.resources.win_times)
    margin = words(f"resources.profit.margin_{'own' if is_own else 'assumed'}", rate=words.percent(rate, 1))
    return f"{margin} {words('resources.profit.hint', times=times)}"
