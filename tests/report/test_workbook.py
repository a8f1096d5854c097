"""The workbook: typed cells, text that stays text, the same figures as on the pages."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache

import openpyxl
import pyarrow as pa
import pytest
import python_calamine

from tests.report.four_customers import CUSTOMERS, SCENARIO, dataset, plain, plain_tiers, tiers_of
from tiering.dataset import Dataset
from tiering.evaluate import evaluate, tiers_hash
from tiering.report import Handout, customers_workbook
from tiering.said.colours import ink_on
from tiering.scenario import Cuts, Scenario
from tiering.words import Words

LENIENT = SCENARIO.model_copy(update={"cuts": Cuts(lines=(0.0,))})
COLOURS = ("#7a4a00", "#93a8b8")


@cache
def book(language="en", compared=False) -> openpyxl.Workbook:
    baseline = tiers_of(plain(), LENIENT) if compared else None
    content = customers_workbook(Handout(plain_tiers(), plain(), Words(language), baseline, COLOURS))
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(sheet) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


def customer(name: str, language="en") -> dict:
    header, *rows = cells(book(language).worksheets[1])
    return next(dict(zip(header, row, strict=True)) for row in rows if row[0] == name)


def with_name(name: str) -> bytes:
    data = dataset(customers=CUSTOMERS | {"customer_name": [name, "b", "c", "d"]})
    return customers_workbook(Handout(tiers_of(data), data, Words("en")))


def name_of_small(content: bytes) -> object:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    return next(row[1] for row in cells(sheet) if row[0] == "small")


def test_sheets_are_named_in_the_language_of_the_reader():
    assert book("en").sheetnames == ["Tiers", "Customers", "Actions", "Fix", "Welcome", "Definitions"]
    assert book("zh").sheetnames == ["分级汇总", "客户", "行动一览", "解决问题", "新客引导", "口径说明"]


def test_movement_is_there_where_there_is_a_baseline():
    assert book("en", compared=True).sheetnames[:3] == ["Tiers", "Customers", "Movement"]


def test_each_kind_of_move_has_its_call_list_with_money_reason_and_due_day():
    header, row = cells(book("en")["Fix"])
    listed = dict(zip(header, row, strict=True))
    assert "big" in row
    assert listed["Money at stake"] == 800.0
    assert listed["Tier"] == "A"
    assert cells(book("en")["Actions"])[1][3] == 800.0


def test_numbers_are_numbers_dates_are_dates_and_text_is_text():
    big = customer("big")
    assert big["Revenue to date"] == 1800
    assert isinstance(big["Revenue to date"], int | float)
    assert big["First order"] == datetime(2025, 1, 10)
    assert big["Contract end"] == datetime(2027, 6, 30)
    assert big["Customer name"] == "大客户"


def test_what_is_missing_is_an_empty_cell():
    never = customer("never")
    assert never["Days since the last order"] is None
    assert never["Tier"] is None


def test_money_shows_two_decimals_and_shares_are_percent():
    sheet = book().worksheets[1]
    forms = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert forms["Revenue to date"] == "#,##0.00"
    assert forms["Returns share"] == "0.0%"
    assert forms["First order"] == "yyyy-mm-dd"
    assert forms["Customer number"] == "@"


def test_the_header_is_frozen_and_filterable():
    sheet = book().worksheets[1]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_tiers_are_coloured_by_rule_not_by_hand():
    rules = [rule for area in book().worksheets[1].conditional_formatting for rule in area.rules]
    assert {rule.formula[0] for rule in rules} == {'"A"', '"B"'}
    assert {rule.dxf.fill.bgColor.rgb for rule in rules} == {"FF7A4A00", "FF93A8B8"}


def test_the_ink_on_a_tier_colour_can_be_read():
    assert ink_on("#7a4a00") == "#FFFFFF"
    assert ink_on("#93a8b8") == "#000000"


def test_the_summary_adds_up():
    rows = [row[:6] for row in cells(book().worksheets[0])]
    assert rows[3] == (
        "Tier", "Customers", "Share of customers", "Revenue in the window", "Share of revenue", "Average per customer",
    )  # fmt: skip
    assert rows[4] == ("A", 1, 0.25, 800, pytest.approx(800 / 850.1), 800)
    assert rows[5] == ("B", 2, 0.5, 50.1, pytest.approx(50.1 / 850.1), 25.05)
    assert rows[6] == ("Not tiered", 1, 0.25, 0, 0, 0)
    assert rows[7] == ("Total", 4, 1, 850.1, 1, 212.53)


def test_the_chart_is_a_chart_of_the_program_itself():
    content = customers_workbook(Handout(plain_tiers(), plain(), Words("zh")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "分级汇总!$D$5:$D$7" not in chart
    assert "分级汇总!$E$5:$E$7" in chart
    assert "<c:v>A</c:v>" in chart


def test_movers_are_named_with_money_and_direction():
    header, *rows = cells(book("en", compared=True).worksheets[2])
    assert header == (
        "Customer number", "Customer name", "Baseline tier", "Tier now", "Direction", "Revenue in the window",
        "Baseline score", "Score now", "Newcomer",
    )  # fmt: skip
    assert [row[:6] for row in rows] == [
        ("small", "Small & Co", "A", "B", "Down", 50.1),  # gone brought nothing: in B either way
    ]


def test_nobody_moved_is_said():
    content = customers_workbook(Handout(plain_tiers(), plain(), Words("zh"), plain_tiers()))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["等级变动"]
    assert sheet["A3"].value == "与对比基准相比，没有客户变动等级。"


def test_definitions_hold_what_makes_the_tiers_repeatable():
    facts = {row[0]: row[1:] for row in cells(book().worksheets[-1]) if row[0]}
    assert facts["Scheme"][0] == "Spring"
    assert facts["As of"][0] == datetime(2026, 3, 10)
    assert facts["Customers"][0] == 4
    assert facts["Revenue to date"][0] == 1850.1
    assert facts["Lowest score of A"][0] == 50
    assert facts["Annual revenue"][:2] == (3, 0.75)
    assert facts["orders.csv"] == ("Orders", 9, 1, 0, 6, 2, "Date missing or not readable: 1, No customer: 1")
    assert facts["Data fingerprint (SHA-256)"][0] == "f" * 64
    assert facts["Result hash (SHA-256)"][0] == tiers_hash(plain_tiers())


@pytest.mark.parametrize("kind", ["share", "revenue"])
def test_lines_by_share_say_where_they_fell_in_points(kind):
    scenario = SCENARIO.model_copy(update={"cuts": Cuts(kind=kind, lines=(0.5,))})
    content = customers_workbook(Handout(tiers_of(plain(), scenario), plain(), Words("en")))
    facts = {row[0]: row[1:] for row in cells(openpyxl.load_workbook(io.BytesIO(content)).worksheets[-1]) if row[0]}
    assert 0 <= facts["Lowest score of A"][0] <= 100
    assert "50.0%" in facts["Lowest score of A"][1]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "-5", "http://evil.example", "mailto:a@b.example", "0012", "1e5",
        "<r>not markup</r>", "<r></x></r>", "a < b & \"c\"", "two\nlines", " blanks ", "𠮷野家",
    ],
)  # fmt: skip
def test_a_name_is_text_whatever_it_looks_like(name):
    content = with_name(name)
    assert name_of_small(content) == name
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_a_name_that_looks_like_an_escape_is_not_decoded():
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(with_name("_x0041_")))
    names = {row[0]: row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert names["small"] == "_x0041_"


def test_a_header_that_looks_like_markup_does_not_break_the_workbook():
    data = dataset(customers=CUSTOMERS | {"<r></x></r>": ["a", "b", "c", "d"], "=1+1": ["a", "b", "c", "d"]})
    content = customers_workbook(Handout(tiers_of(data), data, Words("en")))
    header = cells(openpyxl.load_workbook(io.BytesIO(content)).worksheets[1])[0]
    assert [str(name).strip() for name in header[-2:]] == ["<r></x></r>", "=1+1"]


def test_a_table_is_printed_across_the_page_with_its_header_on_each():
    sheet = book().worksheets[1]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"


def test_revenue_that_the_file_does_not_tell_is_blank_and_not_nought():
    ids = ["big", "small", "never"]
    listed = {"customer_id": pa.array(ids), "satisfaction": pa.array([5.0, 3.0, 1.0]), "overdue_days": [0.0, 5.0, 9.0]}
    data = Dataset(None, pa.table(listed), pa.table({}), (), "f" * 64)
    content = customers_workbook(Handout(evaluate(data, Scenario()), data, Words("en")))
    summary, customers = openpyxl.load_workbook(io.BytesIO(content)).worksheets[:2]
    assert cells(summary)[2][0] == "This data does not tell revenue (needs an amount column): its columns stay empty."
    assert all(row[3:6] == (None, None, None) for row in cells(summary)[4:9])
    assert not any("evenue" in str(name) for name in cells(customers)[0])


def test_characters_a_workbook_cannot_hold_are_left_out():
    assert name_of_small(with_name("a\x00b\x1fc\ufffe")) == "abc"


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark():
    found = str(name_of_small(with_name("x" * 40_000)))
    assert len(found) == 32_767
    assert found.endswith("…")


def test_a_day_before_workbooks_begin_is_text():
    from datetime import date

    data = dataset(customers=CUSTOMERS | {"contract_end": [date(1899, 12, 31), date(1900, 3, 1), None, None]})
    content = customers_workbook(Handout(tiers_of(data), data, Words("en")))
    header, *rows = cells(openpyxl.load_workbook(io.BytesIO(content)).worksheets[1])
    found = {row[0]: row[header.index("Contract end")] for row in rows}
    assert found["small"] == "1899-12-31"
    assert found["big"] == datetime(1900, 3, 1)


def test_the_same_tiers_give_the_same_bytes():
    first, second = (customers_workbook(Handout(plain_tiers(), plain(), Words("zh"))) for _ in range(2))
    assert first == second
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created == datetime(2026, 3, 10)


def test_progress_ends_at_the_whole():
    told: list[float] = []
    customers_workbook(Handout(plain_tiers(), plain(), Words("zh")), told.append)
    assert told[-1] == 1.0


def test_more_rows_than_are_written_at_a_time_all_arrive():
    lines = [(f"c{number:05d}", "2026-01-01", f"{number}.00") for number in range(4_500)]
    data = dataset(lines, {})
    content = customers_workbook(Handout(tiers_of(data), data, Words("en")))
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()
    assert len(rows) == 4_501
    assert sum(row[4] for row in rows[1:]) == sum(range(4_500))


@pytest.mark.parametrize(("sign", "rows"), [("", []), ("¥", ["¥"])])
def test_definitions_say_a_label_once_and_leave_out_what_is_not_known(sign, rows):
    content = customers_workbook(Handout(plain_tiers(), replace(plain(), currency=sign), Words("zh")))
    facts = [row for row in cells(openpyxl.load_workbook(io.BytesIO(content)).worksheets[-1]) if row[0]]
    assert [row[1] for row in facts if row[0] == "金额口径"] == ["已扣除退货"]
    assert [row[1] for row in facts if row[0] == "货币符号"] == rows
