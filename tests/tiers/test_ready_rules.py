"""Ready rules: fitted to the customers at hand, absent where the data gives nothing for them."""

from __future__ import annotations

import pandas as pd
import pytest

from sample_data import load_canonical
from tests.small_data import dataset
from tiering.evaluate import evaluate
from tiering.scenario import Scenario
from tiering.scenario.exceptions import CapRule, TierRules
from tiering.tiers.conditions import satisfied
from tiering.tiers.points import moves_of, ready_caps, ready_points

CUSTOMERS = pd.DataFrame(
    {
        "customer_id": [f"c{n}" for n in range(10)],
        "categories": [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 5.0],
        "credit": ["AAA", "A", "B", None, "C", "C", "C", "C", "C", "D"],
        "overdue_days": [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 45.0, 120.0],
        "satisfaction": [4.0] * 10,
    }
)


def test_variety_is_for_the_tenth_that_buys_most_categories() -> None:
    (rule,) = ready_points(CUSTOMERS, "variety")  # four of ten buy one category: that would be no exception
    assert (rule.field, rule.test, rule.value, rule.points) == ("categories", "at_least", 5.0, 10)
    assert rule.ready == "variety"
    assert satisfied(CUSTOMERS, rule).holds.sum() == 1


def test_quality_of_operation_looks_at_credit_and_at_what_is_overdue() -> None:
    rules = ready_points(CUSTOMERS, "operation")
    assert [(rule.field, rule.value, rule.points) for rule in rules] == [
        ("credit", "A", 5),
        ("overdue_days", 30.0, -10),
    ]


def test_a_column_in_which_all_are_alike_gives_no_rule() -> None:
    assert ready_points(CUSTOMERS, "closeness") == ()


def test_a_value_that_many_share_makes_no_rule() -> None:
    alike = CUSTOMERS.assign(categories=[1.0] * 3 + [2.0] * 7)
    assert ready_points(alike, "variety") == ()


@pytest.mark.parametrize("kind", ["variety", "closeness", "operation"])
def test_ready_rules_move_some_of_a_sample_and_both_ways(kind: str) -> None:
    orders, customers = load_canonical("industrial_equipment", "en")
    tiering = evaluate(dataset(orders, customers), Scenario())
    found = ready_points(tiering.base.customers, kind)  # type: ignore[arg-type]
    up, down = moves_of(tiering.base.customers, TierRules(), found, tiering.base_tiers, tiering.scenario.tiers)
    assert 0.005 < up / len(tiering.tiers) < 0.12
    assert 0.005 < down / len(tiering.tiers) < 0.12


def test_the_ready_cap_holds_late_payers_at_the_last_tier_but_one() -> None:
    (cap,) = ready_caps(CUSTOMERS, ("S", "A", "B", "C"))
    assert cap == CapRule(field="overdue_days", test="above", value=90.0, tier="B", ready="overdue")
    assert satisfied(CUSTOMERS, cap).holds.sum() == 1
    assert ready_caps(CUSTOMERS.drop(columns="overdue_days"), ("S", "A")) == ()
    assert ready_caps(CUSTOMERS, ("S", "A"))[0].tier == "A"
