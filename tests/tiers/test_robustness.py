"""How sure a tier is: counted out by hand, held to the score itself, and the smallest change that flips it."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import PLAIN, levelled
from tiering.tiers.cuts import base_tiers
from tiering.tiers.robustness import borderline, smallest_flips, stability_classes, stability_shares, tier_shares
from tiering.tiers.score import score_customers
from tiering.tiers.weightings import FINENESS, sampled_weightings

SIX = json.loads((Path(__file__).parents[1] / "truth" / "class_acceptability.json").read_text(encoding="utf-8"))
LATTICE = np.array([(a, b, 10 - a - b) for a, b in product(range(11), repeat=2) if a + b <= 10], dtype=np.float32)
TWO = {"growth": [1.0, 0.0, 0.5], "trend": [0.0, 0.0, 0.5]}
level = st.one_of(st.none(), st.integers(0, 8192).map(lambda n: n / 8192))


def matrix_of(rows):
    return levelled(dict(zip(PLAIN, zip(*rows, strict=True), strict=False)))


def test_the_six_customers_of_the_counted_out_example_stand_where_it_says() -> None:
    positions = tuple(round(line * 1000) for line in SIX["lines"])
    shares = tier_shares(matrix_of(SIX["levels"]), LATTICE, positions, np.arange(6))
    assert len(LATTICE) == 66
    np.testing.assert_allclose(shares.T, SIX["tier_shares"], atol=1e-9)


def test_ranks_winners_and_central_weights_of_the_six_are_those_counted_out() -> None:
    matrix = matrix_of(SIX["levels"])
    scores = np.array([scored_with(matrix, weights) for weights in LATTICE])
    rank = (scores[:, :, None] < scores[:, None, :]).sum(axis=2)  # how many stand above: there are no ties
    shares = np.array([(rank == place).mean(axis=0) for place in range(6)]).T
    np.testing.assert_allclose(shares, SIX["rank_shares"], atol=1e-9)
    beats = (scores[:, :, None] > scores[:, None, :]).mean(axis=0)
    np.testing.assert_allclose(beats, SIX["beats"], atol=1e-9)
    central = [LATTICE[rank[:, customer] == 0].mean(axis=0) / 10 for customer in range(3)]
    np.testing.assert_allclose(central, SIX["central_weights"], atol=1e-6)


def scored_with(matrix, weights):
    return score_customers(matrix, dict(zip(matrix.keys, map(int, weights), strict=True))).milli


def test_a_customer_good_at_one_of_two_things_keeps_the_tier_under_every_weighting_that_prefers_it() -> None:
    matrix = levelled(TWO)
    weightings = np.array([[4, 0], [3, 1], [1, 1], [1, 3]], dtype=np.float32)
    # scores of the first: 100, 75, 50, 25; the line lies at 50 and belongs to the upper tier
    assert stability_shares(matrix, weightings, (50_000,), np.array([0, 1, 0], np.int8)).tolist() == [0.75, 1.0, 1.0]


def test_who_has_no_tier_has_no_share() -> None:
    kept = stability_shares(levelled(TWO), np.ones((2, 2), np.float32), (50_000,), np.array([0, 2, 2], np.int8))
    assert kept[0] == 1.0
    assert np.isnan(kept[1:]).all()
    assert stability_classes(kept).tolist() == [0, -1, -1]


def test_a_weighting_on_what_is_not_known_of_a_customer_does_not_keep_its_tier() -> None:
    matrix = levelled({"growth": [1.0, 1.0], "trend": [None, 1.0]})
    weightings = np.array([[6, 4], [5, 5]], dtype=np.float32)  # 60 % is enough to know, 50 % is not
    assert stability_shares(matrix, weightings, (50_000,), np.zeros(2, np.int8)).tolist() == [0.5, 1.0]


def test_firm_from_ninety_leaning_from_sixty_open_below() -> None:
    assert stability_classes(np.array([1.0, 0.9, 0.899, 0.6, 0.599, 0.0])).tolist() == [0, 0, 1, 1, 2, 2]


def test_the_borderline_list_is_ordered_by_the_revenue_that_stands_elsewhere() -> None:
    kept = np.array([0.95, 0.8, 0.5, np.nan, 0.5])
    # at stake: firm, 200, 250, no tier, 50 (and a customer of returns alone has nothing at stake)
    assert borderline(kept, np.array([9000.0, 1000.0, 500.0, 800.0, 100.0])).tolist() == [2, 1, 4]
    assert borderline(np.array([0.5, 0.7]), np.array([-100.0, 10.0])).tolist() == [1, 0]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(level, level, level).filter(lambda row: any(v is not None for v in row)), min_size=1),
    st.lists(st.tuples(*[st.integers(0, 600)] * 3).filter(any), min_size=1, max_size=6),
    st.lists(st.integers(0, 1000), min_size=1, max_size=4, unique=True),
)
def test_a_sampled_tier_is_the_tier_the_score_itself_gives(rows, weightings, tenths) -> None:
    matrix = matrix_of(rows)
    drawn = np.array(weightings, np.float32)[:, : len(matrix.keys)]
    positions = tuple(sorted((tenth * 100 for tenth in tenths), reverse=True))
    under = [
        base_tiers(score_customers(matrix, dict(zip(matrix.keys, map(int, w), strict=True))).milli, positions)
        for w in drawn
    ]
    shares = tier_shares(matrix, drawn, positions, np.arange(len(rows)))
    counted = [np.mean([tiers == tier for tiers in under], axis=0) for tier in range(len(positions) + 1)]
    assert shares == pytest.approx(np.array(counted))


def test_asked_of_nobody_there_is_nothing_to_tell() -> None:
    nobody = np.arange(0)
    assert tier_shares(levelled(TWO), LATTICE[:, :2], (50_000,), nobody).shape == (2, 0)
    assert borderline(np.array([1.0, 0.95]), np.array([5.0, 9.0])).tolist() == []
    assert smallest_flips(levelled(TWO), {"growth": 1}, (50_000,), np.zeros(3, np.int8), nobody).weight.size == 0


def test_progress_ends_at_the_whole() -> None:
    seen: list[float] = []
    stability_shares(levelled(TWO), np.ones((2, 2), np.float32), (50_000,), np.array([0, 1, 0], np.int8), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


# the sampled weightings


@pytest.mark.parametrize("sampling", ["all", "order", "near"])
def test_the_same_seed_draws_the_same_and_what_counts_nothing_stays_at_nothing(sampling) -> None:
    weights = np.array([60.0, 0.0, 30.0, 10.0])
    drawn = sampled_weightings(weights, sampling, 200, seed=7)
    assert drawn.shape == (200, 4)
    assert (drawn == sampled_weightings(weights, sampling, 200, seed=7)).all()
    assert not (drawn == sampled_weightings(weights, sampling, 200, seed=8)).all()
    assert (drawn == np.rint(drawn)).all()
    assert (drawn[:, 1] == 0).all()
    assert np.abs(drawn.sum(axis=1) - FINENESS).max() <= 2


def test_every_weighting_is_equally_likely() -> None:
    drawn = sampled_weightings(np.array([90.0, 5.0, 5.0]), "all", 20_000, seed=1) / FINENESS
    # a uniform point of the triangle: means 1/3; a share lies above one half in a quarter of the triangle
    assert drawn.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)
    assert (drawn > 0.5).mean(axis=0) == pytest.approx([0.25] * 3, abs=0.01)


def test_the_stated_order_is_kept_and_its_mean_is_the_rank_order_centroid() -> None:
    drawn = sampled_weightings(np.array([20.0, 60.0, 40.0]), "order", 20_000, seed=1)
    assert (np.diff(drawn[:, [1, 2, 0]], axis=1) <= 0).all()
    assert drawn.mean(axis=0) / FINENESS == pytest.approx([1 / 9, 11 / 18, 5 / 18], abs=0.01)


def test_equal_weights_may_stand_in_either_order() -> None:
    drawn = sampled_weightings(np.array([50.0, 50.0, 10.0]), "order", 4_000, seed=1)
    assert (drawn[:, 0] > drawn[:, 1]).mean() == pytest.approx(0.5, abs=0.03)
    assert (drawn[:, 2] <= drawn[:, :2].min(axis=1)).all()


def test_near_means_within_a_fifth_of_what_is_set() -> None:
    drawn = sampled_weightings(np.array([60.0, 40.0]), "near", 5_000, seed=1)
    ratio = drawn[:, 0] / drawn[:, 1]
    assert ratio.min() >= 1.5 * 0.8 / 1.2 - 0.01
    assert ratio.max() <= 1.5 * 1.2 / 0.8 + 0.01
    assert np.ptp(ratio) > 0.8


def test_without_any_weight_there_is_nothing_to_draw() -> None:
    assert not sampled_weightings(np.zeros(3), "order", 5, seed=1).any()


# the smallest change that flips a tier


def test_the_smallest_change_is_told_with_the_tier_it_leads_to() -> None:
    matrix = levelled({"growth": [1.0, 0.0], "trend": [0.0, 0.0]})
    tiers = np.array([0, 1], np.int8)
    flips = smallest_flips(matrix, {"growth": 50, "trend": 40}, (50_000,), tiers, np.array([0, 1]))
    # 50 : 40 stands above the line at 50; 39 : 40 and 50 : 51 below it, both 11 away: the first of the two is told
    assert (flips.indicator[0], flips.weight[0], flips.tier[0]) == (0, 39, 1)
    # nothing makes points out of nothing
    assert (flips.indicator[1], flips.weight[1], flips.tier[1]) == (-1, -1, 1)


@settings(deadline=None, max_examples=12)
@given(
    st.lists(st.tuples(*[st.integers(0, 8192).map(lambda n: n / 8192)] * 2), min_size=2, max_size=4),
    st.tuples(*[st.integers(0, 100)] * 2).filter(any),
)
def test_no_smaller_change_of_one_weight_flips_the_tier(rows, set_weights) -> None:
    matrix, positions = matrix_of(rows), (60_000, 30_000)
    weights = dict(zip(matrix.keys, set_weights, strict=True))
    tiers = base_tiers(score_customers(matrix, weights).milli, positions)
    flips = smallest_flips(matrix, weights, positions, tiers, np.arange(len(rows)))
    nearest = np.full(len(rows), 1000)
    for key, other in product(matrix.keys, range(101)):
        moved = base_tiers(score_customers(matrix, {**weights, key: other}).milli, positions)
        changed = (moved != tiers) & (moved <= len(positions))
        nearest[changed] = np.minimum(nearest[changed], abs(other - weights[key]))
    told = [
        abs(weight - set_weights[row]) if row >= 0 else 1000
        for row, weight in zip(flips.indicator, flips.weight, strict=True)
    ]
    assert told == nearest.tolist()
