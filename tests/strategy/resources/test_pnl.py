"""Profit and loss of the tiers: sums are the file's, break-even is checked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.strategy.resources.test_load import tiered
from tiering.strategy.resources.budget import break_even_lift, tier_pnl
from tiering.strategy.resources.services import USUAL_MARGIN_RATE, customer_margins, margin_rate

PLAIN = [{}] * 5


def test_revenue_margin_and_customers_add_up_to_the_file():
    tiering = tiered(PLAIN)
    pnl = tier_pnl(tiering)
    assert pnl["revenue"].sum() == tiering.base.revenue.sum()
    assert pnl["margin"].sum() == pytest.approx(5 * 30_000)
    assert pnl["customers"].sum() == 5


def test_service_cost_is_hours_at_the_cost_of_an_hour():
    pnl = tier_pnl(tiered(PLAIN, cost_per_hour=100.0)).set_index("name")
    assert pnl.loc["S", "service_cost"] == pytest.approx(200 * 100)
    assert pnl.loc["S", "contribution"] == pytest.approx(30_000 - 20_000)
    assert pnl.loc["C", "service_cost"] == pytest.approx(2 * 5 * 100)


def test_a_kept_customer_brings_its_margin_and_spares_winning_another():
    # 100 spent; all customers together bring 1,500 and cost 500 to win anew: 1 in 20 kept pays for it.
    assert break_even_lift(np.array([100.0]), np.array([1500.0]), np.array([500.0])).tolist() == [0.05]
    assert np.isnan(break_even_lift(np.array([1.0]), np.array([0.0]), np.array([0.0]))[0])


def test_nobody_pays_more_to_win_a_customer_than_it_brings():
    dear = break_even_lift(np.array([100.0]), np.array([50.0]), np.array([7000.0]))
    assert dear.tolist() == [1.0]


def test_the_break_even_of_a_tier_counts_winning_each_of_its_customers():
    pnl = tier_pnl(tiered(PLAIN, cost_per_hour=1.0, win_times=5.0)).set_index("name")
    tier = pnl.loc["C"]  # two customers of five hours each: 10 spent; winning both anew costs twice 5 times 5
    assert (tier["customers"], tier["service_cost"], tier["winning"]) == (2, 10.0, 25.0)
    assert tier["break_even"] == pytest.approx(10 / (tier["margin"] + 50))


def test_dearer_winning_lowers_what_has_to_be_kept():
    cheap, dear = (tier_pnl(tiered(PLAIN, cost_per_hour=10.0, win_times=times))["break_even"] for times in (5, 10))
    assert (dear <= cheap).all()
    assert (dear < cheap).any()


def test_margins_are_the_files_then_the_typed_rate_then_the_customary_one():
    assert margin_rate(tiered(PLAIN)) == (pytest.approx(0.30), True)
    assert margin_rate(tiered(PLAIN, margin_rate=0.5)) == (0.5, False)
    bare = tiered(PLAIN)
    bare = replace(bare, base=replace(bare.base, customers=bare.base.customers.drop(columns=["margin"])))
    assert margin_rate(bare) == (USUAL_MARGIN_RATE, False)
    assert customer_margins(bare).tolist() == pytest.approx([30_000] * 5)


def test_a_customer_whose_costs_are_unknown_earns_the_rate_of_the_others():
    tiering = tiered([{}, {}, {}, {}, {"margin": None}])
    assert customer_margins(tiering)[4] == pytest.approx(30_000)
