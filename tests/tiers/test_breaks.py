"""Natural breaks: exact, deterministic, ties together, the same for a million customers as for ten."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.tiers.cuts import base_tiers, lines_between, natural_breaks
from tiering.tiers.score import UNSCORED

quick = settings(deadline=None, max_examples=80)
some_scores = st.lists(st.integers(-1, 100_000), min_size=1, max_size=25)


def scatter(milli: np.ndarray, tiers: np.ndarray) -> float:
    """Sum of squared distances (points²) of the scores to their own tier's mean: what natural breaks make least."""
    scored = milli != UNSCORED
    groups = (milli[scored & (tiers == tier)] / 1000.0 for tier in np.unique(tiers[scored]))
    return float(sum(((group - group.mean()) ** 2).sum() for group in groups))


def points(*scores: float) -> np.ndarray:
    return np.array([round(score * 1000) for score in scores], dtype=np.int32)


def test_three_heaps_fall_apart_between_them() -> None:
    heaps = points(90, 91, 92, 50, 51, 52, 53, 10, 11)
    lines = natural_breaks(heaps, 3)
    assert base_tiers(heaps, lines).tolist() == [0, 0, 0, 1, 1, 1, 1, 2, 2]
    assert lines == (71_500, 30_500)  # midway in the gaps 53..90 and 11..50


def test_a_single_giant_is_a_tier_of_its_own() -> None:
    assert base_tiers(points(99, 20, 19, 18, 17), natural_breaks(points(99, 20, 19, 18, 17), 2)).tolist() == [
        0,
        1,
        1,
        1,
        1,
    ]


def test_fewer_different_scores_than_tiers_leave_the_lowest_tiers_empty() -> None:
    equal = points(60, 60, 60)
    assert base_tiers(equal, natural_breaks(equal, 4)).tolist() == [0, 0, 0]
    two = points(80, 20, 20)
    assert base_tiers(two, natural_breaks(two, 4)).tolist() == [0, 1, 1]


def test_where_nobody_has_a_score_the_scale_is_cut_into_equal_parts() -> None:
    assert natural_breaks(np.full(3, UNSCORED, np.int32), 4) == (75_000, 50_000, 25_000)


@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
def test_each_number_of_tiers_has_one_line_fewer_all_on_tenths(tiers: int) -> None:
    lines = natural_breaks(points(*np.linspace(3, 97, 400)), tiers)
    assert len(lines) == tiers - 1
    assert list(lines) == sorted(lines, reverse=True)
    assert all(line % 100 == 0 for line in lines)


@quick
@given(some_scores, st.integers(2, 4))
def test_no_other_lines_on_tenths_leave_less_difference_within_the_tiers(scores: list[int], tiers: int) -> None:
    milli = np.array(scores, dtype=np.int32)
    found = scatter(milli, base_tiers(milli, natural_breaks(milli, tiers)))
    # all partitions at the tenths in which somebody stands
    starts = sorted({score // 100 * 100 for score in scores if score != UNSCORED})
    tried = (tuple(sorted(chosen, reverse=True)) for chosen in combinations(starts, min(tiers - 1, len(starts))))
    least = min((scatter(milli, base_tiers(milli, lines)) for lines in tried), default=0.0)
    assert found <= least + 1e-6 * max(least, 1.0)


@quick
@given(some_scores, st.integers(2, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_customers_changes_nothing(scores: list[int], tiers: int, chance) -> None:
    shuffled = list(scores)
    chance.shuffle(shuffled)
    before = natural_breaks(np.array(scores, dtype=np.int32), tiers)
    assert natural_breaks(np.array(shuffled, dtype=np.int32), tiers) == before


def test_a_million_customers_take_no_longer_than_a_slider_may() -> None:
    million = np.random.default_rng(7).beta(2, 5, 1_000_000)
    milli = (million * 100_000).astype(np.int32)
    begun = time.perf_counter()
    lines = natural_breaks(milli, 4)
    assert time.perf_counter() - begun < 0.5
    twenty_fold = np.tile(milli[:50_000], 2)
    assert natural_breaks(twenty_fold, 4) == natural_breaks(milli[:50_000], 4)
    assert len(set(lines)) == 3


def test_lines_between_groups_leave_the_fewest_customers_on_the_wrong_side() -> None:
    scores = points(90, 80, 70, 60, 50, 40)
    groups = np.array([0, 0, 1, 0, 2, 2])  # the customer of 60 points stands with the best ones
    lines = lines_between(groups, scores, 3)
    assert base_tiers(scores, lines).tolist() == [0, 0, 1, 1, 2, 2]


@quick
@given(st.lists(st.tuples(st.integers(-1, 100_000), st.integers(0, 3)), min_size=1, max_size=20), st.integers(2, 4))
def test_lines_between_groups_are_in_order_and_the_first_cannot_be_bettered(
    customers: list[tuple[int, int]], tiers: int
) -> None:
    milli, groups = (np.array(column, dtype=np.int32) for column in zip(*customers, strict=True))
    lines = lines_between(groups, milli, tiers)
    assert list(lines) == sorted(lines, reverse=True)
    scored = milli != UNSCORED
    upper = groups[scored] == 0
    astray = [(upper != (milli[scored] >= tenth * 100)).sum() for tenth in range(1001)]
    assert (upper != (milli[scored] >= lines[0])).sum() == min(astray)
