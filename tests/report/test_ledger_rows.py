"""The ledger and the appeals as tables: nobody is lost, and what a tier would be by rule stands beside."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from tests.small_data import dataset, order_lines
from tiering.evaluate import Tiering, evaluate
from tiering.said.tables import appeals_table, ledger_table
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import Appeal, Ledger, Override
from tiering.tiers.final_tier import hand_effect
from tiering.words import Words

ORDERS = order_lines(("big", "2025-12-31", "900.00"), ("small", "2025-12-31", "100.00"))
NAMES = pa.table({"customer_id": ["big", "small"], "customer_name": ["Big Ltd", None]})


def entry(who: str, tier: str, expires: date = date(2026, 6, 30)) -> Override:
    return Override(customer_id=who, tier=tier, reason="pilot", owner="Li", expires=expires)


def tiering(ledger: Ledger) -> Tiering:
    scenario = Scenario(tiers=("A", "B"), weights={"annual_revenue": 1}, cuts=Cuts(kind="share", lines=(0.5,)))
    return evaluate(dataset(ORDERS, NAMES), scenario.model_copy(update={"ledger": ledger}))


def test_entries_in_force_come_first_and_the_expired_and_vanished_stay_listed() -> None:
    ledger = Ledger(overrides=(entry("gone", "A"), entry("big", "B", date(2025, 1, 1)), entry("small", "A")))
    table = ledger_table(tiering(ledger), Words("en"))
    assert table["customer_id"].tolist() == ["small", "big", "gone"]
    assert table["ledger_standing"].tolist() == ["In force", "Expired", "Customer not in the data"]
    assert table["customer_name"].tolist() == ["small", "Big Ltd", ""]
    assert table["by_rule"].tolist() == ["B", "A", ""]
    assert table["annual_revenue"].fillna(-1).tolist() == [100.0, 900.0, -1.0]


def test_appeals_keep_the_objection_the_answer_and_show_the_tier_now() -> None:
    appeal = Appeal(customer_id="small", objection="grows fast", by="Wang", tier="B", asked="A", answer="agreed")
    granted = appeal.model_copy(update={"decision": "granted"})
    lost = appeal.model_copy(update={"customer_id": "gone", "decision": "declined"})
    table = appeals_table(tiering(Ledger(overrides=(entry("small", "A"),), appeals=(granted, lost))), Words("en"))
    assert table[["tier", "asked", "decision", "now"]].to_numpy().tolist() == [
        ["B", "A", "Granted", "A"],
        ["B", "A", "Declined", ""],
    ]


def test_an_appeal_alone_changes_no_tier_and_tables_may_be_empty() -> None:
    appeal = Appeal(customer_id="small", objection="grows fast", by="Wang")
    answer = tiering(Ledger(appeals=(appeal,)))
    assert answer.adjustments is None
    assert ledger_table(answer, Words("zh")).empty
    assert appeals_table(answer, Words("zh"))["now"].tolist() == ["B"]


def test_the_effect_on_the_totals_is_what_the_ledger_adds_and_takes() -> None:
    answer = tiering(Ledger(overrides=(entry("small", "A"),)))
    assert answer.adjustments is not None
    effect = hand_effect(answer.adjustments, answer.base_tiers, answer.base.revenue)
    assert effect.customers.tolist() == [1, -1, 0]
    assert effect.revenue.tolist() == [100.0, -100.0, 0.0]
