"""Comparing two schemes: who moves along which path, what moves with them, and how far both agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from tests.decision.four_customers import FOUR, LINES, tiered
from tests.small_data import dataset, order_lines
from tiering.decision.agreement import rank_agreement, weighted_kappa
from tiering.decision.comparison import compare, paths
from tiering.decision.service_hours import hours_by_tier
from tiering.evaluate import Tiering, evaluate, tier_names
from tiering.scenario import Scenario
from tiering.scenario.plan import Resources

HOURS = {"A": 100.0, "B": 40.0, "C": 10.0}


def rows(first: Tiering, second: Tiering) -> list[tuple[object, ...]]:
    moves = paths(compare(first, second), HOURS, HOURS)
    moves = moves[moves["moved"]]
    columns = ["before", "after", "direction", "customers", "revenue", "margin", "hours"]
    return list(moves[columns].itertuples(index=False, name=None))


def test_two_customers_move_along_two_paths_with_their_money_and_hours() -> None:
    # scores: east 100, north about 66, south about 33, west 0
    assert rows(tiered(80, 20), tiered(50, 40)) == [
        ("B", "A", 1, 1, 3000.0, 500.0, 60.0),
        ("B", "C", -1, 1, 2000.0, 1500.0, -30.0),
    ]


def test_the_same_scheme_moves_nobody_and_agrees_fully() -> None:
    comparison = compare(tiered(80, 20), tiered(80, 20))
    assert not comparison.moved.any()
    assert (comparison.kappa, comparison.tau) == (1.0, pytest.approx(1.0))


def test_staying_is_a_path_without_hours() -> None:
    stays = paths(compare(tiered(80, 20), tiered(50, 40)), HOURS, HOURS)
    stays = stays[~stays["moved"]]
    assert stays["customers"].sum() == 2
    assert stays["hours"].tolist() == [0.0, 0.0]


def test_other_tiers_are_paths_without_up_or_down() -> None:
    comparison = compare(tiered(80, 20), tiered(50, tiers=("重点", "一般")))
    assert not comparison.same_ladder
    assert np.isnan(comparison.kappa)
    assert set(zip(comparison.customers["before"], comparison.customers["after"], strict=True)) == {
        ("A", "重点"),
        ("B", "重点"),
        ("B", "一般"),
        ("C", "一般"),
    }
    assert not comparison.directions.any()


def test_without_costs_no_margin_is_told() -> None:
    plain = dataset(order_lines(*[line[:3] for line in LINES]))
    moves = paths(compare(tiered(80, 20, data=plain), tiered(50, 40, data=plain)), HOURS, HOURS)
    assert "margin" not in moves


def test_customers_are_matched_by_id_when_windows_differ() -> None:
    year, month = tiered(80, 20), tiered(80, 20, window_months=1)
    compared = compare(year, month).customers.set_index("customer_id")
    names = dict(zip(year.base.customers["customer_id"], tier_names(year), strict=True))
    assert compared["before"].to_dict() == names
    # in the last month alone east and north bought
    assert compared["revenue"].to_dict() == {"east": 4000.0, "north": 3000.0, "south": 0.0, "west": 0.0}


def test_a_customer_of_one_side_only_comes_from_no_tier_or_goes_to_none() -> None:
    fewer = dataset(order_lines(*LINES[:3], columns=("cost",)))
    gone = compare(tiered(80, 20), tiered(80, 20, data=fewer)).customers.set_index("customer_id")
    assert gone.loc["west", ["before", "after", "row_after"]].tolist() == ["C", "", -1]
    came = compare(tiered(80, 20, data=fewer), tiered(80, 20)).customers.set_index("customer_id")
    assert came.loc["west", ["before", "after", "row_before"]].tolist() == ["", "C", -1]


def test_a_single_customer_can_be_compared() -> None:
    one = dataset(order_lines(("only", "2025-12-31", "10.00")))
    comparison = compare(evaluate(one, Scenario()), evaluate(one, Scenario(tiers=("A", "B", "C"))))
    assert len(comparison.customers) == 1
    assert np.isnan(comparison.tau)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([[40, 8, 2], [10, 60, 15], [1, 9, 80]], 0.744318181818182),
        ([[35, 14, 3], [6, 55, 24], [0, 6, 90]], 0.707247027148306),
    ],
)
def test_kappa_reproduces_the_published_programs_linear_weights(counts: list[list[int]], expected: float) -> None:
    # the same tables in R (vcd 1.4, Kappa with equal-spacing weights)
    assert weighted_kappa(np.array(counts)) == pytest.approx(expected, abs=1e-12)


def test_kappa_cannot_tell_where_all_are_in_one_tier() -> None:
    assert np.isnan(weighted_kappa(np.array([[5, 0], [0, 0]])))
    assert np.isnan(weighted_kappa(np.zeros((2, 2), int)))


def test_rank_agreement_reproduces_its_authors_example() -> None:
    x, y = np.array([12, 2, 1, 12, 2], np.int32), np.array([1, 4, 7, 1, 0], np.int32)
    assert rank_agreement(x, y) == pytest.approx(-0.56694968153682723, abs=1e-12)


def test_exchanging_the_top_costs_more_agreement_than_exchanging_the_bottom() -> None:
    order = np.arange(10, 0, -1, dtype=np.int32)
    top, bottom = order.copy(), order.copy()
    top[[0, 1]], bottom[[8, 9]] = top[[1, 0]], bottom[[9, 8]]
    assert rank_agreement(order, top) < rank_agreement(order, bottom) < 1
    assert kendalltau(order, top).statistic == pytest.approx(kendalltau(order, bottom).statistic)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=30), st.randoms())
def test_agreement_minds_neither_side_nor_the_order_of_rows(pairs: list[tuple[int, int]], chance: object) -> None:
    shuffled = list(pairs)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    (x, y), (u, v) = (np.array(given, np.int32).T for given in (pairs, shuffled))
    there, back, again = rank_agreement(x, y), rank_agreement(y, x), rank_agreement(u, v)
    assert [back, again] == pytest.approx([there, there], nan_ok=True)


def test_hours_are_visits_and_desk_work_as_the_scheme_assumes_them() -> None:
    own = Resources(visits={"A": 10.0, "B": 2.0}, hours_per_visit={"A": 4.0, "B": 3.0}, desk_hours={"A": 5.0, "B": 1.0})
    assert hours_by_tier(Scenario(tiers=("A", "B"), resources=own)) == {"A": 45.0, "B": 7.0, "": 7.0}


def test_every_customer_of_the_second_side_is_compared_once() -> None:
    comparison = compare(tiered(80, 20), tiered(50, 40))
    assert sorted(comparison.customers["customer_id"]) == ["east", "north", "south", "west"]
    assert comparison.customers["revenue"].sum() == evaluate(FOUR, Scenario()).base.revenue.sum()


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        # half agree, half would by chance: 1 − 0.5 / 0.5
        ([[1, 1], [1, 1]], 0.0),
        # all stand on the other side: 1 − 1 / 0.5
        ([[0, 2], [2, 0]], -1.0),
        # 8 of 10 agree, 5 would by chance: 1 − 0.2 / 0.5
        ([[4, 1], [1, 4]], 0.6),
        # two tiers apart weighs double: 1 − (2 · 1 / 3) / (8 / 9)
        ([[0, 0, 1], [0, 1, 0], [0, 0, 1]], 0.25),
    ],
)
def test_kappa_of_a_small_table_can_be_done_by_hand(counts: list[list[int]], kappa: float) -> None:
    assert weighted_kappa(np.array(counts)) == pytest.approx(kappa)


def test_the_opposite_order_is_the_lowest_agreement() -> None:
    order = np.arange(5, dtype=np.int32)
    assert rank_agreement(order, order[::-1].copy()) == pytest.approx(-1.0)
    assert rank_agreement(order, order * 7 + 3) == pytest.approx(1.0)


@pytest.mark.parametrize("scores", [[5], [], [3, 3, 3]])
def test_no_order_can_be_compared_where_there_is_none(scores: list[int]) -> None:
    alike = np.array(scores, np.int32)
    assert np.isnan(rank_agreement(alike, alike))


def test_who_has_no_tier_costs_as_much_service_as_the_last_one() -> None:
    hours = hours_by_tier(Scenario())
    assert hours[""] == hours["C"]
    assert hours["S"] > hours["A"] > hours["B"] > hours["C"] > 0
