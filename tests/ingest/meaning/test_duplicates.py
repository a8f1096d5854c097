"""What stands twice by mistake counts once; two equal sales are two sales."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.meaning.drafts import counted, understood
from tiering.ingest.drop import built

HEAD = "order,customer,date,product,amount"
LINES = [f"{500 + n // 2},C{n % 3},2024-{n % 12 + 1:02d}-11,P{n},{100 + n}" for n in range(12)]
TRUE = {"C0": 418, "C1": 422, "C2": 426}


def text(*lines: str, head: str = HEAD) -> str:
    """Lines under their header."""
    return "\n".join((head, *lines)) + "\n"


def numbered(lines: list[str]) -> list[str]:
    """Lines with their row number before them."""
    return [f"{number},{line}" for number, line in enumerate(lines, 1)]


DOUBLED = {
    "whole file below itself": text(*LINES, *LINES),
    "each line twice": text(*(line for line in LINES for _ in range(2))),
    "three times": text(*LINES, *LINES, *LINES),
    "block in the middle": text(*LINES[:6], *LINES[:6], *LINES[6:]),
    "block at the end": text(*LINES, *LINES[2:9]),
    "lines with their own number": text(*numbered(LINES), *numbered(LINES)[3:5], head=f"row id,{HEAD}"),
    "行号": text(*numbered(LINES), *numbered(LINES)[7:8], head="行号,订单编号,客户名称,日期,商品,金额"),
    "numbered anew": text(*numbered(LINES + LINES), head=f"No.,{HEAD}"),
    "German": text(*LINES, *LINES[:6], head="Auftrag,Kunde,Datum,Artikel,Betrag"),
}


@pytest.mark.parametrize("case", DOUBLED)
def test_what_stands_twice_by_mistake_counts_once_and_is_asked_with_both_sums(case: str) -> None:
    (question,) = understood(DOUBLED[case], accept=False).questions
    assert (question.code, question.proposal) == ("duplicates", "once")
    assert counted(DOUBLED[case], accept=False) == TRUE
    whole = counted(DOUBLED[case], duplicates="all")
    assert [choice.money for choice in question.choices] == [Decimal(1266), Decimal(sum(whole.values()))]
    assert question.money == Decimal(sum(whole.values()) - 1266)
    assert understood(DOUBLED[case], accept=False, duplicates="once").questions == ()


APART = {
    "two equal lines of an order": text(*LINES, LINES[3], LINES[8]),
    "orders alike but for the number": text(*(f"{number},A,2024-01-05,Nut,10" for number in range(3))),
    "a file of two equal lines": text("1,A,2024-01-05,Nut,10", "1,A,2024-01-05,Nut,10"),
    "told apart by line numbers": text(
        "1,1,A,2024-01-05,Nut,10", "1,2,A,2024-01-05,Nut,10", "2,1,B,2024-01-06,Nut,10", "2,2,B,2024-01-06,Nut,10",
        head="order,line,customer,date,product,amount",
    ),
    "small sales without an order number": text(
        *(f"{who},2024-01-05,5" for who in "AABBC"), *(f"{who},2024-01-06,7" for who in "ABCD"), head="客户,日期,金额"
    ),
    "subscriptions": text(
        *(f"{n},{who},2024-{n:02d}-01,Plan,99" for n in range(1, 7) for who in ("A", "B")), head=HEAD
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", APART)
def test_equal_sales_all_count_and_nobody_is_asked(case: str) -> None:
    money = sum(float(line.rsplit(",", 1)[1]) for line in APART[case].splitlines()[1:])
    assert sum(counted(APART[case], accept=False).values()) == money
    assert understood(APART[case], accept=False).questions == ()


def test_scattered_equal_lines_are_said_with_their_number_and_money() -> None:
    (claim,) = [one for one in understood(APART["two equal lines of an order"]).claims if one.claim == "duplicates"]
    assert (claim.evidence["why"], claim.lines, claim.money) == ("scattered", 2, Decimal(211))


def test_a_line_of_hardly_any_money_that_stands_twice_with_its_number_counts_once_without_a_question() -> None:
    rows = numbered([*LINES[:11], "506,C2,2024-01-11,P11,1"])
    doubled = text(*rows, rows[-1], head=f"row id,{HEAD}")
    assert understood(doubled, accept=False).questions == ()
    assert sum(counted(doubled, accept=False).values()) == 1156


@pytest.mark.parametrize("head", [HEAD, "订单编号,客户名称,日期,商品,金额", "Auftrag,Kunde,Datum,Artikel,Betrag"])
def test_files_whose_periods_overlap_count_what_they_share_once(head: str) -> None:
    both = (text(*LINES[:8], head=head), text(*LINES[4:], head=head))
    (question,) = understood(*both, accept=False).questions
    assert (question.code, question.lines, question.money) == ("duplicates", 4, Decimal(104 + 105 + 106 + 107))
    assert counted(*both, accept=False) == TRUE
    assert sum(counted(*both, duplicates="all").values()) == 1266 + 422


def test_the_same_file_given_twice_counts_once() -> None:
    assert counted(text(*LINES), text(*LINES, "")) == TRUE


def test_files_of_other_months_share_nothing() -> None:
    both = (text(*LINES[:6]), text(*LINES[6:]))
    assert understood(*both, accept=False).questions == ()
    assert counted(*both, accept=False) == TRUE


def test_the_bridge_tells_what_counted_once_already() -> None:
    steps = built(understood(DOUBLED["whole file below itself"])).meaning.bridge
    assert [(one.step, one.lines, one.money) for one in steps] == [
        ("total", 24, Decimal(2532)),
        ("counted_once", -12, Decimal(-1266)),
        ("counted", 12, Decimal(1266)),
    ]
