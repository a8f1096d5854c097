"""Facts: a recommendation can be checked by hand from the figures its rule reads."""

from functools import cache

import numpy as np
import pytest
from tiered_customers import customers, tiering_of

from sample_data import SETS
from tests.strategy.test_actions import dataset, tiered
from tiering.movement.rhythm import AMBER, RED
from tiering.strategy.actions import actions
from tiering.strategy.evidence import evidence_of
from tiering.strategy.reasons import READ_BY, facts_read
from tiering.strategy.recommend import recommendations
from tiering.strategy.rules import RULES
from tiering.strategy.situation import Situation

# What a person checks on the card, for each kind, from the figures told there.
BY_HAND = {
    "collect": lambda f: f.get("overdue_days", 0) > 30 or f.get("credit") in ("D", "C", "CC", "CCC"),
    "win_back": lambda f: f["annual_orders"] == 0 and f["prior_revenue"] > 0,
    "protect": lambda f: f["tail"] < RED and f["recency_days"] > f["gap_mean_days"],
    "fix": lambda f: (
        f.get("satisfaction", 5) <= 2.5
        or f.get("returns_share", 0) > 0.1
        or f.get("fault_rate", 0) > 0.1
        or f.get("tickets", 0) >= 5
    ),
    "check_in": lambda f: f.get("tail", 1) < AMBER or f.get("growth", 0) <= -0.2,
    "remind": lambda f: f["tail"] < RED,
    "welcome": lambda f: f["settled_tenure_days"] < 91,
    "right_size": lambda f: f["margin_rate"] < 0.7 * f["usual_margin_rate"],
    "grow": lambda f: f["points_short"] <= 3 and f.get("growth", 0) > -0.2 and f["recency_days"] <= 182,
    "wallet": lambda f: f["wallet_share"] < 0.3 and f["annual_revenue"] < f["wallet"],
    "watch": lambda f: f["annual_revenue"] <= f["usual_revenue"] and f["growth"] >= 0.5 and f["annual_orders"] >= 3,
    "broaden": lambda f: f["categories"] == 1 and f["usual_categories"] >= 3,
    "cross": lambda f: f.get("growth", 0) > -0.2 and f["recency_days"] <= 182,
}


@cache
def situation(key: str) -> Situation:
    return Situation(tiered(key), evidence_of(tiered(key).base))


@pytest.mark.parametrize("key", SETS)
def test_every_customer_of_every_action_of_the_samples_can_be_checked_by_hand(key):
    now = situation(key)
    found = actions(now.tiering, now.evidence, recommendations(now.tiering, now.evidence), dataset(key).orders)
    checked = [
        (action.kind, facts_read(now, action.kind, int(row)), now.tiering.base.customers["customer_id"][row])
        for action in found
        for row in action.rows
    ]
    assert [(kind, facts, who) for kind, facts, who in checked if not BY_HAND[kind](facts)] == []
    assert len(checked) == sum(action.rows.size for action in found) >= 100


@pytest.mark.parametrize("key", SETS)
def test_the_money_at_stake_is_what_the_figures_told_give(key):
    now = situation(key)
    for action in actions(now.tiering, now.evidence, recommendations(now.tiering, now.evidence), None):
        facts = facts_read(now, action.kind, int(action.rows[0]))
        if action.kind == "win_back":
            assert action.money[0] == pytest.approx(facts["prior_revenue"])
        elif action.kind == "wallet":
            assert action.money[0] == pytest.approx(facts["wallet"] - facts["annual_revenue"])
        elif action.kind == "right_size":
            lacking = facts["usual_margin_rate"] - facts["margin_rate"]
            assert action.money[0] == pytest.approx(lacking * facts["annual_revenue"])


def test_every_kind_tells_figures():
    assert set(READ_BY) == {rule.kind for rule in RULES} | {"cross"} == set(BY_HAND)


def test_what_is_not_known_is_not_told():
    table = customers({"satisfaction": 1.0}, {}).drop(columns=["credit"])
    now = Situation(tiering := tiering_of(table, [90.0, 50.0]), evidence_of(tiering.base))
    assert facts_read(now, "fix", 0) == {"satisfaction": 1.0, "returns_share": pytest.approx(2_000 / 102_000)}
    assert facts_read(now, "collect", 0) == {}


def test_the_halves_are_told_only_where_no_window_before_is_known():
    table = customers({"recent_half_revenue": 20_000.0, "earlier_half_revenue": 80_000.0})
    for columns, told in (([], "growth"), (["growth"], "half_growth")):
        tiering = tiering_of(table.drop(columns=columns), [90.0])
        facts = facts_read(Situation(tiering, evidence_of(tiering.base)), "check_in", 0)
        assert {"growth", "half_growth"} & set(facts) == {told}
    assert facts["half_growth"] == pytest.approx(-0.75)


def test_a_grade_is_told_as_it_is_written():
    tiering = tiering_of(customers({"credit": "CC"}), [90.0])
    assert facts_read(Situation(tiering, evidence_of(tiering.base)), "collect", 0) == {"credit": "CC"}
    assert np.isnan(evidence_of(tiering.base).column("overdue_days")).all()
