"""The budget: today's spending by tier beside the spread that brings most."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.scenario.bounds import MONEY
from tiering.strategy.resources.budget import Spending, spending
from tiering.ui.base import drill_down, frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.pairs import pairs_chart
from tiering.ui.pages.team.allocation import shown_money
from tiering.words import Words


def section(shown: Shown, words: Words) -> None:
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
    st.markdown(_sentence(shown, found, words))
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
        _table(found.tiers, words)
    st.caption(words("resources.budget.hint"))


def _sentence(shown: Shown, found: Spending, words: Words) -> str:
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


def _table(tiers: pd.DataFrame, words: Words) -> None:
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
