"""What the movement and risk views ask of the past, looked up by data and settings in the session's own cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from tiering.movement.attribution import Attribution, Span
from tiering.movement.attribution import attribution as causes_of
from tiering.movement.backtest import Backtest
from tiering.movement.backtest import backtest as tested
from tiering.movement.captured import Captured, captured
from tiering.movement.chain import Chain, tier_chain
from tiering.movement.in_force import chain_in_force
from tiering.movement.sale_days import RhythmExclusions, SaleDays, sale_days
from tiering.movement.warning import (
    AlarmRecord,
    Gaps,
    Warnings,
    alarm_record,
    check_dates,
    gaps_until,
    median_gaps,
    warnings_of,
)
from tiering.scenario import Scenario
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import orders_of
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
    return computed_once(shown, words, slot, lambda progress: chain_in_force(shown.dataset, scenario, days, progress))


def chain_by_score(shown: Shown, dates: Sequence[date], words: Words) -> Chain:
    """Tiers at ``dates`` as the scheme gives them, whatever review rules hold."""
    scenario, days = shown.tiering.scenario, tuple(dates)
    slot = _chain(shown.dataset.fingerprint, rule_key(scenario), days)
    return computed_once(shown, words, slot, lambda progress: tier_chain(shown.dataset, scenario, days, progress))


def attribution(shown: Shown, days: tuple[date, date], words: Words) -> Attribution:
    """Moves between two days by cause: the baseline was the rule on the first day, the scenario on the second."""
    after = shown.tiering.scenario
    pinned = pinned_rule(shown)
    before = pinned if pinned.tiers == after.tiers else after
    span = Span(*days, before, after)
    slot = _attribution(shown.dataset.fingerprint, (rule_key(before), rule_key(after)), days)
    return computed_once(shown, words, slot, lambda progress: causes_of(shown.dataset, span, progress))


def backtest(shown: Shown, months: int, words: Words) -> tuple[Backtest, Captured]:
    """The scenario applied some months ago, and what it captured of what came after."""
    scenario, end = shown.tiering.scenario, shown.tiering.base.as_of
    assert end is not None, "orders have a last date"

    def work(progress: Progress | None) -> tuple[Backtest, Captured]:
        test = tested(shown.dataset, scenario, end, months, progress)
        return test, captured(test)

    return computed_once(shown, words, _backtest(shown.dataset.fingerprint, rule_key(scenario), (end, months)), work)


def computed_once(
    shown: Shown, words: Words, slot: dict[str, Answer], work: Callable[[Progress | None], Answer]
) -> Answer:
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


@dataclass(frozen=True)
class Rhythms:
    """Sale days of the file, and gaps and median gap of the customers in the order of the customer base."""

    days: SaleDays
    gaps: Gaps
    median_days: np.ndarray


def rhythms(shown: Shown, left_out: RhythmExclusions) -> Rhythms:
    """The rhythm of every customer; no weight and no line changes it."""
    orders, as_of = orders_of(shown)
    return _rhythms(shown.base_key, left_out, _asked=(orders, as_of), _customers=shown.tiering.base.customers)


def warnings(shown: Shown, left_out: RhythmExclusions) -> Warnings:
    """Warnings for the customers in the order of the customer base; a tier is a group."""
    return warnings_of(rhythms(shown, left_out).gaps, shown.tiering.tiers.astype(np.intp))


def active(shown: Shown) -> np.ndarray:
    """Whether each customer ordered in the window."""
    return shown.tiering.base.customers["annual_orders"].fillna(0).to_numpy() > 0


def record(shown: Shown, left_out: RhythmExclusions, months: int, words: Words) -> AlarmRecord | None:
    """What such warnings were worth on the file's own past, with the tiers as they would have been."""
    found = rhythms(shown, left_out)
    as_of = orders_of(shown)[1]
    dates = check_dates(found.days.first, as_of, months)
    if not dates:
        return None
    key = (shown.base_key, rule_key(shown.tiering.scenario), left_out, months)
    reviewed = chain(shown, dates, words)
    rows = pd.Index(reviewed.customer_ids).get_indexer(pd.Index(found.days.ids))
    at = dict(zip(reviewed.dates, reviewed.tiers, strict=True))

    def groups_at(day: date, _ids: np.ndarray) -> np.ndarray:
        return np.where(rows >= 0, at[day][rows], reviewed.count).astype(np.intp)

    return _record(key, _asked=lambda: alarm_record(found.days, as_of, months, groups_at))


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _rhythms(
    base: object, left_out: RhythmExclusions, _asked: tuple[pa.Table, date], _customers: pd.DataFrame
) -> Rhythms:
    days = sale_days(*_asked, left_out)
    rows = pd.Index(days.ids).get_indexer(pd.Index(_customers["customer_id"]))
    median = np.where(rows >= 0, median_gaps(days)[rows], np.nan) if days.ids.size else np.full(rows.size, np.nan)
    return Rhythms(days, gaps_until(days, days.today).taken(rows), median)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _record(key: object, _asked) -> AlarmRecord | None:  # type: ignore[no-untyped-def]
    found: AlarmRecord | None = _asked()
    return found
