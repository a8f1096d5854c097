"""Comparing two schemes: who moves along which path, and what moves with them."""

from __future__ import annotations

from tests.decision.four_customers import FOUR, LINES, tiered
from tests.small_data import dataset, order_lines
from tiering.decision.comparison import compare, paths
from tiering.evaluate import Tiering, evaluate, tier_names
from tiering.scenario import Scenario
from tiering.scenario.plan import Resources
from tiering.strategy.resources.services import hours_by_tier

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


def test_the_same_scheme_moves_nobody() -> None:
    comparison = compare(tiered(80, 20), tiered(80, 20))
    assert not comparison.moved.any()


def test_staying_is_a_path_without_hours() -> None:
    stays = paths(compare(tiered(80, 20), tiered(50, 40)), HOURS, HOURS)
    stays = stays[~stays["moved"]]
    assert stays["customers"].sum() == 2
    assert stays["hours"].tolist() == [0.0, 0.0]


def test_other_tiers_are_paths_without_up_or_down() -> None:
    comparison = compare(tiered(80, 20), tiered(50, tiers=("重点", "一般")))
    assert not comparison.same_ladder
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


def test_hours_are_visits_and_desk_work_as_the_scheme_assumes_them() -> None:
    own = Resources(visits={"A": 10.0, "B": 2.0}, hours_per_visit={"A": 4.0, "B": 3.0}, desk_hours={"A": 5.0, "B": 1.0})
    assert hours_by_tier(Scenario(tiers=("A", "B"), resources=own)) == {"A": 45.0, "B": 7.0, "": 7.0}


def test_every_customer_of_the_second_side_is_compared_once() -> None:
    comparison = compare(tiered(80, 20), tiered(50, 40))
    assert sorted(comparison.customers["customer_id"]) == ["east", "north", "south", "west"]
    assert comparison.customers["revenue"].sum() == evaluate(FOUR, Scenario()).base.revenue.sum()


def test_who_has_no_tier_costs_as_much_service_as_the_last_one() -> None:
    hours = hours_by_tier(Scenario())
    assert hours[""] == hours["C"]
    assert hours["S"] > hours["A"] > hours["B"] > hours["C"] > 0
