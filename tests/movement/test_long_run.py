"""Where moves lead: published figures, small cases a person can follow, and what holds for any table of moves."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tiering.movement.long_run import mobility, next_sizes, reviews_until, steady_state
from tiering.movement.migration import rates, same_sizes

CASES = {
    case["name"]: case
    for case in json.loads((Path(__file__).parents[1] / "truth" / "migration.json").read_text("utf-8"))["cases"]
}
SIX = CASES["rates_of_six_sequences"]["expected"]
COUNTS = np.array(SIX["counts"])
tables = arrays.arrays(np.int64, (4, 4), elements=st.integers(0, 30))
moving = arrays.arrays(np.int64, (4, 4), elements=st.integers(1, 30))


def test_six_published_sequences_settle_at_the_published_shares() -> None:
    assert steady_state(COUNTS) == pytest.approx(SIX["steady_state"], abs=1e-8)


def test_six_published_sequences_take_the_published_number_of_steps() -> None:
    assert reviews_until(COUNTS) == pytest.approx(np.array(SIX["mean_first_passage"]), abs=1e-8)


def test_four_steps_of_the_published_sequences() -> None:
    share = rates(COUNTS)[0]
    np.testing.assert_allclose(np.linalg.matrix_power(share, 4), SIX["after_four_steps"], atol=1e-8)


def test_the_sizes_of_the_published_table_changed_as_published() -> None:
    case = CASES["symmetry"]
    found = same_sizes(np.array(case["inputs"]["table"]))
    assert found.statistic == pytest.approx(case["expected"]["homogeneity_stat"], abs=1e-8)
    assert found.p == pytest.approx(case["expected"]["homogeneity_p"], abs=1e-8)


def test_two_tiers_that_swap_a_tenth_each_review_meet_half_way_and_take_ten_reviews() -> None:
    counts = np.array([[90, 10], [10, 90]])
    assert steady_state(counts) == pytest.approx([0.5, 0.5])
    assert reviews_until(counts) == pytest.approx(np.array([[0, 10], [10, 0]]))
    assert mobility(counts) == pytest.approx(0.2)


def test_the_next_review_moves_the_shares_that_moved_before() -> None:
    sizes, error = next_sizes(np.array([100, 50]), np.array([[90, 10], [0, 80]]))
    assert sizes.tolist() == pytest.approx([90, 60])
    # 100 customers leave with 10 %, a rate known from 100: √(100 · 0.1 · 0.9 · 2)
    assert error.tolist() == pytest.approx([np.sqrt(18)] * 2)


def test_where_nobody_comes_from_below_the_way_up_has_no_end() -> None:
    counts = np.array([[8, 2, 0], [0, 5, 5], [0, 0, 9]])
    assert np.isinf(reviews_until(counts)[1:, 0]).all()
    assert steady_state(counts) == pytest.approx([0, 0, 1], abs=1e-9)


def test_a_way_that_some_never_finish_has_no_mean() -> None:
    # from the middle half go up and half are stuck below
    counts = np.array([[1, 0, 0], [5, 0, 5], [0, 0, 1]])
    assert np.isinf(reviews_until(counts)[1, 0])


def test_tiers_without_a_way_between_them_do_not_settle_at_one_answer() -> None:
    assert np.isnan(steady_state(np.eye(2, dtype=int))).all()
    assert mobility(np.eye(3, dtype=int)) == 0


def test_no_moves_at_all_and_one_tier_are_no_error() -> None:
    nobody = np.zeros((2, 2), int)
    assert next_sizes(np.array([3, 4]), nobody)[0].tolist() == [3, 4]
    assert same_sizes(nobody).freedom == 0
    assert (mobility(np.array([[7]])), steady_state(np.array([[7]])).tolist()) == (0.0, [1.0])
    assert reviews_until(np.array([[7]])).tolist() == [[0.0]]


@settings(max_examples=40, deadline=None)
@given(tables, arrays.arrays(np.int64, 4, elements=st.integers(0, 500)))
def test_no_customer_is_lost_or_won_between_reviews(counts, sizes) -> None:
    after, error = next_sizes(sizes, counts)
    assert after.sum() == pytest.approx(sizes.sum())
    assert (after >= 0).all()
    assert (error >= 0).all()


@settings(max_examples=40, deadline=None)
@given(moving)
def test_the_long_run_is_what_the_next_review_leaves_as_it_is(counts) -> None:
    share = steady_state(counts)
    assert share.sum() == pytest.approx(1)
    assert share @ rates(counts)[0] == pytest.approx(share, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(moving)
def test_a_way_takes_one_review_and_what_is_left_from_there(counts) -> None:
    until = reviews_until(counts)
    onwards = 1 + rates(counts)[0] @ until
    off = ~np.eye(4, dtype=bool)
    assert until[off] == pytest.approx(onwards[off])
    # coming back to a tier takes as long as it is rare
    assert np.diagonal(onwards) == pytest.approx(1 / steady_state(counts), rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(tables, st.permutations(range(4)))
def test_the_order_in_which_tiers_are_named_changes_nothing(counts, order) -> None:
    turned = counts[np.ix_(order, order)]
    assert reviews_until(turned) == pytest.approx(reviews_until(counts)[np.ix_(order, order)])
    assert steady_state(turned) == pytest.approx(steady_state(counts)[order], abs=1e-9, nan_ok=True)
    assert same_sizes(turned).statistic == pytest.approx(same_sizes(counts).statistic, abs=1e-6)
    assert mobility(turned) == pytest.approx(mobility(counts))


@settings(max_examples=40, deadline=None)
@given(tables)
def test_sizes_that_came_out_as_they_were_have_not_changed(counts) -> None:
    assert same_sizes(counts + counts.T).statistic == pytest.approx(0, abs=1e-9)
    assert same_sizes(counts).statistic == pytest.approx(same_sizes(counts.T).statistic, abs=1e-6)


def test_where_everybody_stays_nobody_moves() -> None:
    assert mobility(np.diag([3, 5, 8])) == 0
