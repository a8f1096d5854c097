"""Weights people state: by rank and by pairs, against the tables they were published with."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.indicators.weights.ahp import ACCEPTED, compared_weights, judgement_matrix
from tiering.indicators.weights.rank_order import rank_order_centroid
from tiering.indicators.weights.whole import whole_weights

TRUTH = json.loads((Path(__file__).parents[2] / "truth" / "weights.json").read_text(encoding="utf-8"))
# Saaty (1990), choosing a house: size, transport, neighbourhood, age, yard, modern, condition, financing.
HOUSE = np.array(
    [
        [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
        [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
        [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
        [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
        [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
        [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
        [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
        [4, 7, 5, 8, 6, 6, 2, 1],
    ]
)


@pytest.mark.parametrize("n", TRUTH["rank_order_centroid"])
def test_rank_order_centroid_edwards_barron1994(n) -> None:
    assert rank_order_centroid(int(n)).tolist() == pytest.approx(TRUTH["rank_order_centroid"][n], abs=1e-12)


def test_rank_order_centroid_of_four_as_printed() -> None:
    assert rank_order_centroid(4).round(4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]


@pytest.mark.parametrize("case", TRUTH["compared"], ids=lambda case: case["name"])
def test_pairwise_weights_and_consistency_of_the_published_examples(case) -> None:
    found = compared_weights(np.array(case["judgements"]))
    assert found.weights.tolist() == pytest.approx(case["weights"], abs=1e-6)
    assert found.principal == pytest.approx(case["principal"], abs=1e-6)
    assert found.consistency_ratio == pytest.approx(case["consistency_ratio"], abs=1e-6)


def test_the_house_of_saaty1990_is_flagged_as_inconsistent() -> None:
    found = compared_weights(HOUSE)
    assert found.weights.tolist() == pytest.approx([0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], abs=5e-4)
    assert found.principal == pytest.approx(9.669, abs=5e-4)
    assert found.consistency_ratio == pytest.approx(0.169, abs=1e-3)
    assert found.consistency_ratio >= ACCEPTED
    # size 3 : 1 over neighbourhood and that 6 : 1 over condition, yet condition 3 : 1 over size
    assert found.triple == (0, 2, 6)


def test_judgements_in_a_circle_name_the_three_that_contradict_each_other() -> None:
    agreeing = {(0, 1): 2.0, (0, 2): 2.0, (0, 3): 2.0, (1, 2): 1.0}
    found = compared_weights(judgement_matrix(4, {**agreeing, (1, 3): 9.0, (2, 3): 1 / 9}))
    assert found.triple == (1, 2, 3)
    assert found.consistency_ratio > ACCEPTED


def test_below_three_nothing_can_contradict() -> None:
    two = compared_weights(judgement_matrix(2, {(0, 1): 3.0}))
    assert two.weights.tolist() == pytest.approx([0.75, 0.25])
    assert (two.consistency_ratio, two.triple) == (0.0, None)
    assert compared_weights(judgement_matrix(1, {})).weights.tolist() == [1.0]


def test_without_a_judgement_all_weigh_the_same() -> None:
    found = compared_weights(judgement_matrix(5, {}))
    assert found.weights.tolist() == pytest.approx([0.2] * 5)
    assert (found.consistency_ratio, found.triple) == (0.0, None)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.05, 1), min_size=2, max_size=7))
def test_judgements_made_from_weights_give_these_weights_back(shares) -> None:
    found = compared_weights(np.divide.outer(shares, shares))
    assert found.weights.tolist() == pytest.approx((np.array(shares) / sum(shares)).tolist())
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_shares_become_slider_weights_the_largest_a_hundred() -> None:
    assert whole_weights(rank_order_centroid(4)) == [100, 52, 28, 12]
    assert whole_weights([0.9, 0.0001, 0.0]) == [100, 1, 0]
    assert whole_weights([0, 0]) == [0, 0]
    assert whole_weights([]) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=17).filter(any))
def test_whole_weights_keep_the_order_and_are_never_all_zero(shares) -> None:
    whole = whole_weights(shares)
    assert max(whole) == 100
    assert min(whole) >= 0
    order = np.argsort(shares, kind="stable")
    assert (np.diff(np.array(whole)[order]) >= 0).all()


def test_a_full_ranking_keeps_every_indicator_apart() -> None:
    assert len(set(whole_weights(rank_order_centroid(17)))) == 17
