"""Weights the data alone would give, and what speaks against a set of weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.small_data import levelled
from tiering.indicators.weights.entropy import entropy_shares, entropy_weights
from tiering.indicators.weights.overlap import effective_number, overlap

ROOT = Path(__file__).parents[2] / "truth"
TRUTH = json.loads((ROOT / "weights.json").read_text(encoding="utf-8"))
TEN = np.array(json.loads((ROOT / "weighted_score.json").read_text(encoding="utf-8"))["levels"])


@pytest.mark.parametrize("case", TRUTH["entropy"], ids=["two by two", "ten customers with zeros"])
def test_entropy_weights_of_the_worked_examples(case) -> None:
    found = entropy_weights(np.array(case["alternatives"], dtype=float).T)
    assert found.tolist() == pytest.approx(case["weights"], abs=1e-8)


def test_entropy_gives_a_constant_indicator_nothing_and_all_constant_the_same() -> None:
    spread, same = np.array([1.0, 2.0, 9.0]), np.full(3, 5.0)
    assert entropy_weights([spread, same]).tolist() == pytest.approx([1, 0])
    assert entropy_weights([same, same]).tolist() == [0.5, 0.5]
    assert entropy_weights([np.zeros(3), spread]).tolist() == pytest.approx([0, 1])


def test_entropy_counts_the_known_customers_of_each_indicator() -> None:
    # one customer known tells nothing; the other indicator takes it all
    assert entropy_weights([np.array([4.0]), np.array([1.0, 4.0])]).tolist() == pytest.approx([0, 1])


def test_the_more_unequal_indicator_weighs_more() -> None:
    even, uneven = np.array([4.0, 5.0, 6.0]), np.array([1.0, 1.0, 13.0])
    weights = entropy_weights([even, uneven])
    assert weights[1] > 0.9


# what speaks against a set of weights


def found_in(levels, weights, effective=None):
    covariance = np.atleast_2d(np.cov(levels.T))
    return overlap(np.array(weights, float), covariance, np.array(effective if effective else weights) / sum(weights))


def test_five_indicators_of_ten_customers_amount_to_three_and_a_half() -> None:
    assert effective_number(np.corrcoef(TEN.T)) == pytest.approx(3.53, abs=0.005)


def test_the_effective_number_is_all_of_them_apart_and_one_together() -> None:
    assert effective_number(np.eye(4)) == pytest.approx(4)
    assert effective_number(np.ones((4, 4))) == pytest.approx(1)
    assert effective_number(np.empty((0, 0))) == 0


def test_an_indicator_counted_twice_is_named_and_adds_nothing_of_its_own() -> None:
    doubled = np.column_stack([TEN, TEN[:, 0]])
    once, twice = found_in(TEN, [35, 20, 15, 15, 15]), found_in(doubled, [35, 20, 15, 15, 15, 35])
    assert (0, 5) in [pair[:2] for pair in twice.alike]
    assert twice.alike[0][2] == pytest.approx(1)
    assert twice.effective_number < once.effective_number
    assert twice.counted == 6


def test_only_indicators_with_a_weight_are_looked_at() -> None:
    doubled = np.column_stack([TEN, TEN[:, 0]])
    assert found_in(doubled, [35, 20, 15, 15, 15, 0]).alike == found_in(TEN, [35, 20, 15, 15, 15]).alike


def test_opposites_count_as_alike() -> None:
    up = np.array([0.0, 0.3, 1.0])
    assert found_in(np.column_stack([up, 1 - up]), [1, 1]).alike[0][2] == pytest.approx(-1)


def test_a_constant_indicator_and_an_idle_one_are_told_apart() -> None:
    levels = np.column_stack([TEN[:, :2], np.full(10, 0.5)])
    found = found_in(levels, [60, 20, 20], effective=[99, 1, 0])
    assert found.constant == (2,)
    assert found.idle == (1,)


# the same over the levels of a customer base

LEVELS = {"growth": [0.0, 0.25, 1.0, 0.5], "trend": [1.0, 0.0, 0.75, 0.25], "categories": [0.5, 0.5, 0.5, 0.5]}


def test_the_levels_of_a_customer_base_give_the_weights_of_their_figures() -> None:
    matrix = levelled(LEVELS)
    columns = np.array([LEVELS[key] for key in matrix.keys])
    assert list(entropy_shares(matrix, matrix.keys).values()) == pytest.approx(entropy_weights(columns).tolist())


def test_only_the_indicators_asked_for_take_part() -> None:
    matrix = levelled(LEVELS)
    assert entropy_shares(matrix, ["categories"]) == {"categories": 1.0}


def test_a_missing_level_is_no_zero() -> None:
    gap = levelled({"growth": [0.5, None, 1.0], "trend": [0.5, 0.75, 1.0]})
    known = [np.array([0.5, 1.0]), np.array([0.5, 0.75, 1.0])]
    assert list(entropy_shares(gap, gap.keys).values()) == pytest.approx(entropy_weights(known).tolist())
