"""Load against capacity: hours by tier, owner and region add up, and overload shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.strategy.tiered_customers import customers, tiering_of
from tiering.scenario.plan import Resources
from tiering.strategy.resources.load import capacity, owner_loads, region_loads, tier_loads
from tiering.strategy.resources.services import customer_hours, tier_services

POINTS = [90.0, 70.0, 50.0, 10.0, np.nan]
OWNED = [
    {"owner": "Li", "region": "East"},
    {"owner": "Li", "region": "East"},
    {"owner": "Wang", "region": "West"},
    {"owner": "Wang", "region": "East"},
    {"owner": None, "region": None},
]


def tiered(rows=OWNED, **resources):
    tiering = tiering_of(customers(*rows), POINTS)
    return replace(tiering, scenario=tiering.scenario.model_copy(update={"resources": Resources(**resources)}))


def test_a_customer_takes_visits_times_hours_and_the_desk():
    tiering = tiered(visits={"S": 10}, hours_per_visit={"S": 5}, desk_hours={"S": 7})
    assert customer_hours(tiering)[0] == 57


def test_who_has_no_score_is_served_as_the_last_tier():
    hours = customer_hours(tiered())
    assert hours[4] == hours[3]


def test_customary_hours_are_those_of_the_ratio_of_customers_to_a_person():
    for service, each in zip(tier_services(tiered().scenario), (8, 20, 60, 300), strict=True):
        assert service.hours == pytest.approx(1600 / each, rel=0.07)


def test_hours_by_tier_by_owner_and_by_region_are_the_same_hours():
    tiering = tiered()
    whole = customer_hours(tiering).sum()
    for loads in (tier_loads(tiering), owner_loads(tiering), region_loads(tiering)):
        assert loads["hours"].sum() == pytest.approx(whole)
        assert loads["customers"].sum() == 5


def test_owners_share_the_capacity_and_the_fullest_stands_first():
    loads = owner_loads(tiered(hours_per_person=200.0))
    assert loads["name"].tolist() == ["Li", "Wang", None]
    assert loads["load"].tolist()[:2] == pytest.approx([280 / 200, 32 / 200], rel=0.01)
    assert np.isnan(loads["load"][2])


def test_an_owners_hours_go_to_the_regions_of_its_customers():
    loads = region_loads(tiered(hours_per_person=200.0)).set_index("name")
    wang_east = 5 / (27 + 5)
    assert loads.loc["East", "capacity"] == pytest.approx(200 + 200 * wang_east)
    assert loads.loc["West", "capacity"] == pytest.approx(200 * (1 - wang_east))


def test_without_owners_every_region_is_as_full_as_the_whole():
    tiering = tiered([{"region": place} for place in ("East", "East", "West", "West", "West")], people=1)
    loads = region_loads(tiering)
    assert loads["load"].tolist() == pytest.approx([customer_hours(tiering).sum() / 1600] * 2)


def test_people_are_typed_or_the_owners_or_what_the_service_asks_for():
    assert (capacity(tiered(people=3.5)).people, capacity(tiered(people=3.5)).told_by) == (3.5, "typed")
    assert (capacity(tiered()).people, capacity(tiered()).told_by) == (2.0, "owners")
    assert (capacity(tiered([{}] * 5)).people, capacity(tiered([{}] * 5)).told_by) == (1.0, "needed")


def test_blank_owners_are_nobody():
    assert capacity(tiered([{"owner": " "}] * 5)).told_by == "needed"


def test_without_regions_there_is_nothing_to_show_by_region():
    assert region_loads(tiered([{}] * 5)) is None


def test_load_is_hours_over_capacity_and_half_the_people_double_it():
    one, two = (owner_loads(tiered(people=people, hours_per_person=200.0)) for people in (1.0, 2.0))
    named = one["load"].notna()
    assert (one["load"][named] / two["load"][named]).tolist() == pytest.approx([2.0, 2.0])


def test_the_capacity_of_the_regions_is_that_of_the_owners():
    tiering = tiered(hours_per_person=200.0)
    assert region_loads(tiering)["capacity"].sum() == pytest.approx(capacity(tiering).hours)


def test_visits_of_a_tier_are_those_of_its_customers():
    loads = tier_loads(tiered(visits={"C": 3})).set_index("name")
    assert loads["visits"].to_dict() == {"S": 12.0, "A": 6.0, "B": 2.0, "C": 6.0}


def test_people_of_a_tier_are_its_hours_over_those_of_a_person():
    loads = tier_loads(tiered(hours_per_person=100.0)).set_index("name")
    assert loads.loc["S", "people"] == 2.0
    assert loads["people"].sum() == pytest.approx(loads["hours"].sum() / 100)
