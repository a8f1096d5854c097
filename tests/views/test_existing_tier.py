"""Tiers the file brought beside those of the scenario: counted by hand, and no up or down between other names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tiering.dataset import Dataset
from tiering.evaluate import Tiering, evaluate, tier_names
from tiering.scenario import Cuts, Scenario
from tiering.views.existing_tier import existing_tiers, moved_rows

REVENUE = {"A1": 900.0, "B1": 500.0, "B2": 480.0, "C1": 10.0, "C2": 0.0}


def tiering(existing: list[str | None] | None) -> Tiering:
    columns: dict[str, pa.Array] = {
        "customer_id": pa.array(REVENUE),
        "annual_revenue": pa.array(REVENUE.values()),
    }
    if existing is not None:
        columns["current_tier"] = pa.array(existing, pa.string())
    dataset = Dataset(None, pa.table(columns), pa.table({}), (), "f")
    scenario = Scenario(tiers=("A", "B", "C"), weights={"annual_revenue": 1}, cuts=Cuts(kind="share", lines=(0.2, 0.6)))
    return evaluate(dataset, scenario)


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
