"""Service levels for the customers of a tiering, and customers that change hands."""

from __future__ import annotations

import numpy as np
import pytest

from tests.strategy.resources.test_load import tiered
from tiering.strategy.resources.budget import spending, tier_pnl
from tiering.strategy.resources.handover import handovers
from tiering.strategy.resources.levels import allocation
from tiering.strategy.resources.load import owner_loads

PLAIN = [{}] * 5


def test_with_hours_for_all_everybody_gets_the_closest_service():
    found = allocation(tiered(PLAIN, people=1))
    assert found.best.levels.tolist() == [4] * 5
    assert found.best.hour_price == 0.0
    assert found.best.value == pytest.approx(5 * 30_000 * 0.10)


def test_todays_levels_are_those_of_the_tiers():
    found = allocation(tiered(PLAIN, people=1))
    assert found.now.tolist() == [4, 3, 2, 1, 1]
    assert found.value_now == pytest.approx(30_000 * (0.10 + 0.07 + 0.04 + 0.01 + 0.01))
    assert found.gains.sum() == pytest.approx(found.best.value - found.value_now)  # all hours fit


def test_today_the_hours_run_out_from_the_top_down():
    found = allocation(tiered(PLAIN, people=281 / 1600))  # S 200 and A 80 hours fit, B does not
    assert found.value_now == pytest.approx(30_000 * (0.10 + 0.07))
    assert found.best.value >= found.value_now


def test_scarce_hours_go_to_the_customer_with_the_most_margin():
    found = allocation(tiered([{}, {}, {}, {"margin": 300_000.0}, {}], people=200 / 1600))
    assert found.best.levels[3] == 4
    assert found.best.hours <= 200


def test_who_earns_nothing_gets_no_hours():
    found = allocation(tiered([{"margin": -10.0}] * 5, people=1))
    assert found.best.levels.tolist() == [0] * 5


def test_more_hours_never_earn_less():
    values = [allocation(tiered(PLAIN, people=people)).best.value for people in (0.01, 0.05, 0.1, 0.2, 0.5)]
    assert values == sorted(values)


def test_customers_change_hands_until_nobody_is_overloaded():
    rows = [{"owner": "Li"}, {"owner": "Li"}, {"owner": "Li"}, {"owner": "Wang"}, {"owner": "Wang"}]
    tiering = tiered(rows, people=2, hours_per_person=230.0)  # Li carries 200 + 80 + 27 hours of 230
    moved = handovers(tiering)
    assert set(moved["from_owner"]) == {"Li"}
    after = owner_loads(tiering).set_index("name")["hours"]
    assert after["Li"] - moved["hours"].sum() <= 230
    assert after["Wang"] + moved["hours"].sum() <= 230


def test_nothing_moves_where_everybody_fits():
    assert len(handovers(tiered([{"owner": "Li"}] * 4 + [{"owner": "Wang"}], people=4))) == 0


def test_a_whole_that_does_not_fit_is_said():
    assert handovers(tiered([{"owner": "Li"}] * 4 + [{"owner": "Wang"}], people=0.1)) is None


def test_a_neighbour_in_the_same_region_takes_over_before_a_stranger():
    rows = [
        {"owner": "Li", "region": "East"},
        {"owner": "Li", "region": "East"},
        {"owner": "Zhao", "region": "East"},
        {"owner": "Wang", "region": "West"},
        {"owner": "Wang", "region": "West"},
    ]
    moved = handovers(tiered(rows, people=3, hours_per_person=210.0))
    assert moved["to_owner"].tolist() == ["Zhao"]
    assert np.array_equal(moved["row"], [1])


def test_todays_margin_is_one_figure_in_allocation_profit_and_budget_although_the_hours_run_out() -> None:
    tiering = tiered(PLAIN, people=1, hours_per_person=220)
    found, pnl, spent = allocation(tiering), tier_pnl(tiering), spending(tiering)
    assert found.hours_now > found.capacity.hours
    assert 0 < found.served.sum() < 5
    assert found.value_now == pytest.approx(pnl["uplift_value"].sum())
    assert found.value_now == pytest.approx(spent.tiers["brings_today"].sum())
    assert pnl["service_cost"].sum() <= found.capacity.hours * tiering.scenario.resources.cost_per_hour
