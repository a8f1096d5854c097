"""Several people's weights: what lies in the middle, how far they are apart, and on whom they differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.small_data import levelled
from tiering.decision.votes import blended, contested, middle, spread, tiers_by_vote, weighed_anew
from tiering.evaluate import CustomerBase, Tiering, tier_customers
from tiering.scenario import Cuts, Scenario
from tiering.tiers.score import level_covariance

KEYS = ("growth", "satisfaction")
# growth says a, b, c, d; satisfaction says d, c, b, a
LEVELS = {"growth": [0.9, 0.7, 0.3, 0.1], "satisfaction": [0.1, 0.3, 0.7, 0.9]}
REVENUE = np.array([400.0, 300.0, 200.0, 100.0])


def tiered(scenario: Scenario, levels: dict[str, list[float]] = LEVELS) -> Tiering:
    matrix = levelled(levels)
    customers = pd.DataFrame({"customer_id": [*"abcdefgh"][: matrix.levels.shape[1]]})
    revenue = np.resize(REVENUE, len(customers))
    return tier_customers(CustomerBase(customers, matrix, revenue, level_covariance(matrix), None), scenario)


PRESENT = Scenario(tiers=("A", "B"), weights={"growth": 100, "satisfaction": 0}, cuts=Cuts(lines=(50.0,)))


def test_a_vote_counts_by_its_shares_not_by_how_high_it_is_set() -> None:
    found = spread([{"growth": 10, "satisfaction": 30}, {"growth": 100, "satisfaction": 100}], KEYS)
    assert found.shares.tolist() == [[0.25, 0.75], [0.5, 0.5]]
    assert found.median.tolist() == [0.375, 0.625]
    assert (found.lowest.tolist(), found.highest.tolist()) == ([0.25, 0.5], [0.5, 0.75])


def test_one_extreme_vote_does_not_carry_the_median() -> None:
    found = spread([{"growth": 50, "satisfaction": 50}] * 2 + [{"growth": 100, "satisfaction": 0}], KEYS)
    assert middle(found, KEYS) == {"growth": 0.5, "satisfaction": 0.5}


def test_where_everybody_wants_something_else_the_mean_stands_in() -> None:
    keys = ("growth", "satisfaction", "trend")
    found = spread([{key: 100} for key in keys], keys)
    assert found.median.tolist() == [0.0, 0.0, 0.0]
    assert middle(found, keys) == pytest.approx(dict.fromkeys(keys, 1 / 3))


def test_what_was_not_voted_on_keeps_its_part_of_the_weight() -> None:
    # trend has half of the weight before and after; the other half is dealt out 3 : 1
    assert blended({"growth": 25, "satisfaction": 25, "trend": 50}, {"growth": 60, "satisfaction": 20}) == {
        "growth": 75,
        "satisfaction": 25,
        "trend": 100,
    }


def test_a_vote_on_everything_is_taken_as_it_is() -> None:
    assert blended({"growth": 1, "satisfaction": 90}, {"growth": 50, "satisfaction": 25}) == {
        "growth": 100,
        "satisfaction": 50,
    }


def test_a_vote_on_what_had_no_weight_before_counts_as_one_among_equals() -> None:
    assert blended({"trend": 40, "growth": 0}, {"growth": 5}) == {"growth": 100, "trend": 100}


def test_other_weights_keep_the_tiers_as_large_as_they_are() -> None:
    present = tiered(PRESENT)
    anew = weighed_anew(present, {"growth": 10, "satisfaction": 100})
    assert present.totals.customers.tolist() == [2, 2, 0]
    assert tiered(anew).totals.customers.tolist() == [2, 2, 0]
    assert anew.goal == "own"


def test_lines_by_share_stay_as_they_were_chosen() -> None:
    by_share = PRESENT.model_copy(update={"cuts": Cuts(kind="share", lines=(0.25,))})
    assert weighed_anew(tiered(by_share), {"satisfaction": 5}).cuts == by_share.cuts


def test_each_vote_alone_decides_its_own_tiers() -> None:
    tiers = tiers_by_vote(tiered(PRESENT), [{"growth": 7, "satisfaction": 0}, {"growth": 0, "satisfaction": 7}])
    assert tiers.tolist() == [[0, 0, 1, 1], [1, 1, 0, 0]]


def test_customers_on_whom_voters_differ_come_with_most_revenue_at_stake_first() -> None:
    tiers = np.array([[0, 0, 1, 1], [0, 1, 1, 0], [0, 0, 1, 0]], np.int8)
    found = contested(tiers, REVENUE)
    assert found.rows.tolist() == [1, 3]
    assert found.tiers.tolist() == [[0, 1], [1, 0], [0, 0]]
    assert found.agreed.tolist() == pytest.approx([2 / 3, 2 / 3])


def test_where_all_voters_agree_nobody_is_contested() -> None:
    found = contested(np.array([[0, 1], [0, 1]], np.int8), REVENUE[:2])
    assert (found.rows.size, found.tiers.shape, found.agreed.size) == (0, (2, 0), 0)


def test_equal_customers_are_never_contested_apart() -> None:
    twins = {"growth": [0.9, 0.9, 0.5, 0.5, 0.1, 0.1], "satisfaction": [0.2, 0.2, 0.8, 0.8, 0.5, 0.5]}
    tiers = tiers_by_vote(
        tiered(PRESENT, twins), [{"growth": 3}, {"satisfaction": 9}, {"growth": 1, "satisfaction": 1}]
    )
    assert (tiers[:, ::2] == tiers[:, 1::2]).all()
