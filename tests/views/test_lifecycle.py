"""Lifecycle stages, month ends included, and the trend of short series."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import order_lines
from tiering.views.lifecycle import STAGES, LifecycleFigures, LifecycleRule, lifecycle_stages, months_after
from tiering.views.trend import mann_kendall, quarterly_revenue

FALLING = np.array([120, 118, 125, 110, 104, 99, 101, 90], dtype=float)


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


def test_the_published_falling_series_is_found_falling() -> None:
    trend = mann_kendall(FALLING)
    assert trend.balance == -22
    assert trend.tau == pytest.approx(-0.785714285714286)
    assert trend.p == pytest.approx(0.00550595238095238)
    assert trend.slope == pytest.approx(-4.58333333333333)


def test_longer_series_take_the_normal_curve() -> None:
    doubled = np.repeat(FALLING, 2)  # ties leave the exact count
    assert mann_kendall(doubled).p < 0.001
    assert mann_kendall(np.array([5.0] * 6)) == mann_kendall(np.array([3.0] * 6))
    assert (mann_kendall(np.array([5.0] * 6)).balance, mann_kendall(np.array([5.0] * 6)).p) == (0, 1.0)


def test_four_quarters_can_never_tell_at_five_percent() -> None:
    assert mann_kendall(np.array([4.0, 3.0, 2.0, 1.0])).p == pytest.approx(1 / 12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=14))
def test_turned_around_a_series_has_the_opposite_trend(values: list[int]) -> None:
    series = np.array(values, dtype=float)
    there, back = mann_kendall(series), mann_kendall(series[::-1])
    assert (there.balance, there.slope) == (-back.balance, pytest.approx(-back.slope))
    assert there.p == pytest.approx(back.p)
    assert 0 <= there.p <= 1


def test_quarters_end_on_the_date_and_need_two_years() -> None:
    orders = order_lines(
        ("a", "2024-01-15", "9"), ("a", "2024-04-30", "5"), ("a", "2025-12-31", "7"), ("a", "2025-09-30", "-2"),
        ("a", "2026-01-01", "100"),
    )  # fmt: skip
    assert quarterly_revenue(orders, date(2025, 12, 31)).tolist() == [9.0, 5.0, 0.0, 0.0, 0.0, 0.0, -2.0, 7.0]
    assert quarterly_revenue(orders, date(2025, 6, 30)).size == 0
    assert quarterly_revenue(orders[:0], date(2025, 6, 30)).size == 0
