"""Large texts take a faster way to the same table."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow.compute as pc
import pytest

from tests.ingest.reading.small_files import read
from tiering.ingest.bytes.limits import OLD_BASE, Limits
from tiering.ingest.sheets.records import find_records
from tiering.ingest.sheets.text_grid import LARGE


@pytest.fixture(scope="module")
def large():
    """Above the size at which values are kept by dictionary: two ragged lines, one word for an amount, one total."""
    lines = [
        f"{n:07d},客户{n % 97:03d}有限公司,{n % 1000}.25,2024-01-{n % 28 + 1:02d} 08:{n % 60:02d}:00"
        for n in range(350_000)
    ]
    lines[10] = "0000010,上海,恒信贸易有限公司,12.50,2024-01-05 08:00:00"
    lines[20] = "0000020"
    lines[30] = "0000030,客户001有限公司,面议,2024-01-05 08:00:00"
    text = "\n".join(["订单编号,客户名称,订单金额,下单时间", *lines, "合计,,1,"])
    assert len(text.encode()) > LARGE
    return read(text)


def test_a_large_text_is_read_like_a_small_one(large):
    seen = large
    assert seen.rows == 349_998
    assert seen.aside == {22: "missing", 32: "amount"}
    assert seen.mended == [12]
    assert seen.report["excluded"] == {"total": 1}
    assert seen.columns["客户名称"][10] == "上海,恒信贸易有限公司"
    assert seen.columns["下单时间"][349_997] == "2024-01-28 08:19:00"


def test_the_sum_of_a_large_column_is_exact(large):
    kept = [Decimal(n % 1000) + Decimal("0.25") for n in range(350_000) if n not in {10, 20, 30}]
    assert pc.sum(large.table["订单金额"]).as_py() == sum(kept) + Decimal("12.50")


def test_records_are_counted_with_their_lines_whatever_is_quoted():
    text = b'a,b\n"x\ny",1\n\n"q""q",2\r\nlast,3'
    records = find_records(text, ord(","), ord('"'))
    assert records.strict
    assert records.lines.tolist() == [1, 2, 4, 5, 6]
    assert records.widths.tolist() == [2, 2, 0, 2, 2]
    assert [text[start:end] for start, end in zip(records.starts, records.ends, strict=True)] == [
        *(b"a,b", b'"x\ny",1', b"", b'"q""q",2', b"last,3")
    ]


@pytest.mark.parametrize("text", [b'a,"b\n', b'a,b"c"\n', b'"a"b,c\n'])
def test_quotes_out_of_place_are_noticed(text):
    assert not find_records(text, ord(","), ord('"')).strict


def test_without_quotes_records_are_lines():
    text = b"\n".join(b"%d,%d" % (n, n) for n in range(1000))
    records = find_records(text, ord(","), ord('"'))
    assert np.array_equal(records.lines, np.arange(1, 1001))


def test_an_old_workbook_gets_memory_by_its_size(tmp_path):
    old, new = tmp_path / "a.xls", tmp_path / "a.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(992))
    new.write_bytes(b"PK\x03\x04")
    assert Limits().memory_for(old) == OLD_BASE + 100_000
    assert Limits().memory_for(new) == Limits().memory_bytes
    assert Limits().seconds_for(2 << 20) == 10.0
