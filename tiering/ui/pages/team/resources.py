"""Resources: profit and loss of each tier, the budget, and the parts of the page with what they assume."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.retention import retention_by_tier, retention_months
from tiering.scenario.touches import MONEY
from tiering.strategy.resources.budget import Spending, spending, tier_pnl, whale_curve
from tiering.strategy.resources.load import served_now
from tiering.strategy.resources.services import (
    customer_hours,
    customer_margins,
    margin_rate,
    served_as,
    tier_services,
)
from tiering.ui.base import drill_down, frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.past_dates import separate_windows
from tiering.ui.charts.team import pairs_chart
from tiering.ui.pages.team import allocation, assumptions, load
from tiering.ui.pages.team.allocation import shown_money
from tiering.words import Words

YEAR = 12

SUMS = ("customers", "revenue", "margin", "service_cost", "contribution")


def profit_section(shown: Shown, words: Words) -> None:
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
    apart = separate_windows(shown, words)
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


def budget_section(shown: Shown, words: Words) -> None:
    """Draw the spread."""
    found = spending(shown.tiering)
    if not found.tiers["brings_today"].any():
        st.info(words("resources.allocation.nothing"))
        return
    with st.container(horizontal=True, gap="medium"):
        choices.typed(
            "budget", words, round(found.budget), _change_budget, min_value=0, max_value=int(MONEY), step=10_000
        )
        reached = shown.tiering.scenario.resources.reached
        choices.typed("reached", words, round(reached * 100), _change_reached, min_value=5, max_value=95, step=5)
    st.markdown(_budget_sentence(shown, found, words))
    rows = found.tiers.assign(
        label=found.tiers["name"],
        first=found.tiers["today"],
        second=found.tiers["best"],
        first_note=[shown_money(shown, amount, words) for amount in found.tiers["today"]],
        second_note=[shown_money(shown, amount, words) for amount in found.tiers["best"]],
    )
    left, right = st.columns([1, 1], gap="large")
    with left:
        kinds = (words("resources.budget.today"), words("resources.budget.best"))
        draw(pairs_chart(rows, kinds, words, frame.is_dark()), words)
    with right:
        _budget_table(found.tiers, words)
    st.caption(words("resources.budget.hint"))


def _budget_sentence(shown: Shown, found: Spending, words: Words) -> str:
    gain = float(found.tiers["brings_best"].sum())
    band = shown.tiering.scenario.resources.band
    facts = {
        "budget": found.budget,
        "brings": gain,
        "low": gain * (1 - band),
        "high": gain * (1 + band),
        "today": float(found.tiers["brings_today"].sum()),
    }
    money = {name: frame.plain(shown_money(shown, amount, words)) for name, amount in facts.items()}
    return words("resources.budget.sentence", last=words.number(found.last_unit, 2), **money)


def _budget_table(tiers: pd.DataFrame, words: Words) -> None:
    labels = {
        "name": words("resources.tier"),
        **{name: words(f"resources.budget.{name}") for name in ("today", "best", "brings_today", "brings_best")},
    }
    drill_down.table("budget", tiers.round(0), labels, None)
    drill_down.download("budget", tiers, labels, words)


def _change_budget(value: float | None) -> None:
    now = state.choices().scenario.resources
    state.change_scenario(resources=now.model_copy(update={"budget": None if value is None else float(value)}))


def _change_reached(value: float | None) -> None:
    if value is not None:
        now = state.choices().scenario.resources
        state.change_scenario(resources=now.model_copy(update={"reached": value / 100}))


PARTS = {"load": load.section, "allocation": allocation.section, "budget": budget_section, "profit": profit_section}


def section(shown: Shown, words: Words) -> None:
    """Draw the part that was picked, and below it what it assumes."""
    PARTS[choices.picked("part", list(PARTS), words, bare=True)](shown, words)
    with st.expander(words("resources.assumptions.title"), icon=":material/tune:"):
        assumptions.controls(shown, words)
