"""Majority rule with veto: the published assignments, missing values, and what a percent decides."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tiering.indicators.catalogue import Indicator
from tiering.scenario.ways import Criterion, Majority
from tiering.tiers.cuts import PROPOSED_SHARES
from tiering.tiers.limits import profile_shifts
from tiering.tiers.majority import majority_tiers, votes
from tiering.tiers.proposals import proposed_majority
from tiering.tiers.readings import Readings, readings

TRUTH = json.loads((Path(__file__).parents[1] / "truth" / "majority.json").read_text(encoding="utf-8"))


def voices(customers: pd.DataFrame, less_is_better: Collection[str] = ()) -> Readings:
    """Each column as an indicator of its own."""
    return readings(
        customers,
        tuple(
            Indicator(name, "potential", "number", "range", "own", more_is_better=name not in less_is_better)
            for name in customers
        ),
    )


def assigned(case: dict[str, Any], veto: bool) -> dict[str, str]:
    profiles, vetoes = case["lower_profiles"], case["vetos"]
    criteria = tuple(
        Criterion(
            indicator=name,
            weight=case["weights"][place],
            profiles=tuple(profile[place] for profile in profiles.values()),
            vetoes=tuple(limits[place] for limits in vetoes.values()) if veto else (),
        )
        for place, name in enumerate(case["criteria"])
    )
    share = case["majority"] if case["majority"] <= 1 else case["majority"] / sum(case["weights"])
    less_is_better = {name for name, way in zip(case["criteria"], case["minmax"], strict=True) if way == "min"}
    customers = voices(pd.DataFrame(case["performance"], columns=case["criteria"]), less_is_better)
    tiers = majority_tiers(customers, Majority(majority=share, criteria=criteria), len(profiles))
    names = [*profiles, "B" if "S" in profiles else "Bad"]
    return {row: names[tier] for row, tier in zip(case["rows"], tiers, strict=True)}


@pytest.mark.parametrize("case", ["metro", "ten_customers"])
@pytest.mark.parametrize("veto", [True, False])
def test_published_assignments_come_out_customer_by_customer(case: str, veto: bool) -> None:
    expected = TRUTH[case]["expected"]["with_veto" if veto else "no_veto"]
    assert assigned(TRUTH[case], veto) == expected


def test_the_customer_who_pays_95_days_late_is_kept_out_of_a_whatever_it_buys() -> None:
    with_veto, without = (assigned(TRUTH["ten_customers"], veto)["c09"] for veto in (True, False))
    assert (with_veto, without) == ("B", "A")


def voiced(*criteria: tuple[str, int, tuple[float, ...]], majority: float = 0.65) -> Majority:
    return Majority(
        majority=majority, criteria=tuple(Criterion(indicator=k, weight=w, profiles=p) for k, w, p in criteria)
    )


def test_weight_that_is_not_known_neither_speaks_for_nor_against() -> None:
    customers = voices(pd.DataFrame({"a": [9.0, 9.0, 9.0], "b": [9.0, np.nan, 1.0], "c": [1.0, 1.0, 1.0]}))
    majority = voiced(("a", 50, (5,)), ("b", 20, (5,)), ("c", 30, (5,)), majority=0.6)
    said = votes(customers, majority, 1)
    assert said.support[0].tolist() == pytest.approx([0.7, 50 / 80, 0.5])
    assert majority_tiers(customers, majority, 1).tolist() == [0, 0, 1]


def test_below_60_percent_known_a_customer_is_not_tiered() -> None:
    customers = voices(pd.DataFrame({"a": [9.0, np.nan, 1.0], "b": [9.0, 9.0, 1.0]}))
    assert majority_tiers(customers, voiced(("a", 60, (5,)), ("b", 40, (5,))), 1).tolist() == [0, 2, 1]


def test_a_column_that_vanished_leaves_its_weight_to_the_others_and_is_named() -> None:
    customers = voices(pd.DataFrame({"a": [9.0, 1.0]}))
    majority = voiced(("a", 50, (5,)), ("gone", 50, (5,)))
    assert votes(customers, majority, 1).absent == ("gone",)
    assert majority_tiers(customers, majority, 1).tolist() == [0, 1]


def test_without_any_voice_nobody_is_tiered() -> None:
    assert majority_tiers(voices(pd.DataFrame({"a": [1.0]})), Majority(), 2).tolist() == [3]
    assert majority_tiers(voices(pd.DataFrame({"a": [1.0]})), voiced(("a", 0, (1, 0))), 2).tolist() == [3]


def test_a_tier_cannot_be_reached_over_one_that_is_vetoed() -> None:
    strict = Majority(criteria=(Criterion(indicator="a", weight=1, profiles=(5, 5), vetoes=(None, 6)),))
    assert majority_tiers(voices(pd.DataFrame({"a": [6.0, 7.0]})), strict, 2).tolist() == [2, 0]


@pytest.mark.parametrize("tiers", [2, 3, 4])
def test_proposed_profiles_let_about_the_customary_shares_in(tiers: int) -> None:
    chance = np.random.default_rng(3)
    size = chance.lognormal(0, 1, 3000)
    companies = pd.DataFrame(
        {"a": size, "b": size * chance.lognormal(0, 0.5, 3000), "c": chance.integers(0, 400, 3000)}
    )
    customers = voices(companies, ["c"])
    majority = proposed_majority(customers, {"a": 60, "b": 30, "c": 20, "gone": 90}, tiers)
    found = majority_tiers(customers, majority, tiers - 1)
    assert [criterion.indicator for criterion in majority.criteria] == ["a", "b", "c"]
    shares = np.cumsum(np.bincount(found, minlength=tiers)[: tiers - 1]) / 3000
    assert shares == pytest.approx(PROPOSED_SHARES[tiers], abs=0.02)


def test_a_profile_one_percent_stricter_moves_those_who_just_reached_it() -> None:
    customers = voices(pd.DataFrame({"a": [102.0, 100.5, 99.5, 90.0]}))
    money = np.array([8.0, 4.0, 2.0, 1.0])
    (shift,) = profile_shifts(customers, voiced(("a", 1, (100,))), 1, money)
    assert (shift.stricter.customers, shift.stricter.revenue) == (1, 4.0)
    assert (shift.looser.customers, shift.looser.revenue) == (1, 2.0)
    (late,) = profile_shifts(voices(customers.customers, ["a"]), voiced(("a", 1, (100,))), 1, money)
    assert (late.stricter.revenue, late.looser.revenue) == (2.0, 4.0)


def test_nobody_is_asked_for_nine_orders_and_a_fraction() -> None:
    table = pd.DataFrame({"annual_orders": [9.13, 4.4, 2.0], "recency_days": [10.5, 30.0, 90.2]})
    found = proposed_majority(readings(table), {"annual_orders": 60, "recency_days": 30}, 3)
    assert all(profile.is_integer() for criterion in found.criteria for profile in criterion.profiles)
