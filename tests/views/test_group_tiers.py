"""Tiers of groups beside those of their sites."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tests.small_data import dataset, order_lines
from tiering.dataset import Dataset
from tiering.evaluate import Tiering, evaluate
from tiering.scenario import Anchors, Cuts, Scenario
from tiering.views.group_tiers import group_tiers

# revenue 0 to 1000 is 0 to 100 points, so a tier is read off the revenue: A from 600, B from 200
SCALE = {"annual_revenue": Anchors(points=(0.0, 1000.0), levels=(0.0, 1.0))}
SCENARIO = Scenario(tiers=("A", "B", "C"), weights={"annual_revenue": 1}, cuts=Cuts(lines=(60.0, 20.0)), anchors=SCALE)
REVENUE = {"head": "300", "north": "250", "south": "100", "alone": "700", "x": "150", "y": "90"}
PARENTS = {"head": None, "north": "head", "south": "north", "alone": None, "x": "Holding", "y": "Holding"}
ORDERS = order_lines(*((who, "2025-12-31", amount) for who, amount in REVENUE.items()))
CUSTOMERS = pa.table({"customer_id": list(PARENTS), "parent_id": list(PARENTS.values())})


def answered(data: Dataset) -> tuple[Dataset, Tiering]:
    return data, evaluate(data, SCENARIO)


def test_a_group_is_tiered_by_what_its_sites_do_together() -> None:
    found = group_tiers(*answered(dataset(ORDERS, CUSTOMERS)))
    told = found.groups.set_index("group")
    assert told["annual_revenue"].to_dict() == {"head": 650.0, "Holding": 240.0}
    assert told["tier"].to_dict() == {"head": 0, "Holding": 1}
    assert told["sites"].to_dict() == {"head": 3, "Holding": 2}


def test_contradictions_are_the_sites_in_another_tier_furthest_apart_first() -> None:
    data, tiering = answered(dataset(ORDERS, CUSTOMERS))
    listed = group_tiers(data, tiering).contradictions
    names = tiering.base.customers["customer_id"].to_numpy()[listed["row"]]
    assert list(zip(names, listed["apart"], strict=True)) == [
        ("south", -2),
        ("head", -1),
        ("north", -1),
        ("x", -1),
        ("y", -1),
    ]


def test_customers_alone_are_in_no_list_and_circles_are_told() -> None:
    circle = pa.table({"customer_id": list(PARENTS), "parent_id": ["north", "head", None, None, None, None]})
    data, tiering = answered(dataset(ORDERS, circle))
    found = group_tiers(data, tiering)
    assert found.groups.empty
    assert found.contradictions.empty
    assert set(tiering.base.customers["customer_id"].to_numpy()[found.circular]) == {"head", "north"}


@pytest.mark.parametrize("with_orders", [True, False])
def test_a_customers_file_alone_adds_up_its_figures(with_orders: bool) -> None:
    figures = {"annual_revenue": [float(amount) for amount in REVENUE.values()], "satisfaction": [5.0, 1, 1, 3, 4, 2]}
    customers = pa.table({**{name: CUSTOMERS[name] for name in CUSTOMERS.column_names}, **figures})
    data = dataset(ORDERS if with_orders else None, customers)
    told = group_tiers(*answered(data)).groups.set_index("group")
    assert told["annual_revenue"].to_dict() == {"head": 650.0, "Holding": 240.0}


def test_the_same_lines_and_scales_hold_for_groups_so_that_one_site_is_its_own_group() -> None:
    data, tiering = answered(dataset(ORDERS, CUSTOMERS))
    before = tiering.tiers.tolist()
    found = group_tiers(data, tiering)
    assert tiering.tiers.tolist() == before
    assert found.sites["tier"].tolist() == [before[row] for row in found.sites["row"]]
