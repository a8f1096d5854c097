"""Laws of comparing and voting, tried on random companies and schemes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import levelled
from tiering.decision.comparison import compare, paths
from tiering.decision.votes import blended, contested, spread, tiers_by_vote
from tiering.evaluate import CustomerBase, Tiering, tier_customers
from tiering.scenario import Cuts, Scenario
from tiering.tiers.score import level_covariance

TIERS = ("A", "B", "C")
HOURS = {"A": 100.0, "B": 40.0, "C": 10.0, "": 10.0}
levels = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=12)
cut_lines = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(lambda pair: sorted(pair, reverse=True))
weights = st.tuples(st.integers(0, 100), st.integers(1, 100)).map(lambda pair: {"growth": pair[0], "trend": pair[1]})


def company(pairs: list[tuple[int, int]], order: list[int] | None = None) -> CustomerBase:
    """Customers whose two levels are eighths; the k-th has revenue 10 · k, in the order asked for."""
    rows = order if order is not None else list(range(len(pairs)))
    matrix = levelled({key: [pairs[row][side] / 8 for row in rows] for side, key in enumerate(("growth", "trend"))})
    customers = pd.DataFrame({"customer_id": [f"K{row}" for row in rows]})
    revenue = np.array([10.0 * row for row in rows])
    return CustomerBase(customers, matrix, revenue, level_covariance(matrix), None)


def tiered(base: CustomerBase, lines: list[int], by: dict[str, int]) -> Tiering:
    scenario = Scenario(tiers=TIERS, weights=by, cuts=Cuts(lines=tuple(line / 10 for line in lines)))
    return tier_customers(base, scenario)


def listed(first: Tiering, second: Tiering) -> pd.DataFrame:
    return paths(compare(first, second), HOURS, HOURS)


@settings(deadline=None, max_examples=40)
@given(levels, cut_lines, cut_lines, weights)
def test_paths_account_for_every_customer_and_all_revenue(pairs, one, other, by) -> None:
    base = company(pairs)
    found = listed(tiered(base, one, by), tiered(base, other, by))
    assert found["customers"].sum() == len(pairs)
    assert found["revenue"].sum() == pytest.approx(base.revenue.sum())
    assert (found["moved"] == (found["direction"] != 0)).all()


@settings(deadline=None, max_examples=40)
@given(levels, cut_lines, cut_lines, weights)
def test_the_other_way_round_up_is_down_and_hours_come_back(pairs, one, other, by) -> None:
    base = company(pairs)
    first, second = tiered(base, one, by), tiered(base, other, by)
    there, back = compare(first, second), compare(second, first)
    assert there.directions.tolist() == (-back.directions).tolist()
    assert listed(first, second)["hours"].sum() == pytest.approx(-listed(second, first)["hours"].sum())
    assert there.moved.tolist() == back.moved.tolist()


@settings(deadline=None, max_examples=40)
@given(levels, cut_lines, weights, st.randoms())
def test_customers_are_matched_whatever_the_order_of_rows(pairs, lines, by, chance) -> None:
    order = list(range(len(pairs)))
    chance.shuffle(order)
    comparison = compare(tiered(company(pairs), lines, by), tiered(company(pairs, order), lines, by))
    assert not comparison.moved.any()
    assert len(comparison.customers) == len(pairs)


@settings(deadline=None, max_examples=40)
@given(levels, st.lists(weights, min_size=2, max_size=4))
def test_the_order_of_voters_changes_neither_median_nor_who_is_contested(pairs, votes) -> None:
    present = tiered(company(pairs), [500, 300], {"growth": 1, "trend": 1})
    there, back = (contested(tiers_by_vote(present, given_), present.base.revenue) for given_ in (votes, votes[::-1]))
    assert there.rows.tolist() == back.rows.tolist()
    medians = [spread(given_, ("growth", "trend")).median.tolist() for given_ in (votes, votes[::-1])]
    assert medians[0] == pytest.approx(medians[1])


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 100)), weights)
def test_blended_weights_are_whole_and_the_largest_is_100(present, vote) -> None:
    found = blended(present, vote)
    assert max(found.values()) == 100
    assert all(isinstance(weight, int) and 0 <= weight <= 100 for weight in found.values())
    assert set(found) == set(vote) | {key for key, weight in present.items() if weight}
