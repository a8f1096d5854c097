"""What headers say about their amounts; silence and disagreement are "unsaid", never guessed."""

from __future__ import annotations

import pytest

from tiering.ingest.meaning.mapping import Mapping
from tiering.ingest.meaning.word_lists import money_meant
from tiering.scenario.population import Money


def of(*headers: str) -> list[Mapping]:
    return [Mapping("orders", {"amount": header}) for header in headers]


@pytest.mark.parametrize(
    ("header", "money"),
    [
        ("开票金额（不含税）", Money(stage="invoiced", tax="without")),
        ("發票金額", Money(stage="invoiced")),
        ("买家实际支付金额", Money(stage="paid")),
        ("订单金额(含税)", Money(stage="ordered", tax="with")),
        ("未税金额", Money(tax="without")),
        ("Invoice amount excl. VAT", Money(stage="invoiced", tax="without")),
        ("Amount paid", Money(stage="paid")),
        ("Order value (incl. tax)", Money(stage="ordered", tax="with")),
        ("金额", Money()),
        ("Sales", Money()),
    ],
)
def test_a_header_says_what_it_says_and_no_more(header: str, money: Money) -> None:
    assert money_meant(of(header)) == money


def test_headers_that_differ_say_nothing_together() -> None:
    assert money_meant(of("开票金额", "回款金额")) == Money()


def test_a_silent_header_leaves_the_word_to_the_other() -> None:
    assert money_meant(of("金额", "开票金额")) == Money(stage="invoiced")


def test_a_mapping_without_amounts_says_nothing() -> None:
    assert money_meant([Mapping("customers", {"customer_id": "客户编号"})]) == Money()
