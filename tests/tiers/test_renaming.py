"""A tier that gets another name keeps what was said of it."""

from __future__ import annotations

from datetime import date

from tiering.scenario import Scenario
from tiering.scenario.exceptions import Appeal, CapRule, Ledger, Override, TierRules
from tiering.scenario.plan import Playbooks, Resources
from tiering.ui.base.session_choices import renamed

LATE = CapRule(field="overdue_days", test="above", value=90, tier="C")
BY_HAND = Override(customer_id="K1", tier="A", reason="new plant", owner="Li", expires=date(2027, 1, 1))
OBJECTION = Appeal(customer_id="K2", objection="grows fast", by="Wu", tier="B", asked="A")
SCENARIO = Scenario(
    tiers=("A", "B", "C"),
    rules=TierRules(caps=(LATE,)),
    ledger=Ledger(overrides=(BY_HAND,), appeals=(OBJECTION,)),
    resources=Resources(visits={"A": 12, "Z": 1}, response_hours={"B": 3}, sponsor={"A": "yearly"}),
    playbooks=Playbooks(targets={"B": {"satisfaction": 4.5}}),
)


def test_caps_overrides_appeals_and_assumptions_follow_the_name() -> None:
    after = SCENARIO.model_copy(update=renamed(SCENARIO, ("金", "银", "铜")))
    assert after.tiers == ("金", "银", "铜")
    assert after.rules.caps[0].tier == "铜"
    assert after.ledger.overrides[0].tier == "金"
    assert (after.ledger.appeals[0].tier, after.ledger.appeals[0].asked) == ("银", "金")
    assert after.resources.visits == {"金": 12, "Z": 1}  # a name of no tier stays
    assert (after.resources.response_hours, after.resources.sponsor) == ({"银": 3}, {"金": "yearly"})
    assert after.playbooks.targets == {"银": {"satisfaction": 4.5}}


def test_names_may_change_places() -> None:
    after = SCENARIO.model_copy(update=renamed(SCENARIO, ("C", "B", "A")))
    assert (after.rules.caps[0].tier, after.ledger.overrides[0].tier) == ("A", "C")


def test_there_and_back_is_where_one_was() -> None:
    there = SCENARIO.model_copy(update=renamed(SCENARIO, ("1", "2", "3")))
    assert there.model_copy(update=renamed(there, SCENARIO.tiers)) == SCENARIO
