"""Spending: today's service cost of the tiers beside the best spread of the same money."""

from __future__ import annotations

import numpy as np
import pytest

from tests.strategy.resources.test_load import tiered
from tiering.strategy.resources.budget import spending, tier_pnl

PLAIN = [{}] * 5


def test_todays_spending_is_the_service_cost_and_brings_the_assumed_uplift():
    tiering = tiered(PLAIN)
    found, pnl = spending(tiering), tier_pnl(tiering)
    assert found.tiers["today"].tolist() == pnl["service_cost"].tolist()
    assert found.tiers["brings_today"].tolist() == pytest.approx(pnl["uplift_value"].tolist())


def test_without_a_budget_the_money_of_today_is_spread_anew_and_brings_no_less():
    found = spending(tiered(PLAIN))
    assert found.budget == pytest.approx(found.tiers["today"].sum())
    assert found.tiers["best"].sum() == pytest.approx(found.budget)
    assert found.tiers["brings_best"].sum() >= found.tiers["brings_today"].sum() - 1e-9


def test_by_hand_for_the_top_tier():
    # S: 200 hours at 150 are 30,000 a year; 10 % of a margin of 30,000 are 3,000, which is 70 % of the ceiling.
    found = spending(tiered(PLAIN)).tiers.set_index("name")
    assert found.loc["S", "today"] == pytest.approx(30_000)
    assert found.loc["S", "brings_today"] == pytest.approx(3_000)
    speed = -np.log(0.3) / 30_000
    ceiling = 3_000 / 0.7
    assert found.loc["S", "brings_best"] == pytest.approx(ceiling * (1 - np.exp(-speed * found.loc["S", "best"])))


@pytest.mark.parametrize("budget", [0.0, 1_000.0, 50_000.0, 1e6])
def test_the_typed_budget_is_what_is_spread(budget):
    found = spending(tiered(PLAIN, budget=budget))
    assert found.budget == budget
    assert found.tiers["best"].sum() == pytest.approx(budget)


def test_more_money_brings_more_and_its_last_unit_less():
    found = [spending(tiered(PLAIN, budget=budget)) for budget in (10_000.0, 20_000.0, 40_000.0)]
    brought = [one.tiers["brings_best"].sum() for one in found]
    assert brought == sorted(brought)
    assert [one.last_unit for one in found] == sorted((one.last_unit for one in found), reverse=True)


def test_one_unit_more_brings_what_the_last_unit_says():
    one, more = (spending(tiered(PLAIN, budget=budget)) for budget in (20_000.0, 20_001.0))
    gained = more.tiers["brings_best"].sum() - one.tiers["brings_best"].sum()
    assert gained == pytest.approx(one.last_unit, rel=1e-3)


def test_a_tier_without_margin_or_without_service_gets_nothing():
    lossy = [{"margin": -500.0}, {}, {}, {}, {}]
    assert spending(tiered(lossy)).tiers["best"][0] == 0.0
    unserved = spending(tiered(PLAIN, visits={"S": 0}, desk_hours={"S": 0})).tiers
    assert (unserved["today"][0], unserved["best"][0], unserved["brings_best"][0]) == (0.0, 0.0, 0.0)


def test_where_nothing_is_earned_nothing_is_brought():
    found = spending(tiered([{"margin": 0.0}] * 5))
    assert (found.tiers["brings_best"].sum(), found.last_unit) == (0.0, 0.0)
