"""From base tier to final tier: rules first, what was decided by hand last; the same in the whole product."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tests.small_data import dataset, order_lines
from tiering.evaluate import Tiering, evaluate, tier_names, tiers_hash
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import CapRule, Ledger, Override, PointRule, TierRules
from tiering.tiers.final_tier import TierAdjustments, tier_adjustments

ABC = ("A", "B", "C")
ORDERS = order_lines(
    ("big", "2025-12-31", "9000.00"),
    ("middle", "2025-12-31", "5000.00"),
    ("small", "2025-12-31", "1000.00"),
)
CUSTOMERS = pa.table({"customer_id": ["big", "middle", "small"], "late": [95.0, 0.0, 0.0], "visits": [0.0, 9.0, 1.0]})
PLAIN = Scenario(tiers=ABC, weights={"annual_revenue": 1}, cuts=Cuts(kind="share", lines=(0.3, 0.6)))
RULES = TierRules(
    points=(PointRule(field="visits", test="at_least", value=5.0, points=10),),
    caps=(CapRule(field="late", test="above", value=90.0, tier="C"),),
)
BY_HAND = Ledger(
    overrides=(Override(customer_id="small", tier="A", reason="pilot", owner="Li", expires=date(2026, 3, 31)),)
)


def tiers_under(scenario: Scenario, as_of: date | None = None) -> dict[str, str]:
    answer = evaluate(dataset(ORDERS, CUSTOMERS), scenario, as_of)
    return dict(zip(answer.base.customers["customer_id"], tier_names(answer), strict=True))


def ruled() -> Tiering:
    return evaluate(dataset(ORDERS, CUSTOMERS), PLAIN.model_copy(update={"rules": RULES, "ledger": BY_HAND}))


def test_points_lift_caps_hold_down_and_the_hand_has_the_last_word() -> None:
    assert tiers_under(PLAIN) == {"big": "A", "middle": "B", "small": "C"}
    assert tiers_under(PLAIN.model_copy(update={"rules": RULES})) == {"big": "C", "middle": "A", "small": "C"}
    assert tier_names(ruled()).tolist() == ["C", "A", "A"]


def test_an_expired_override_falls_back_to_the_rule() -> None:
    scenario = PLAIN.model_copy(update={"ledger": BY_HAND})
    assert tiers_under(scenario, date(2026, 3, 31))["small"] == "A"
    assert tiers_under(scenario, date(2026, 4, 1))["small"] == "C"


def test_a_tier_by_hand_beats_a_cap() -> None:
    hand = Ledger(overrides=(BY_HAND.overrides[0].model_copy(update={"customer_id": "big"}),))
    assert tiers_under(PLAIN.model_copy(update={"rules": RULES, "ledger": hand}))["big"] == "A"


def test_the_base_tier_stays_known_and_totals_and_hash_are_of_the_final_tier() -> None:
    answer, before = ruled(), evaluate(dataset(ORDERS, CUSTOMERS), PLAIN)
    assert answer.base_tiers.tolist() == [0, 1, 2]
    assert answer.totals.customers.tolist() == [2, 0, 1, 0]
    assert answer.totals.revenue.tolist() == [6000.0, 0.0, 9000.0, 0.0]
    assert tiers_hash(answer) != tiers_hash(before)
    assert before.adjustments is None


def test_the_rules_are_in_the_scenario_file_and_a_file_without_them_still_opens() -> None:
    scenario = PLAIN.model_copy(update={"rules": RULES, "ledger": BY_HAND})
    assert scenario_from_json(scenario_to_json(scenario)) == scenario
    assert scenario_from_json('{"version": 1}').rules == TierRules()


def test_each_way_from_base_to_final_tier_is_found_once_with_its_customers() -> None:
    customers = pd.DataFrame({"customer_id": list("abcdef"), "x": [1.0, 1.0, -1.0, 0.0, 0.0, None]})
    rules = TierRules(
        points=(
            PointRule(field="x", test="is", value=1.0, points=10),
            PointRule(field="x", test="is", value=-1.0, points=-10),
        )
    )
    ledger = Ledger(overrides=(BY_HAND.overrides[0].model_copy(update={"customer_id": "d", "tier": "B"}),))
    settled = tier_adjustments(customers, (rules, ledger), ABC, date(2026, 1, 1))
    assert isinstance(settled, TierAdjustments)
    paths = {tuple(final.tolist()): rows.tolist() for final, rows in settled.paths}
    # base tiers A, B, C and "no score" → final tier; e and f keep every base tier
    assert paths == {(0, 0, 1, 3): [0, 1], (1, 2, 2, 3): [2], (1, 1, 1, 1): [3]}
    base = np.array([0, 1, 2, 3, 0, 3], dtype=np.int8)
    final = base.copy()
    for way, rows in settled.paths:
        final[rows] = way[base[rows]]
    assert final.tolist() == settled.final(base).tolist()


def test_nothing_is_settled_where_there_is_neither_a_rule_nor_an_entry() -> None:
    assert tier_adjustments(pd.DataFrame({"customer_id": ["a"]}), (TierRules(), Ledger()), ABC, None) is None
