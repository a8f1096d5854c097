"""What the movement views ask of the past, looked up by data and settings in the session's own cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from tiering.movement.attribution import Attribution, Span
from tiering.movement.attribution import attribution as causes_of
from tiering.movement.backtest import Backtest
from tiering.movement.backtest import backtest as tested
from tiering.movement.captured import Captured, captured
from tiering.movement.chain import Chain, tier_chain
from tiering.movement.in_force import chain_in_force
from tiering.scenario import Scenario
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.words import Words

SLOW_ROWS = 50_000  # order lines or twice as many customers, from which a bar is shown

Answer = TypeVar("Answer")
Progress = Callable[[float], None]


def chain(shown: Shown, dates: Sequence[date], words: Words) -> Chain:
    """Tiers in force at ``dates`` under the scenario shown; a bar is drawn while it takes long."""
    if not shown.tiering.scenario.review.on:
        return chain_by_score(shown, dates, words)
    scenario, days = shown.tiering.scenario, tuple(dates)
    rule = rule_key(scenario) + scenario.review.model_dump_json()
    slot = _chain(shown.dataset.fingerprint, rule, days)
    return waited(shown, words, slot, lambda progress: chain_in_force(shown.dataset, scenario, days, progress))


def chain_by_score(shown: Shown, dates: Sequence[date], words: Words) -> Chain:
    """Tiers at ``dates`` as the scheme gives them, whatever review rules hold."""
    scenario, days = shown.tiering.scenario, tuple(dates)
    slot = _chain(shown.dataset.fingerprint, rule_key(scenario), days)
    return waited(shown, words, slot, lambda progress: tier_chain(shown.dataset, scenario, days, progress))


def attribution(shown: Shown, days: tuple[date, date], words: Words) -> Attribution:
    """Moves between two days by cause: the baseline was the rule on the first day, the scenario on the second."""
    after = shown.tiering.scenario
    pinned = pinned_rule(shown)
    before = pinned if pinned.tiers == after.tiers else after
    span = Span(*days, before, after)
    slot = _attribution(shown.dataset.fingerprint, (rule_key(before), rule_key(after)), days)
    return waited(shown, words, slot, lambda progress: causes_of(shown.dataset, span, progress))


def backtest(shown: Shown, months: int, words: Words) -> tuple[Backtest, Captured]:
    """The scenario applied some months ago, and what it captured of what came after."""
    scenario, end = shown.tiering.scenario, shown.tiering.base.as_of
    assert end is not None, "orders have a last date"

    def work(progress: Progress | None) -> tuple[Backtest, Captured]:
        test = tested(shown.dataset, scenario, end, months, progress)
        return test, captured(test)

    return waited(shown, words, _backtest(shown.dataset.fingerprint, rule_key(scenario), (end, months)), work)


def waited(shown: Shown, words: Words, slot: dict[str, Answer], work: Callable[[Progress | None], Answer]) -> Answer:
    """What ``work`` answers, kept in ``slot``; a long file shows how far it has come.

    The work is not done inside the cached function: what is drawn there would be drawn again at every look-up.
    """
    if "answer" not in slot:
        slot["answer"] = _with_bar(shown, words, work)
    return slot["answer"]


def _with_bar(shown: Shown, words: Words, work: Callable[[Progress | None], Answer]) -> Answer:
    if not is_long(shown):
        return work(None)
    place = st.empty()
    bar = place.progress(0.0, text=words("movement.reading"))

    def tell(share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=words("movement.reading"))

    try:
        return work(tell)
    finally:
        place.empty()


def is_long(shown: Shown) -> bool:
    """Whether the past of this file takes long to read."""
    lines = shown.dataset.orders.num_rows if shown.dataset.orders is not None else 0
    return max(lines, 2 * len(shown.tiering.base.customers)) >= SLOW_ROWS


def pinned_rule(shown: Shown) -> Scenario:
    """The baseline as it was pinned, its own window and scale included."""
    pinned = state.choices().baseline
    return shown.baseline.scenario if pinned is None or pinned.cuts is None else pinned


def rule_key(scenario: Scenario) -> str:
    """All of a scenario that can change a tier by score."""
    return scenario.key(lambda touches: touches.rule)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _chain(fingerprint: str, rule: str, dates: tuple[date, ...]) -> dict[str, Chain]:
    return {}


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _attribution(fingerprint: str, rules: tuple[str, str], days: tuple[date, date]) -> dict[str, Attribution]:
    return {}


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _backtest(fingerprint: str, rule: str, span: tuple[date, int]) -> dict[str, tuple[Backtest, Captured]]:
    return {}
