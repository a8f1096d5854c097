"""Lifecycle stages, month ends included."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.lifecycle import STAGES, LifecycleFigures, LifecycleRule, lifecycle_stages, months_after


def stage(first: str, as_of: str, tail=np.nan, recent=np.nan, before=np.nan, rule: LifecycleRule | None = None) -> str:
    figures = LifecycleFigures(
        np.array([first], dtype="datetime64[D]"), *(np.array([value], dtype=float) for value in (tail, recent, before))
    )
    code = lifecycle_stages(figures, date.fromisoformat(as_of), rule)[0]
    return STAGES[code] if code >= 0 else "none"


@pytest.mark.parametrize(
    ("first", "as_of", "expected"),
    [
        ("2026-01-15", "2026-01-15", "new"),
        ("2026-01-15", "2026-04-14", "new"),
        ("2026-01-15", "2026-04-15", "growing"),
        ("2025-11-30", "2026-02-28", "growing"),
        ("2025-04-15", "2026-04-15", "mature"),
        ("2024-02-29", "2025-02-28", "mature"),
        ("NaT", "2025-02-28", "none"),
    ],
)
def test_ages_are_calendar_months_with_the_lower_bound_in(first: str, as_of: str, expected: str) -> None:
    assert stage(first, as_of) == expected


@pytest.mark.parametrize(
    ("tail", "recent", "before", "expected"),
    [
        (0.3, 80, 100, "mature"),
        (0.3, 70, 100, "declining"),
        (np.nan, 0, 0, "mature"),
        (0.049, 100, 100, "declining"),
        (0.05, 100, 100, "mature"),
        (np.nan, np.nan, np.nan, "mature"),
        (np.nan, -5, 10, "declining"),
    ],
)
def test_late_by_own_rhythm_or_fallen_to_70_percent_is_declining(tail, recent, before, expected) -> None:
    assert stage("2020-01-01", "2026-04-15", tail, recent, before) == expected


def test_a_new_customer_never_declines() -> None:
    assert stage("2026-03-01", "2026-04-15", 0.001, 0, 100) == "new"


def test_limits_can_be_moved() -> None:
    assert stage("2026-01-15", "2026-04-15", rule=LifecycleRule(new_months=6)) == "new"
    assert stage("2025-01-15", "2026-04-15", rule=LifecycleRule(mature_months=24)) == "growing"
    assert stage("2020-01-01", "2026-04-15", 0.5, 80, 100, LifecycleRule(decline_to=0.8)) == "declining"


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 36))
def test_months_later_is_the_same_day_or_the_last_of_its_month(first: date, months: int) -> None:
    later = months_after(np.array([first], dtype="datetime64[D]"), months)[0].astype(object)
    assert (later.year * 12 + later.month) - (first.year * 12 + first.month) == months
    assert later.day == first.day or (later.day < first.day and (later + (date(2, 1, 2) - date(2, 1, 1))).day == 1)
