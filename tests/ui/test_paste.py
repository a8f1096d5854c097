"""A table pasted from a spreadsheet is read like a file."""

from __future__ import annotations

import pytest

from tiering.ingest import read_bytes
from tiering.ui.pages.data.reading import Pasted

HEADER = "订单编号\t客户编号\t下单日期\t金额\t备注"
ROWS = [
    'O1\tK1\t2025/1/10\t1,200.50\t"第一行\n第二行"',
    "O2\tK2\t2025/2/10\t￥300\t",
    'O3\tK1\t2025/3/1\t(50)\t他说""好""',
]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_tabs_line_ends_and_quoted_line_breaks_are_read_as_the_spreadsheet_meant(end: str) -> None:
    pasted = Pasted("粘贴的表格.tsv", end.join([HEADER, *ROWS]) + end)
    reading = read_bytes(pasted.getvalue(), pasted.name)
    assert reading.outcome == "loads"
    assert reading.table is not None
    assert list(map(float, reading.table["金额"].to_pylist())) == [1200.5, 300.0, -50.0]
    assert reading.table["备注"].to_pylist()[0].split() == ["第一行", "第二行"]


def test_a_pasted_table_is_opened(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh")
    shown.text_area[0].set_value("\n".join([HEADER, *ROWS]))
    shown.button(key="take-pasted").click().run()
    assert not shown.exception
    now = shown.session_state["choices"]
    assert [source.name for source in now.sources] == ["粘贴的表格.tsv"]
    assert now.dataset.orders.num_rows == 3


def test_what_is_no_table_is_refused_in_words(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "en")
    shown.text_area[0].set_value("hello")
    shown.button(key="take-pasted").click().run()
    assert not shown.exception
    assert shown.error
    assert shown.session_state["choices"].dataset is None


def test_nothing_pasted_does_nothing(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "en").button(key="take-pasted").click().run()
    assert not shown.exception
    assert not shown.error
