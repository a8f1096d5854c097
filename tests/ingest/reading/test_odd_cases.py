"""Odd small files: no last newline, one row, names of files and of companies that are not what one expects."""

from __future__ import annotations

import pytest

from tests.ingest.reading.small_files import AMOUNTS, COMPANIES, HEADER, orders, read, read_path
from tiering.ingest.clean.companies import company_name

ODD_NAMES = ("=1+1", "<b>甲</b><script>alert(1)</script>", "\u202eabc", "Z\u0351\u036falgo", "🦄 GmbH", "NULL")
SPELLINGS = (
    "北京恒信（集团）有限公司",
    "北京恒信(集团)有限公司 ",
    "　北京恒信（集团）有限公司",
    "北京恒信(集團)有限公司",
)


def test_the_last_line_needs_no_newline():
    seen = read(orders().rstrip("\n"))
    assert (seen.outcome, seen.rows, seen.columns["订单金额"][-1]) == ("loads", 6, AMOUNTS[-1])


def test_returns_and_nothing_are_amounts():
    seen = read(orders(amounts=("-500.25", "0", "0.00", "12.50", "-1.00", "3.00")))
    assert (seen.outcome, seen.rows, seen.aside) == ("loads", 6, {})
    assert [float(cell) for cell in seen.columns["订单金额"]] == [-500.25, 0, 0, 12.5, -1, 3]


def test_a_table_of_one_row_is_a_table():
    one = "\n".join([",".join(HEADER), f"{COMPANIES[0]},68.50,2024-05-29"])
    seen = read(one.encode("gb18030"))
    assert (seen.outcome, seen.rows) == ("loads", 1)
    assert seen.columns["客户名称"] == [COMPANIES[0]]


def test_names_that_look_like_code_are_names():
    seen = read(orders(names=ODD_NAMES))
    assert (seen.outcome, seen.rows) == ("loads", 6)
    assert seen.columns["客户名称"] == [*ODD_NAMES[:2], *seen.columns["客户名称"][2:4], *ODD_NAMES[4:]]


def test_spellings_stay_apart_in_the_table_and_come_together_as_a_proposal():
    text = "\n".join(
        [",".join(HEADER), *(f"{name},{10 + at}.50,2024-01-0{at + 1}" for at, name in enumerate(SPELLINGS))]
    )
    seen = read(text)
    assert seen.rows == 4
    assert len(set(seen.columns["客户名称"])) > 1
    assert len({company_name(name).full for name in seen.columns["客户名称"]}) == 1


@pytest.mark.parametrize("name", ["名称 with spaces & 'quotes' 中文.csv", "no_extension", "orders.xlsx", ".hidden"])
def test_the_name_of_a_file_decides_nothing(tmp_path, name):
    path = tmp_path / name
    path.write_text(orders(), encoding="utf-8")
    seen = read_path(path)
    assert (seen.outcome, seen.rows, tuple(seen.columns["客户名称"])) == ("loads", 6, COMPANIES)
