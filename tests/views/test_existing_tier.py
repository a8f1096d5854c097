"""Tiers the file brought beside those of the scenario: counted by hand, and no up or down between other names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tiering.dataset import Dataset
from tiering.evaluate import Tiering, evaluate, tier_names
from tiering.scenario import Cuts, Scenario
from tiering.scenario.population import Existing
from tiering.views.existing_tier import (
    existing_baseline,
    existing_tiers,
    moved_rows,
    movers_from_existing,
    names_in_file,
)

UNTOLD = Existing()
REVENUE = {"A1": 900.0, "B1": 500.0, "B2": 480.0, "C1": 10.0, "C2": 0.0}


def tiering(existing: list[str | None] | None, told: Existing = UNTOLD) -> Tiering:
    columns: dict[str, pa.Array] = {
        "customer_id": pa.array(REVENUE),
        "annual_revenue": pa.array(REVENUE.values()),
    }
    if existing is not None:
        columns["current_tier"] = pa.array(existing, pa.string())
    dataset = Dataset(None, pa.table(columns), pa.table({}), (), "f")
    cuts = Cuts(kind="share", lines=(0.2, 0.6))
    return evaluate(dataset, Scenario(tiers=("A", "B", "C"), weights={"annual_revenue": 1}, cuts=cuts, existing=told))


def test_customers_are_counted_by_existing_tier_and_tier() -> None:
    now = tiering(["A", "A", "B", "C", "B"])
    assert list(tier_names(now)) == ["A", "B", "B", "C", "C"]
    found = existing_tiers(now)
    assert found is not None
    assert found.comparable
    assert found.counts.tolist() == [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0]]
    assert found.same == 3
    assert found.revenue.sum() == sum(REVENUE.values())


def test_who_differs_is_listed_biggest_first() -> None:
    now = tiering(["A", "A", "B", "C", "B"])
    found = existing_tiers(now)
    assert found is not None
    rows = moved_rows(found, now)
    assert now.base.customers["customer_id"].iloc[rows].tolist() == ["B1", "C2"]


def test_a_customer_without_an_existing_tier_is_not_counted_as_moved() -> None:
    now = tiering(["A", None, "B", None, None])
    found = existing_tiers(now)
    assert found is not None
    assert found.counts.sum() == 2
    assert moved_rows(found, now).size == 0


def test_the_same_tier_written_in_other_ways_is_the_same() -> None:
    found = existing_tiers(tiering(["A级", "ｂ", " B类 ", "c", "Ｃ级"]))
    assert found is not None
    assert (found.comparable, found.same) == (True, 5)


def test_other_names_stand_by_median_revenue_and_nobody_moves() -> None:
    now = tiering(["银", "金", "金", "铜", "铜"])
    found = existing_tiers(now)
    assert found is not None
    assert found.names == ("银", "金", "铜")
    assert not found.comparable
    assert moved_rows(found, now).size == 0
    assert np.array_equal(found.counts.sum(axis=1), [1, 2, 2])


def test_data_without_tiers_or_with_a_name_for_each_customer_has_none() -> None:
    assert existing_tiers(tiering(None)) is None
    assert existing_tiers(tiering([None] * 5)) is None


METALS = ["银", "金", "金", "铜", "铜"]
MEANT = {"金": "A", "银": "B", "铜": "C"}


def test_names_that_stand_for_tiers_are_compared_as_those() -> None:
    found = existing_tiers(tiering(METALS, Existing(names=MEANT)))
    assert found is not None
    assert (found.comparable, found.names) == (True, ("A", "B", "C"))
    assert found.known.tolist() == [1, 0, 0, 2, 2]


def test_the_names_of_the_file_stay_in_view_to_be_chosen_again() -> None:
    assert names_in_file(tiering(METALS, Existing(names=MEANT))) == ("银", "金", "铜")
    assert names_in_file(tiering(None)) == ()


def test_moves_are_told_from_the_file_where_that_is_the_baseline() -> None:
    now = tiering(METALS, Existing(baseline=True, names=MEANT))
    found = existing_baseline(now)
    assert found is not None
    moves = movers_from_existing(found, now)
    assert now.base.customers["customer_id"].iloc[moves.rows].tolist() == ["A1", "B1", "B2"]
    assert (moves.up, moves.down, moves.revenue) == (1, 2, 1880.0)


def test_who_had_no_tier_in_the_file_did_not_move() -> None:
    now = tiering(["A", None, None, None, "B"], Existing(baseline=True))
    found = existing_baseline(now)
    assert found is not None
    moves = movers_from_existing(found, now)
    assert now.base.customers["customer_id"].iloc[moves.rows].tolist() == ["C2"]


def test_a_name_that_stands_for_no_tier_leaves_the_scheme_as_the_baseline() -> None:
    assert existing_baseline(tiering(METALS, Existing(baseline=True, names={"金": "A"}))) is None
    assert existing_baseline(tiering(METALS, Existing(names=MEANT))) is None


def test_what_the_names_stand_for_is_kept_with_the_scenario() -> None:
    scenario = Scenario(existing=Existing(baseline=True, names=MEANT))
    assert scenario_from_json(scenario_to_json(scenario)) == scenario
