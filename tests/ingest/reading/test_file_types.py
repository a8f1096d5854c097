"""What a file is, is told from its bytes; Parquet and HTML tables load, everything else is named."""

from __future__ import annotations

import json
import pickle
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.ingest.reading.small_files import COMPANIES, orders, read, read_path
from tiering.ingest.bytes.filetype import file_type
from tiering.ingest.bytes.limits import Limits

ROWS = "".join(f"<tr><td>{name}</td><td>{place}.50</td></tr>" for place, name in enumerate(COMPANIES))
PAGE = f"<html><meta charset='gbk'><table><tr><td>客户名称</td><td>订单金额</td></tr>{ROWS}</table></html>"


def parquet(table):
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b'[{"a": 1}, {"a": 2}]', "JSON"),
        (b'{"a": [1, 2]}', "JSON"),
        (b"{\\rtf1 hello", "RTF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"SQLite format 3\x00", "SQLite"),
        (pickle.dumps({"a": 1}), "pickle"),
    ],
)
def test_files_that_are_no_tables_are_refused_by_name(head, kind):
    assert file_type(head) == ("refused", kind)


@pytest.mark.parametrize("text", ["[id],name\n1,a\n", "{客户},金额\n甲,1\n", "BM编号,金额\n1,2\n", "MZ,PK\n1,2\n"])
def test_a_table_that_begins_like_something_else_is_still_text(text):
    assert file_type(text.encode())[0] == "text"


def test_pictures_and_noise_are_not_text():
    assert read(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20).code == "not_text"
    assert read(bytes(range(1, 32)) * 200).code == "not_text"


def test_json_under_any_name_is_named():
    seen = read(json.dumps([{"客户": "甲", "金额": 1}]))
    assert (seen.code, seen.facts) == ("wrong_type", {"kind": "JSON"})


def test_an_html_table_saved_as_a_spreadsheet_loads():
    seen = read(PAGE.encode("gb18030"))
    assert seen.columns["客户名称"] == list(COMPANIES)
    assert "html_table" in seen.notes


def test_a_page_without_a_table_is_no_spreadsheet():
    assert read("<html><body>Please log in</body></html>").code == "html_not_excel"


def test_markup_within_cells_of_a_page_is_only_text():
    name = "a&lt;b&gt;<script>alert(1)</script>"
    page = f"<table><tr><td>客户</td><td>金额</td></tr><tr><td>{name}</td><td>1.5</td></tr></table>"
    assert read(page).columns["客户"] == ["a<b>"]


def test_parquet_types_are_believed():
    table = pa.table(
        {
            "客户编号": pa.array(["007", "008"]),
            "金额": pa.array([Decimal("1.10"), Decimal("2.20")], pa.decimal128(10, 2)),
            "数值": pa.array([0.1 + 0.2, 1.234], pa.float64()),
            "时间": pa.array([datetime(2024, 1, 1, 8), datetime(2024, 1, 2, 9)], pa.timestamp("us")),
        }
    )
    seen = read(parquet(table))
    assert seen.outcome == "loads"
    assert seen.columns["客户编号"] == ["007", "008"]
    assert seen.columns["金额"] == ["1.10", "2.20"]
    assert seen.columns["数值"] == ["0.300", "1.234"]
    assert seen.columns["时间"][0] == "2024-01-01 08:00:00"


def test_nested_parquet_columns_are_left_out_and_named():
    table = pa.table({"客户": ["甲"], "金额": [1.5], "标签": [["a", "b"]]})
    seen = read(parquet(table))
    assert list(seen.columns) == ["客户", "金额"]
    assert {"code": "nested_columns", "columns": ["标签"]} in seen.report["notes"]


def test_cut_parquet_is_damaged():
    content = parquet(pa.table({"客户": list(COMPANIES)}))
    assert read(content[:-20]).code == "damaged"
    assert read(content[:40] + content[60:]).code == "damaged"


def test_a_file_beyond_the_limit_is_refused_with_both_figures(tmp_path):
    path = tmp_path / "big.csv"
    path.write_text(orders())
    assert read_path(path, Limits(file_bytes=10)).code == "too_big"


def test_too_many_rows_are_refused(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(orders())
    assert read_path(path, Limits(rows=3)).facts == {"rows": 7, "limit": 3}


@pytest.mark.parametrize("charset", ["ulf-8", "hex", "unicode_escape", "x"])
def test_a_charset_that_is_none_of_a_text_is_not_believed(charset):
    seen = read(PAGE.replace("gbk", charset).encode("utf-8"))
    assert (seen.outcome, seen.columns["客户名称"]) == ("loads", list(COMPANIES))


def test_parquet_words_that_are_no_text_are_damage():
    content = parquet(pa.table({"customer_name": ["A" * 9, "B" * 9], "amount": [1.0, 2.0]}))
    assert read(content).outcome == "loads"
    assert read(content.replace(b"A" * 9, b"\xff" * 9)).code == "damaged"
    assert read(content.replace(b"customer_name", b"customer\xf7name")).code == "damaged"
