"""Rows set aside leave as a file that can be corrected and read again."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pyarrow as pa
import pytest

from tests.report.four_customers import plain
from tiering.report import set_aside_csv
from tiering.words import Words


def lines(language) -> list[list[str]]:
    return list(csv.reader(io.StringIO(set_aside_csv(plain(), Words(language)).decode("utf-8-sig"), newline="")))


def test_each_row_says_file_line_and_reason_before_its_own_cells():
    assert lines("en")[0] == ["File", "Line", "Reason", "buyer", "paid"]
    assert lines("en")[1] == ["orders.csv", "4", "No customer", "", "-12.50"]


def test_reasons_are_in_the_language_of_the_reader():
    assert lines("zh")[0][:3] == ["来源文件", "行号", "原因"]
    assert lines("zh")[1][2] == "没有客户"


def test_formulas_are_text_and_plain_numbers_stay_numbers():
    assert lines("en")[2][3:] == ["'=HYPERLINK(1)", "'+86 138"]
    assert lines("en")[1][4] == "-12.50"


def test_excel_sees_the_encoding():
    assert set_aside_csv(plain(), Words("zh")).startswith(b"\xef\xbb\xbf")


def raw_lines(*texts: str | None) -> list[list[str]]:
    count = len(texts)
    rows = pa.table(
        {
            "source": ["a.csv"] * count,
            "line": list(range(9, 9 - count, -1)),
            "reason": ["cells"] * count,
            "buyer": pa.nulls(count, pa.string()),
            "paid": pa.nulls(count, pa.string()),
            "raw": pa.array(texts),
        }
    )
    text = set_aside_csv(replace(plain(), set_aside=rows), Words("en")).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("raw", ['"Firm, Ltd",5', '"Firm, Ltd";5', '"Firm, Ltd"\t5', '"Firm, Ltd"|5'])
def test_a_line_kept_as_text_is_taken_apart_where_it_fits_the_columns(raw):
    assert raw_lines(raw) == [
        ["File", "Line", "Reason", "buyer", "paid"],
        ["a.csv", "9", "Number of cells differs from the header", "Firm, Ltd", "5"],
    ]


def test_a_line_that_does_not_fit_the_columns_stands_behind_them():
    header, first, second = raw_lines("=one,two,three", "a,b")
    assert header[-1] == "Raw line"
    assert first[1:] == ["8", "Number of cells differs from the header", "a", "b", ""]
    assert second[3:] == ["", "", "'=one,two,three"]


def test_a_reason_without_words_keeps_its_code():
    odd = pa.table({"source": ["a"], "line": [2], "reason": ["struck_by_lightning"]})
    assert b"struck_by_lightning" in set_aside_csv(replace(plain(), set_aside=odd), Words("zh"))


@pytest.mark.parametrize("nothing", [pa.table({}), plain().set_aside.slice(0, 0)])
def test_no_rows_give_no_lines(nothing):
    text = set_aside_csv(replace(plain(), set_aside=nothing), Words("en")).decode("utf-8-sig")
    assert len(text.splitlines()) == 1
