"""What papers and the command line tell of rules and of tiers set by hand."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from tests.report.test_decided_by import HAND, RULES, tiering
from tests.small_data import dataset
from tiering.report import Handout, customers_workbook
from tiering.said.scheme_notes import final_tier_notes
from tiering.scenario.exceptions import Appeal, Ledger, PointRule, TierRules
from tiering.words import Words

APPEAL = Appeal(customer_id="b", objection="=1+1", by="Wang", tier="B", asked="A")


def sheets(language: str, ledger: Ledger, rules: TierRules) -> dict[str, list[tuple[object, ...]]]:
    handout = Handout(tiering(rules, ledger), dataset(), Words(language))  # type: ignore[arg-type]
    book = openpyxl.load_workbook(io.BytesIO(customers_workbook(handout)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_has_a_sheet_for_each_kind_of_decision() -> None:
    found = sheets("zh", HAND.model_copy(update={"appeals": (APPEAL,)}), RULES)
    assert [name for name in ("规则", "人工调级记录", "申诉") if name in found] == ["规则", "人工调级记录", "申诉"]
    rules = found["规则"]
    assert rules[1][:4] == ("often visited", "+10", 2, 2)
    assert rules[3][:2] == ("late > 90", "最高 C")
    assert found["人工调级记录"][1][2:7] == ("生效中", "C", "A", "pilot", "Li")
    assert found["申诉"][1][4] == "=1+1"  # text, not a sum


def test_without_rules_the_workbook_has_no_such_sheet() -> None:
    assert not {"Rules", "Tiers by hand", "Appeals"} & set(sheets("en", Ledger(), TierRules()))


def test_the_customers_sheet_names_rules_in_its_language() -> None:
    header, first, *_ = sheets("zh", HAND, RULES)["客户"]
    assert {"加减分", "适用的规则", "等级上限", "人工调级负责人"} <= set(header)
    assert first[header.index("等级上限")] == "late > 90"


def test_notes_count_what_was_moved_and_what_does_nothing() -> None:
    gone = HAND.overrides[0].model_copy(update={"customer_id": "gone"})
    old = HAND.overrides[0].model_copy(update={"expires": date(2024, 1, 1)})
    rules = RULES.model_copy(update={"points": (*RULES.points, PointRule(field="gone", test="known", points=5))})
    notes = final_tier_notes(tiering(rules, Ledger(overrides=(*HAND.overrides, gone, old))), Words("en"))
    assert notes == [
        "4 customers are in another tier than the lines give them, by points, caps or by hand (1 by hand).",
        "Rule “gone is known” does nothing: no such column in the data.",
        "1 entry expired before 31 Dec 2025; its customer is back in the tier of the rule.",
        "1 entry is for a customer who is not in this data; it is kept and applies again when the customer is back.",
    ]
    assert final_tier_notes(tiering(TierRules(), Ledger()), Words("en")) == []
