"""Base tier plus points: one step at most, caps last, and what each rule moves."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import ValidationError

from tiering.scenario.exceptions import CapRule, PointRule, TierRules
from tiering.tiers.conditions import Fault
from tiering.tiers.points import effects, rule_points, stepped, steps_of

ABC = ("A", "B", "C")
TRUTH = json.loads((Path(__file__).parents[1] / "truth" / "base_tier_points.json").read_text(encoding="utf-8"))


def tiers_of(*names: str) -> NDArray[np.int8]:
    return np.array([ABC.index(name) for name in names], dtype=np.int8)


def named(tiers: NDArray[np.int8]) -> list[str]:
    return [("A", "B", "C", "")[number] for number in tiers]


def customers_of(**columns: list[object]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    return pd.DataFrame({"customer_id": [f"c{n}" for n in range(size)], **columns})


def settled(customers: pd.DataFrame, rules: TierRules, base: NDArray[np.int8]) -> list[str]:
    points = rule_points(customers, rules, ABC)
    return named(stepped(base, points.steps, points.caps, len(ABC)))


@pytest.mark.parametrize("case", TRUTH["cases"], ids=lambda case: f"{case['annual_value']} {case['points']:+}")
def test_the_rule_table_with_values_points_and_cap_gives_its_published_tiers(case: dict[str, object]) -> None:
    value = float(str(case["annual_value"]))
    base = np.array([sum(value <= line for line in TRUTH["above"])], dtype=np.int8)
    sums = np.array([case["points"]], dtype=np.int32)
    caps = np.array([0 if case["cap"] is None else ABC.index(str(case["cap"]))], dtype=np.int8)
    assert named(base) == [case["base"]]
    assert named(stepped(base, steps_of(sums, TRUTH["step_at"]), caps, 3)) == [case["final"]]


@pytest.mark.parametrize("case", TRUTH["cases"], ids=lambda case: f"{case['annual_value']} {case['points']:+}")
def test_the_same_table_written_as_rules_over_columns(case: dict[str, object]) -> None:
    """Points come from a column, the cap from days overdue."""
    customers = customers_of(bonus=[float(str(case["points"]))], overdue=[120.0 if case["cap"] else 0.0])
    given_points = int(str(case["points"]))
    rules = TierRules(
        points=(PointRule(field="bonus", test="is", value=float(given_points), points=given_points),)
        if given_points
        else (),
        caps=(CapRule(field="overdue", test="above", value=90.0, tier="B"),),
    )
    assert settled(customers, rules, tiers_of(str(case["base"]))) == [case["final"]]


def test_bonuses_add_up_to_a_step_and_deductions_take_them_away() -> None:
    customers = customers_of(categories=[5.0, 5.0, 1.0, 5.0], late=[0.0, 40.0, 40.0, None])
    rules = TierRules(
        points=(
            PointRule(field="categories", test="at_least", value=4.0, points=10),
            PointRule(field="late", test="above", value=30.0, points=-10),
        )
    )
    assert rule_points(customers, rules, ABC).sums.tolist() == [10, 0, -10, 10]
    assert settled(customers, rules, tiers_of("B", "B", "B", "B")) == ["A", "B", "C", "A"]


def test_the_top_tier_rises_no_further_and_the_lowest_falls_no_further() -> None:
    customers = customers_of(x=[1.0, -1.0])
    rules = TierRules(
        points=(
            PointRule(field="x", test="above", value=0.0, points=50),
            PointRule(field="x", test="below", value=0.0, points=-50),
        )
    )
    assert settled(customers, rules, tiers_of("A", "C")) == ["A", "C"]


def test_of_two_caps_the_lower_one_counts_and_neither_lifts_anybody() -> None:
    customers = customers_of(late=[120.0, 60.0, 0.0], credit=["D", "AAA", "D"])
    rules = TierRules(
        caps=(
            CapRule(field="late", test="above", value=30.0, tier="B"),
            CapRule(field="credit", test="at_most", value="D", tier="C"),
        )
    )
    assert settled(customers, rules, tiers_of("A", "A", "C")) == ["C", "B", "C"]


def test_without_a_tier_points_give_none() -> None:
    customers = customers_of(x=[1.0])
    rules = TierRules(points=(PointRule(field="x", test="known", points=20),))
    assert settled(customers, rules, np.array([3], dtype=np.int8)) == [""]


def test_what_a_rule_moves_is_who_would_stand_elsewhere_without_it() -> None:
    customers = customers_of(x=[1.0, 1.0, 0.0, None], y=[1.0, 0.0, 0.0, 0.0])
    rules = TierRules(
        points=(
            PointRule(field="x", test="is", value=1.0, points=10),
            PointRule(field="y", test="is", value=1.0, points=10),
        ),
        caps=(CapRule(field="y", test="is", value=0.0, tier="C"),),
    )
    points = rule_points(customers, rules, ABC)
    revenue = np.array([100.0, 20.0, 3.0, 0.5])
    by_x, by_y, by_cap = effects(points, tiers_of("B", "B", "B", "C"), ABC, revenue)
    # c0 has 20 points: neither rule alone moves it; c1 rises by x but is capped at C
    assert (by_x.customers, by_x.unknown, by_x.up, by_x.down, by_x.revenue) == (2, 1, 0, 0, 0.0)
    assert (by_y.customers, by_y.up, by_y.down) == (1, 0, 0)
    assert (by_cap.customers, by_cap.up, by_cap.down, by_cap.revenue) == (3, 0, 2, 23.0)


def test_a_rule_on_a_column_that_vanished_moves_nobody_says_so_and_stays() -> None:
    rules = TierRules(
        points=(PointRule(field="gone", test="at_least", value=1.0, points=20),),
        caps=(CapRule(field="x", test="known", tier="Z"),),
    )
    points = rule_points(customers_of(x=[1.0]), rules, ABC)
    found = effects(points, tiers_of("B"), ABC, np.array([1.0]))
    assert [effect.fault for effect in found] == [Fault.NO_COLUMN, Fault.NO_TIER]
    assert [effect.up + effect.down for effect in found] == [0, 0]
    assert points.rules == rules


def test_a_rule_without_points_cannot_be_written() -> None:
    with pytest.raises(ValidationError):
        PointRule(field="x", test="known", points=0)


BASES = st.lists(st.integers(0, 3), min_size=1, max_size=30)
RULE_VALUES = st.lists(st.tuples(st.integers(0, 3), st.integers(-40, 40).filter(bool)), max_size=5)


def some_rules(values: list[tuple[int, int]]) -> TierRules:
    return TierRules(points=tuple(PointRule(field="x", test="at_least", value=float(v), points=p) for v, p in values))


@given(base=BASES, values=RULE_VALUES)
def test_points_never_move_more_than_one_step(base: list[int], values: list[tuple[int, int]]) -> None:
    numbers = np.array(base, dtype=np.int8)
    points = rule_points(customers_of(x=[float(n % 4) for n in range(len(base))]), some_rules(values), ABC)
    assert (np.abs(stepped(numbers, points.steps, points.caps, 3) - numbers) <= 1).all()


@given(base=BASES, values=RULE_VALUES, seed=st.integers(0, 99))
def test_the_row_order_changes_nothing_and_equal_customers_share_a_tier(
    base: list[int], values: list[tuple[int, int]], seed: int
) -> None:
    numbers = np.array(base, dtype=np.int8)
    customers = customers_of(x=[float(tier) for tier in base])  # customers of one base tier are equal in all
    order = np.random.default_rng(seed).permutation(len(base))
    first = settled(customers, some_rules(values), numbers)
    again = settled(customers.iloc[order].reset_index(drop=True), some_rules(values), numbers[order])
    assert again == [first[row] for row in order]
    assert all(len({tier for tier, own in zip(first, base, strict=True) if own == kind}) == 1 for kind in set(base))


@given(base=BASES, values=RULE_VALUES, more=st.integers(1, 40))
def test_more_points_never_lower_a_tier(base: list[int], values: list[tuple[int, int]], more: int) -> None:
    numbers = np.array(base, dtype=np.int8)
    customers = customers_of(x=[float(n % 4) for n in range(len(base))])
    rules = some_rules(values)
    bonus = rules.model_copy(update={"points": (*rules.points, PointRule(field="x", test="known", points=more))})
    before, after = (rule_points(customers, each, ABC) for each in (rules, bonus))
    assert (stepped(numbers, after.steps, after.caps, 3) <= stepped(numbers, before.steps, before.caps, 3)).all()
