"""CSV for programs is the same bytes for the same tiers; CSV for people opens in their language."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.four_customers import CUSTOMERS, LINES, dataset, plain, plain_tiers, tiers_of
from tiering.dataset import Dataset
from tiering.report import customers_csv, customers_csv_for_people
from tiering.words import Words

LEAD = "customer_id,score,base_tier,tier,revenue,annual_revenue,orders,recency_days,standing,"


def machine(data: Dataset) -> str:
    return b"".join(customers_csv(tiers_of(data), data)).decode()


@cache
def plain_csv() -> str:
    return b"".join(customers_csv(plain_tiers(), plain())).decode()


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["customer_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_the_header_begins_with_the_agreed_columns():
    assert plain_csv().startswith(LEAD + "customer_name,")
    assert machine(dataset(customers={})).startswith(LEAD)


def test_rows_are_in_code_point_order_of_the_id():
    assert list(rows(plain_csv())) == ["big", "gone", "never", "small"]


def test_no_mark_before_and_line_feeds_alone():
    text = plain_csv()
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")


def test_one_known_row_reads_as_expected():
    big = rows(plain_csv())["big"]
    assert (big["tier"], big["revenue"], big["annual_revenue"]) == ("A", "1800.00", "800.00")
    assert (big["orders"], big["recency_days"]) == ("2", "28")
    assert (big["first_order"], big["contract_end"]) == ("2025-01-10", "2027-06-30")
    assert big["Visits"] == "12.25"


def test_what_is_missing_is_blank():
    never = rows(plain_csv())["never"]
    assert (never["score"], never["tier"], never["recency_days"], never["contract_end"]) == ("", "", "", "")


def test_who_never_bought_has_zero_to_the_cent():
    assert rows(plain_csv())["never"]["revenue"] == "0.00"


def test_scores_show_three_decimals():
    assert all(len(row["score"].partition(".")[2]) == 3 for row in rows(plain_csv()).values() if row["score"])


def test_row_order_of_the_file_changes_no_byte():
    shuffled = list(LINES)
    random.Random(3).shuffle(shuffled)
    turned = {name: values[::-1] for name, values in CUSTOMERS.items()}
    assert machine(dataset(shuffled, turned)) == plain_csv()


@settings(max_examples=10, deadline=None)
@given(st.permutations(LINES))
def test_no_order_of_lines_changes_a_byte(lines):
    assert machine(dataset(lines)) == plain_csv()


@pytest.mark.parametrize(("factor", "scale"), [(Decimal(10_000), 2), (Decimal("0.0001"), 6)])
def test_another_unit_of_money_gives_the_same_tiers(factor, scale):
    lines = [(who, day, str(Decimal(amount) * factor)) for who, day, amount in LINES]
    scaled, plain = rows(machine(dataset(lines, scale=scale))), rows(plain_csv())
    assert {who: row["tier"] for who, row in scaled.items()} == {who: row["tier"] for who, row in plain.items()}
    assert {who: row["score"] for who, row in scaled.items()} == {who: row["score"] for who, row in plain.items()}


def test_money_has_the_decimals_of_the_data():
    lines = [("a", "2026-01-01", "0.0125"), ("b", "2026-01-02", "3.5")]
    found = rows(machine(dataset(lines, {}, scale=4)))
    assert (found["a"]["revenue"], found["b"]["revenue"]) == ("0.0125", "3.5000")


def test_money_of_a_large_sum_is_exact():
    lines = [("a", "2026-01-01", "12345678901.23"), ("a", "2026-01-02", "0.01"), ("b", "2026-01-03", "1.00")]
    assert rows(machine(dataset(lines, {})))["a"]["revenue"] == "12345678901.24"


def test_a_loss_keeps_its_minus_and_nothing_has_a_minus_zero():
    lines = [
        ("a", "2026-01-01", "10.00"),
        ("a", "2026-01-02", "-30.00"),
        ("b", "2026-01-03", "-0.00"),
        ("c", "2026-01-03", "9.00"),
    ]
    text = machine(dataset(lines, {}))
    assert rows(text)["a"]["revenue"] == "-20.00"
    assert "-0.0" not in text
    assert ",-0," not in text


@pytest.mark.parametrize("name", ["=1+1", " @x", "-5", "+86 138", "\tx"])
def test_names_that_begin_like_formulas_are_text(name):
    own = CUSTOMERS | {"customer_name": [name, "b", "c", "d"]}
    assert rows(machine(dataset(customers=own)))["small"]["customer_name"] == "'" + name


def test_customer_numbers_that_begin_like_formulas_are_text():
    lines = [("=1", "2026-01-01", "5.00"), ("b", "2026-01-02", "6.00")]
    assert set(rows(machine(dataset(lines, {})))) == {"'=1", "b"}


def test_headers_that_begin_like_formulas_are_text():
    own = CUSTOMERS | {"=evil": ["a", "b", "c", "d"]}
    assert "'=evil" in machine(dataset(customers=own)).splitlines()[0].split(",")


@pytest.mark.parametrize("name", ['a "quoted" firm', "a, b", "two\nlines", "a\rb", 'all,"of\r\nit'])
def test_any_name_is_read_back_as_it_was(name):
    own = CUSTOMERS | {"customer_name": [name, "b", "c", "d"]}
    assert rows(machine(dataset(customers=own)))["small"]["customer_name"] == name


def test_the_files_own_numbers_keep_all_their_digits():
    own = CUSTOMERS | {"Visits": [1e-7, 1e16, 0.1 + 0.2, -0.0]}
    found = rows(machine(dataset(customers=own)))
    assert [found[who]["Visits"] for who in ("small", "big", "never", "gone")] == [
        "0.0000001",
        "10000000000000000",
        "0.30000000000000004",
        "0",
    ]


def test_people_get_a_mark_for_excel_and_headers_in_their_language():
    chinese = customers_csv_for_people(plain_tiers(), plain(), Words("zh")).decode()
    english = customers_csv_for_people(plain_tiers(), plain(), Words("en")).decode()
    assert chinese.startswith("\ufeff客户编号,客户名称,得分,基础等级,等级,累计销售额,")
    assert english.startswith("\ufeffCustomer number,Customer name,Score,Base tier,Tier,Revenue to date,")


def test_people_see_the_biggest_customer_first_and_their_own_headers():
    lines = customers_csv_for_people(plain_tiers(), plain(), Words("zh")).decode().splitlines()
    assert lines[0].endswith(",行业,合同到期日,Visits")
    assert lines[1].startswith("big,大客户,")


def test_people_and_programs_get_the_same_figures():
    people = customers_csv_for_people(plain_tiers(), plain(), Words("en")).decode().removeprefix("\ufeff")
    shown = {row["Customer number"]: row for row in csv.DictReader(io.StringIO(people))}
    for who, row in rows(plain_csv()).items():
        assert (shown[who]["Revenue to date"], shown[who]["Score"]) == (row["revenue"], row["score"])
