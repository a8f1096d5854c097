"""Days that are none, to come or far from all others are set aside; thin and long histories are not odd."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ingest.meaning.drafts import counted, understood
from tiering.ingest.drop import built

YEAR = tuple(f"2024-{month:02d}-1{month % 9}" for month in range(1, 13))


def book(days: tuple[str, ...], header: str = "date") -> str:
    """One order of 100 of customer A on each day."""
    return "\n".join([f"order,customer,{header},amount", *(f"{n},A,{day},100" for n, day in enumerate(days))]) + "\n"


def last_day(text: str, **answers: object) -> str:
    orders = built(understood(text, accept=False, **answers)).orders
    assert orders is not None
    return str(max(orders["order_date"].to_pylist()))


@pytest.mark.parametrize(
    "odd",
    [
        *("2099-01-01", "2204-03-05", "2026-12-24", "2079-06-06", "2099-12-31", "1900-01-01", "1899-12-30"),
        *("1899-12-31", "1753-01-01", "1970-01-01", "1904-01-01", "2000-01-01", "2014-05-05", "1924-05-05"),
    ],
)
def test_an_odd_day_is_set_aside_and_asked_about_and_no_day_of_reckoning_follows_it(odd: str) -> None:
    text = book((*YEAR, odd))
    (question,) = understood(text, accept=False).questions
    assert (question.code, question.proposal, question.lines, question.money) == ("odd_dates", "aside", 1, Decimal(100))
    assert question.examples == (odd,)
    assert counted(text, accept=False) == {"A": 1200}
    assert last_day(text) == YEAR[-1]
    assert counted(text, odd_dates="keep") == {"A": 1300}
    assert understood(text, accept=False, odd_dates="keep").questions == ()


@pytest.mark.parametrize(
    "odd",
    ["0000-00-00", "9999-12-31", "0001-01-01", "1900-01-00", "2999-12-31", "31.12.9999", "0000-00-00 00:00:00", "0"],
)
def test_what_programs_write_for_no_date_is_no_date_and_its_line_is_set_aside_with_its_money(odd: str) -> None:
    dataset = built(understood(book((*YEAR, odd)), accept=False))
    assert [(one.step, one.lines, one.money) for one in dataset.meaning.bridge] == [
        ("total", 13, Decimal(1300)),
        ("set_aside", -1, Decimal(-100)),
        ("counted", 12, Decimal(1200)),
    ]
    assert dataset.set_aside["reason"].to_pylist() == ["date"]


@pytest.mark.parametrize("empty", ["0000-00-00", "9999-12-31", "31.12.9999", "0001-01-01", "2999-12-31"])
@pytest.mark.parametrize("header", ["shipped on", "交货日期", "Lieferdatum"])
def test_an_empty_date_in_another_column_costs_no_line(header: str, empty: str) -> None:
    days = (*(f"2024-01-{day:02d}" for day in range(10, 21)), empty)
    lines = [f"{n},A,{day},100,{other}" for n, (day, other) in enumerate(zip(YEAR, days, strict=True))]
    assert counted("\n".join([f"order,customer,date,amount,{header}", *lines]) + "\n") == {"A": 1200}


def test_a_customer_whose_last_order_is_an_odd_day_stays_without_it() -> None:
    lines = [f"C{n},{100 + n},{day}" for n, day in enumerate((*YEAR, "9999-12-31", "1900-01-01", "2031-05-05"))]
    customers = built(understood("\n".join(["customer,annual revenue,last order", *lines]) + "\n")).customers
    assert customers is not None
    assert customers["annual_revenue"].to_pylist() == [100 + n for n in range(15)]
    assert customers["last_order"].to_pylist()[-3:] == [None, None, None]


@pytest.mark.parametrize(
    "days",
    [
        YEAR,
        tuple(f"{year}-03-11" for year in range(2015, 2026)),
        tuple(f"{year}-03-11" for year in (2005, 2009, 2013, 2017, 2021, 2025)),
        ("2022-01-05", *YEAR),
        ("2024-01-05", "2024-06-05", "2024-06-06", "2024-06-07", "2024-06-08"),
        ("1970-01-01", "1970-02-01", "1970-03-01", "1970-05-01"),
        ("2000-01-01", "2000-02-01", "2000-03-01", "2000-05-01"),
        ("2019-01-05", "2024-01-05"),
        ("2026-06-29", "2026-06-30", "2026-07-01", "2026-06-28"),
        tuple(f"2027-{month:02d}-01" for month in range(1, 13)),
    ],
)
def test_true_histories_keep_all_their_lines_and_nobody_is_asked(days: tuple[str, ...]) -> None:
    assert counted(book(days), accept=False) == {"A": 100 * len(days)}
    assert understood(book(days), accept=False).questions == ()


def test_odd_days_of_hardly_any_money_are_set_aside_without_a_question() -> None:
    text = book((*YEAR, "2099-01-01")).replace("12,A,2099-01-01,100", "12,A,2099-01-01,1")
    assert understood(text, accept=False).questions == ()
    assert last_day(text) == YEAR[-1]


def test_odd_days_at_both_ends_do_not_hide_each_other() -> None:
    assert counted(book(("1900-01-01", *YEAR, "2099-12-31", "2204-01-01"))) == {"A": 1200}


def test_the_bridge_and_the_file_of_rows_to_correct_tell_of_odd_days() -> None:
    dataset = built(understood(book((*YEAR, "2099-01-01"))))
    assert [one.step for one in dataset.meaning.bridge] == ["total", "odd_date", "counted"]
    assert dataset.set_aside["reason"].to_pylist() == ["odd_date"]
    assert dataset.set_aside["line"].to_pylist() == [14]


def test_a_day_is_of_the_future_by_the_day_it_is_asked() -> None:
    assert str(date(2026, 6, 30)) > YEAR[-1]
    assert counted(book((*YEAR, "2026-05-30"))) == {"A": 1300}
