"""Totals by tier, counts by tenth of a point, and what a shifted line would move."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.tiers.cuts import base_tiers
from tiering.tiers.score import UNSCORED
from tiering.tiers.totals import line_shifts, nearest_to_line, score_bins, tier_totals

quick = settings(deadline=None, max_examples=80)
some_scores = st.lists(st.integers(-1, 100_000), min_size=1, max_size=60)
some_lines = st.lists(st.integers(0, 100_000), min_size=1, max_size=4).map(lambda ps: tuple(sorted(ps, reverse=True)))


def test_totals_by_tier_and_of_those_without_a_score() -> None:
    totals = tier_totals(np.array([0, 2, 2, 3], dtype=np.int8), np.array([60.0, 10, 20, 10]), 3)
    assert totals.customers.tolist() == [1, 0, 2, 1]
    assert totals.revenue.tolist() == [60.0, 0.0, 30.0, 10.0]
    assert totals.shares.tolist() == [0.6, 0.0, 0.3, 0.1]


def test_there_are_no_shares_of_a_total_that_is_not_positive() -> None:
    assert tier_totals(np.array([0, 1], dtype=np.int8), np.array([5.0, -9.0]), 2).shares.tolist() == [0.0, 0.0, 0.0]


def test_a_bin_holds_its_tenth_of_a_point_and_the_last_one_the_100() -> None:
    milli = np.array([0, 99, 100, 99_999, 100_000, UNSCORED], dtype=np.int32)
    counts, money = score_bins(milli, np.array([1.0, 2, 4, 8, 16, 32]))
    assert {int(b): (int(counts[b]), float(money[b])) for b in np.flatnonzero(counts)} == {
        0: (2, 3.0),
        1: (1, 4.0),
        999: (1, 8.0),
        1000: (1, 16.0),
    }


def test_a_line_at_50_shifts_by_half_a_point() -> None:
    milli = np.array([50_600, 50_499, 50_000, 49_999, 49_500, 49_499], dtype=np.int32)
    (shift,) = line_shifts(milli, np.array([1.0, 2, 4, 8, 16, 32]), (50_000,))
    assert (shift.line, shift.fall_customers, shift.fall_revenue) == (0, 2, 6.0)
    assert (shift.rise_customers, shift.rise_revenue) == (2, 24.0)


def test_nobody_without_a_score_rises_even_to_the_lowest_line() -> None:
    (shift,) = line_shifts(np.array([UNSCORED, UNSCORED, 0], dtype=np.int32), np.ones(3), (0,))
    assert (shift.rise_customers, shift.fall_customers) == (0, 1)


@quick
@given(some_scores, some_lines)
def test_shifts_are_what_tiering_anew_with_the_shifted_line_gives(points: list[int], lines: tuple[int, ...]) -> None:
    milli, money = np.array(points, dtype=np.int32), np.arange(1.0, len(points) + 1)
    for shift in line_shifts(milli, money, lines):
        line = (lines[shift.line],)
        step = max(round(line[0] * 0.01), 1)
        before = base_tiers(milli, line)
        rises = (base_tiers(milli, (line[0] - step,)) < before) & (milli != UNSCORED)
        falls = base_tiers(milli, (line[0] + step,)) > before
        assert (shift.rise_customers, shift.rise_revenue) == (rises.sum(), money[rises].sum())
        assert (shift.fall_customers, shift.fall_revenue) == (falls.sum(), money[falls].sum())


def test_the_nearest_come_first_and_of_equals_the_bigger_customer() -> None:
    milli = np.array([70_000, 50_000, 60_000, 50_000, 49_999, 10_000, 49_999], dtype=np.int32)
    above, below = nearest_to_line(milli, 50_000, 3)
    assert above.tolist() == [1, 3, 2]
    assert below.tolist() == [4, 6, 5]


@quick
@given(some_scores, st.integers(0, 100_001), st.integers(1, 5))
def test_the_nearest_are_those_a_full_sort_finds(points: list[int], position: int, count: int) -> None:
    milli = np.array(points, dtype=np.int32)
    above, below = nearest_to_line(milli, position, count)
    rows = sorted(range(len(points)), key=lambda row: abs(points[row] - position))
    assert above.tolist() == [row for row in rows if points[row] >= position][:count]
    assert below.tolist() == [row for row in rows if UNSCORED < points[row] < position][:count]


@pytest.mark.parametrize("position", [0, 100_000, 100_001])
def test_a_side_with_nobody_on_it_is_empty(position: int) -> None:
    above, below = nearest_to_line(np.array([UNSCORED], dtype=np.int32), position, 3)
    assert (above.size, below.size) == (0, 0)
