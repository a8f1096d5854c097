"""How far the next final tier is when rules stand between score and tier."""

from __future__ import annotations

from datetime import date

import pandas as pd

from tiering.scenario.exceptions import CapRule, Ledger, Override, PointRule, TierRules
from tiering.tiers.final_tier import TierAdjustments, tier_adjustments
from tiering.tiers.single_changes import NearestLines, lifting_rules, nearest_lines

TIERS = ("S", "A", "B", "C")
RULES = TierRules(
    points=(
        PointRule(field="x", test="at_least", value=5.0, points=10),
        PointRule(field="late", test="above", value=30.0, points=-12),
        PointRule(field="x", test="at_least", value=9.0, points=20),
    ),
    caps=(CapRule(field="late", test="above", value=90.0, tier="B"),),
)
CUSTOMERS = pd.DataFrame({"customer_id": list("abcd"), "x": [5.0, 1.0, 1.0, 5.0], "late": [0.0, 40.0, 100.0, 0.0]})
HAND = Ledger(overrides=(Override(customer_id="d", tier="A", reason="pilot", owner="Li", expires=date(2030, 1, 1)),))


def settled(rules: TierRules = RULES) -> TierAdjustments:
    found = tier_adjustments(CUSTOMERS, (rules, HAND), TIERS, date(2026, 1, 1))
    assert found is not None
    return found


def test_by_lines_alone_the_next_lines_are_those_of_the_base_tier() -> None:
    assert nearest_lines(None, 0, 1, 4) == NearestLines(up_line=0, up_tier=0, down_line=1, down_tier=2)
    assert nearest_lines(None, 0, 0, 4) == NearestLines(None, None, 0, 1)
    assert nearest_lines(None, 0, 3, 4) == NearestLines(2, 2, None, None)


def test_with_a_step_up_the_same_line_leads_one_tier_further() -> None:
    assert nearest_lines(settled(), 0, 2, 4) == NearestLines(up_line=1, up_tier=0, down_line=2, down_tier=2)
    # in A by the line, S by points: no line leads higher, and only falling to B by the line makes it A
    assert nearest_lines(settled(), 0, 1, 4) == NearestLines(None, None, 1, 1)


def test_under_a_cap_no_score_lifts_and_by_hand_no_score_does_anything() -> None:
    assert nearest_lines(settled(), 2, 1, 4) == NearestLines(None, None, 1, 3)  # one step down and at most B
    assert nearest_lines(settled(), 3, 2, 4) == NearestLines(None, None, None, None)


def test_rules_that_would_lift_are_bonuses_to_earn_and_deductions_to_shed() -> None:
    steps = lifting_rules(settled(), 1, 2)
    # −12 now, so C; shedding the deduction or 20 points more give B again, 10 more are not enough… −2 is no step
    assert [(step.rule.points, step.holds) for step in steps] == [(10, False), (-12, True), (20, False)]
    assert lifting_rules(settled(), 3, 2) == ()
    assert lifting_rules(settled(), 0, 0) == ()
