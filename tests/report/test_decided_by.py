"""What decided a tier, in lists, on papers and on the card."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from tests.small_data import dataset, order_lines
from tiering.evaluate import Tiering, evaluate
from tiering.said.decided_by import adjustment_columns, decided_by
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import CapRule, Ledger, Override, PointRule, TierRules
from tiering.words import Words

ORDERS = order_lines(
    *((who, "2025-12-31", amount) for who, amount in zip("abcd", ("900", "500", "400", "9"), strict=True))
)
CUSTOMERS = pa.table({"customer_id": list("abcd"), "visits": [0.0, 9.0, 9.0, 0.0], "late": [99.0, 0.0, 0.0, 0.0]})
RULES = TierRules(
    points=(
        PointRule(field="visits", test="at_least", value=5.0, points=10, name="often visited"),
        PointRule(field="late", test="at_most", value=1.0, points=2),
    ),
    caps=(CapRule(field="late", test="above", value=90.0, tier="C"),),
)
HAND = Ledger(overrides=(Override(customer_id="d", tier="A", reason="pilot", owner="Li", expires=date(2026, 6, 30)),))


def tiering(rules: TierRules = RULES, ledger: Ledger = HAND) -> Tiering:
    scenario = Scenario(
        tiers=("A", "B", "C"), weights={"annual_revenue": 1}, cuts=Cuts(kind="share", lines=(0.25, 0.5))
    )
    return evaluate(dataset(ORDERS, CUSTOMERS), scenario.model_copy(update={"rules": rules, "ledger": ledger}))


def test_a_list_says_in_a_word_what_decided_each_tier() -> None:
    said = decided_by(tiering(), np.arange(4), Words("en"))
    assert said == ["cap", "points +12", "points +12", "by hand until 30 Jun 2026"]
    assert decided_by(tiering(), np.array([3, 0]), Words("zh")) == ["人工，至 2026年6月30日", "等级上限"]


def test_where_lines_alone_decide_nothing_is_said() -> None:
    plain = tiering(TierRules(), Ledger())
    assert decided_by(plain, np.arange(4), Words("en")) == [""] * 4
    assert adjustment_columns(plain) == {}


def test_exports_hold_points_rules_caps_and_the_entry_by_hand() -> None:
    listed = tiered_customers(tiering())
    assert listed["base_tier"].tolist() == ["A", "B", "C", "C"]
    assert listed["tier"].tolist() == ["C", "A", "B", "A"]
    assert listed["points"].tolist() == [0, 12, 12, 2]
    assert listed["rules_applied"].tolist() == ["", *["often visited (+10); late ≤ 1 (+2)"] * 2, "late ≤ 1 (+2)"]
    assert listed["capped_by"].tolist() == ["late > 90", "", "", ""]
    assert listed["by_hand_owner"].tolist() == [None, None, None, "Li"]
    assert listed["by_hand_expires"].tolist()[3] == date(2026, 6, 30)


def test_only_caps_that_lowered_a_tier_are_named() -> None:
    late = CapRule(field="late", test="at_least", value=0.0, tier="B", name="everybody")
    visited = CapRule(field="visits", test="at_least", value=5.0, tier="C", name="visited")
    lines_alone = tiering(TierRules(caps=(late, visited)), Ledger())
    listed = tiered_customers(lines_alone)
    assert listed["base_tier"].tolist() == ["A", "B", "C", "C"]
    assert listed["tier"].tolist() == ["B", "C", "C", "C"]
    assert listed["capped_by"].tolist() == ["everybody", "visited", "", ""]


def test_a_tier_set_by_hand_is_no_caps_doing() -> None:
    hand = Ledger(overrides=(HAND.overrides[0].model_copy(update={"customer_id": "a"}),))
    listed = tiered_customers(tiering(RULES, hand))
    assert (listed["tier"][0], listed["capped_by"][0], listed["by_hand_owner"][0]) == ("A", "", "Li")


def test_exports_without_rules_have_the_columns_they_always_had() -> None:
    listed = tiered_customers(tiering(TierRules(), Ledger()))
    assert "points" not in listed
    assert "by_hand_reason" not in listed
