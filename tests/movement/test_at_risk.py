"""What is at stake: margin before revenue, money before probability, and tiers that add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tiering.movement.at_risk import annual_worth, at_risk, call_order, risk_by_tier
from tiering.movement.warning import Gaps, Warnings

REVENUE = np.array([1000.0, 500.0, 200.0, 0.0])


def warnings(levels: list[int], tails: list[float]) -> Warnings:
    nothing = np.zeros(len(levels))
    return Warnings(
        np.array(tails), np.array(levels, np.int8), nothing, nothing, Gaps(nothing, nothing, nothing, nothing, nothing)
    )


def test_without_margins_revenue_is_at_stake() -> None:
    worth = annual_worth(pd.DataFrame({"customer_id": list("abcd")}), REVENUE)
    assert (worth.basis, worth.money.tolist()) == ("revenue", REVENUE.tolist())


def test_an_unknown_margin_is_taken_at_the_rate_of_the_known_ones() -> None:
    worth = annual_worth(pd.DataFrame({"margin": [300.0, 150.0, np.nan, np.nan]}), REVENUE)
    assert (worth.basis, worth.estimated) == ("margin", 1)
    assert worth.money.tolist() == [300.0, 150.0, 60.0, 0.0]


def test_margins_of_a_small_part_of_the_revenue_say_nothing_of_the_rest() -> None:
    assert annual_worth(pd.DataFrame({"margin": [np.nan, np.nan, 90.0, np.nan]}), REVENUE).basis == "revenue"


def test_nobody_is_worth_less_than_nothing() -> None:
    worth = annual_worth(pd.DataFrame({"margin": [300.0, -20.0, 60.0, 0.0]}), REVENUE)
    assert worth.money.tolist() == [300.0, 0.0, 60.0, 0.0]


def test_the_call_list_goes_by_money_at_stake_not_by_probability() -> None:
    level = np.array([1, 2, 2, 0], np.int8)
    rows, stake = call_order(level, np.array([0.85, 0.99, np.nan, 0.5]), REVENUE)
    assert rows.tolist() == [0, 1, 2]
    assert stake[:2].tolist() == pytest.approx([850.0, 495.0])
    assert np.isnan(stake[2])


def test_who_no_longer_orders_is_lost_and_not_at_risk() -> None:
    found = at_risk(warnings([2, 2, -1, 1], [0.0, 0.0, np.nan, 0.1]), np.array([True, False, True, True]))
    assert found.tolist() == [2, 0, 0, 1]


def test_revenue_at_risk_adds_up_over_the_tiers() -> None:
    table = risk_by_tier(np.array([2, 0, 1, 1], np.int8), REVENUE, np.array([0, 0, 1, 2], np.int8), 3)
    assert table["customers"].tolist() == [2, 1, 1]
    assert table[["red", "amber"]].to_numpy().tolist() == [[1, 0], [0, 1], [0, 1]]
    assert table["risk_share"].tolist() == pytest.approx([1000 / 1500, 1.0, 0.0])
    assert table["red_revenue"].sum() + table["amber_revenue"].sum() == 1200
