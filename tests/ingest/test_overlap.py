"""Overlapping exports: shared lines are found, counted in money, and left out only when asked; nothing is lost."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from itertools import permutations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.ingest.clean.overlap import Exported, overlap_of, without_overlap
from tiering.ingest.reading import Column, Kind, Reading

HEADER = "订单编号,客户编号,订单日期,金额"
JANUARY = ["O1,K1,2025-01-10,100.00", "O2,K2,2025-01-31,50.50", "O2,K2,2025-01-31,50.50"]
FEBRUARY = ["O2,K2,2025-01-31,50.50", "O3,K1,2025-02-03,7.25"]


def export(lines: list[str], name: str = "导出.csv", header: str = HEADER) -> Exported:
    text = "\n".join([header, *lines]).encode()
    reading = read_bytes(text, name)
    return reading, suggest_mapping(reading, "orders"), hashlib.sha256(text).hexdigest(), name


@pytest.fixture(scope="module")
def months() -> list[Exported]:
    return [export(JANUARY, "一月.csv"), export(FEBRUARY, "二月.csv")]


def revenue(sources: list[Exported]) -> Decimal:
    orders = build_dataset(sources).orders
    assert orders is not None
    return pc.sum(orders["amount"]).as_py()


def test_a_line_that_two_exports_hold_is_found_with_its_money(months: list[Exported]) -> None:
    found = overlap_of(months)
    assert found is not None
    assert (found.lines, found.of) == (1, 5)
    assert (found.amount, found.total) == (Decimal("50.50"), Decimal("258.75"))
    assert set(found.files) == {"一月.csv", "二月.csv"}
    assert "O2 | K2 | 2025-01-31 | 50.50" in found.examples[0]


def test_nothing_is_left_out_unasked(months: list[Exported]) -> None:
    assert revenue(months) == Decimal("258.75")


def test_a_line_that_one_file_holds_twice_stays_twice(months: list[Exported]) -> None:
    assert revenue(without_overlap(months)) == Decimal("208.25")


def test_what_is_left_out_is_set_aside_with_its_line_and_text(months: list[Exported]) -> None:
    dataset = build_dataset(without_overlap(months))
    aside = dataset.set_aside.to_pylist()
    assert [row["reason"] for row in aside] == ["overlap"]
    assert aside[0]["raw"] == "O2,K2,2025-01-31,50.50"
    assert sum(source.read for source in dataset.sources) == 7  # two headers and five lines


def test_the_answer_has_its_own_fingerprint(months: list[Exported]) -> None:
    assert build_dataset(months).fingerprint != build_dataset(without_overlap(months)).fingerprint


def test_the_order_of_the_files_decides_nothing() -> None:
    three = [export(JANUARY, "a.csv"), export(FEBRUARY, "b.csv"), export([*FEBRUARY, "O9,K9,2025-03-01,1.00"], "c.csv")]
    told = {revenue(without_overlap(list(given))) for given in permutations(three)}
    assert told == {Decimal("209.25")}


def test_files_without_a_common_line_are_not_asked_about() -> None:
    assert overlap_of([export(JANUARY), export(["O7,K7,2025-07-07,7.00"])]) is None


def test_one_file_is_never_asked_about(months: list[Exported]) -> None:
    assert overlap_of(months[:1]) is None


def test_another_order_of_columns_and_a_column_more_do_not_hide_a_shared_line() -> None:
    other = export(["50.50,2025-01-31,K2,O2,快递"], "x.csv", "金额,订单日期,客户编号,订单编号,备注")
    found = overlap_of([export(JANUARY), other])
    assert found is not None
    assert found.lines == 1


def test_orders_and_customers_have_no_lines_in_common() -> None:
    reading = read_bytes("客户编号,客户名称\nK1,甲\nK2,乙\n".encode(), "客户.csv")
    customers = (reading, suggest_mapping(reading, "customers"), "c" * 64, "客户.csv")
    assert overlap_of([export(JANUARY), customers]) is None


def in_memory(lines: list[int], name: str) -> Exported:
    """Line k: order Ok of customer Kk on the k-th, k.00 in money; no process reads it."""
    table = pa.table(
        {
            "订单编号": [f"O{k}" for k in lines],
            "客户编号": [f"K{k}" for k in lines],
            "订单日期": [date(2025, 1, k) for k in lines],
            "金额": pa.array([Decimal(k) for k in lines], pa.decimal128(18, 2)),
        }
    )
    kinds: dict[str, Kind] = {"订单编号": "id", "客户编号": "id", "订单日期": "date", "金额": "money"}
    columns = tuple(Column(header, kind) for header, kind in kinds.items())
    account = {"lines": {"read": len(lines) + 1, "header": 1}}
    reading = Reading("loads", table, pa.array(range(2, len(lines) + 2), pa.int32()), columns, (), account)
    return reading, suggest_mapping(reading, "orders"), f"{lines}", name


NUMBERS = st.lists(st.integers(1, 6), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(NUMBERS, NUMBERS)
def test_each_line_stays_as_often_as_the_file_that_holds_it_most(one: list[int], other: list[int]) -> None:
    sources = [in_memory(one, "a.csv"), in_memory(other, "b.csv")]
    expected = sum(k * max(one.count(k), other.count(k)) for k in range(1, 7))
    assert revenue(without_overlap(sources)) == Decimal(expected)
