"""Several dates from one pass: the same tiers as one date alone, whatever the way of drawing them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.movement.histories import BY_REVENUE, MARCH, SEPTEMBER, histories
from tiering.evaluate import base_of_metrics, customer_base, evaluate, tier_customers
from tiering.movement.chain import metrics_at, rows_of, tier_chain
from tiering.movement.review_rules import held_tiers, review_inputs
from tiering.problems import DataProblem, Problem
from tiering.scenario.exceptions import CapRule, Ledger, Override, Review, TierRules

BOUGHT = {
    "a": [("2022-02-01", 5), ("2024-12-01", 700), ("2025-06-01", 560)],
    "b": [("2022-02-01", 5), ("2024-08-01", 650)],
    "c": [("2022-02-01", 5), ("2025-02-01", 400), ("2025-05-01", 300)],
}


def test_metrics_of_several_dates_are_those_of_each_alone() -> None:
    data = histories(BOUGHT)
    together = metrics_at(data, [MARCH, SEPTEMBER], BY_REVENUE)
    for day in (MARCH, SEPTEMBER):
        alone = metrics_at(data, [day], BY_REVENUE)[day]
        assert together[day].equals(alone)


def test_a_base_of_metrics_at_hand_is_the_base_of_that_date() -> None:
    data = histories(BOUGHT)
    at_hand = base_of_metrics(data, BY_REVENUE, MARCH, metrics_at(data, [MARCH], BY_REVENUE)[MARCH])
    own = customer_base(data, BY_REVENUE, MARCH)
    assert at_hand.customers.equals(own.customers)
    assert (at_hand.matrix.levels == own.matrix.levels).all()


def test_lines_that_are_held_stay_where_they_were() -> None:
    base = customer_base(histories(BOUGHT), BY_REVENUE, SEPTEMBER)
    held = tier_customers(base, BY_REVENUE, (90_000, 10_000))
    assert held.positions == (90_000, 10_000)
    scores = dict(zip(base.customers["customer_id"], held.scores.milli.tolist(), strict=True))
    tiers = dict(zip(base.customers["customer_id"], held.tiers.tolist(), strict=True))
    assert 60_000 <= scores["c"] < 90_000
    assert tiers == {"a": 0, "b": 2, "c": 1, "~first": 2}


def test_a_customer_of_one_date_is_found_at_another_or_not_at_all() -> None:
    base = customer_base(histories(BOUGHT), BY_REVENUE, date(2022, 1, 31))
    assert rows_of(np.array(["a", "~first"], dtype=object), base).tolist() == [-1, 0]


def test_a_date_before_every_order_is_named() -> None:
    with pytest.raises(DataProblem) as problem:
        tier_chain(histories(BOUGHT), BY_REVENUE, [date(2020, 1, 1), SEPTEMBER])
    assert problem.value.code == Problem.AS_OF_BEFORE_DATA


def test_a_tier_set_by_hand_holds_in_the_past_and_no_review_rule_holds_another() -> None:
    until = date(2026, 1, 1)
    by_hand = Override(customer_id="b", tier="C", reason="r", owner="o", expires=until, since=date(2025, 4, 1))
    scenario = BY_REVENUE.model_copy(update={"ledger": Ledger(overrides=(by_hand,))})
    chain = tier_chain(histories(BOUGHT), scenario, [MARCH, date(2025, 6, 30)])
    row = chain.customer_ids.tolist().index("b")
    assert chain.tiers[:, row].tolist() == [0, 2]
    assert chain.drawn[:, row].tolist() == [0, 0]
    rules = Review(confirm=4)
    assert held_tiers(review_inputs(chain, rules), rules, 3).tiers[:, row].tolist() == [0, 2]


def test_a_cap_holds_at_once_under_review_rules() -> None:
    late = CapRule(field="recency_days", test="at_least", value=200, tier="B")
    scenario = BY_REVENUE.model_copy(update={"rules": TierRules(caps=(late,))})
    chain = tier_chain(histories(BOUGHT), scenario, [date(2024, 12, 31), date(2025, 6, 30)])
    row = chain.customer_ids.tolist().index("b")
    rules = Review(confirm=4)
    assert held_tiers(review_inputs(chain, rules), rules, 3).tiers[:, row].tolist() == [0, 1]


def test_a_chain_of_one_date_is_that_dates_evaluation() -> None:
    chain, alone = (
        tier_chain(histories(BOUGHT), BY_REVENUE, [SEPTEMBER]),
        evaluate(histories(BOUGHT), BY_REVENUE, SEPTEMBER),
    )
    assert chain.tiers[0].tolist() == alone.tiers.tolist()
    assert chain.milli[0].tolist() == alone.scores.milli.tolist()
    assert chain.positions == (alone.positions,)
