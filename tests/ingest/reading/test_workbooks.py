"""Workbooks: the sheet that is the table, cells as they are shown, and the harmful ones refused before parsing."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from benchmarks.old_workbook import compound_file, old_workbook
from tests.ingest.reading.small_files import COMPANIES, HEADER, read, read_path, workbook

ROWS = [HEADER, *[(name, 1000.5 + place, date(2024, 1, place + 1)) for place, name in enumerate(COMPANIES)]]
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = (
    f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def by_hand(sheet, strings=f"<sst {MAIN}><si><t>x</t></si></sst>"):
    """Bytes of a workbook of one sheet whose XML is written by hand."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml")
        )
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {MAIN}>{sheet}</worksheet>")
    return buffer.getvalue()


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_plain_workbook_loads_with_days_and_exact_amounts():
    seen = read(workbook(("订单", ROWS)))
    assert seen.outcome == "loads"
    assert seen.columns["订单金额"] == ["1000.5", "1001.5", "1002.5", "1003.5", "1004.5", "1005.5"]
    assert seen.columns["下单日期"][:2] == ["2024-01-01", "2024-01-02"]
    assert seen.report["sheet"] == "订单"


def test_mixed_numbers_and_words_in_a_column_are_shown_as_written():
    rows = [
        ("InvoiceNo", "StockCode", "Amount"),
        (536365.0, "85123A", 2.55),
        ("C536379", 22752.0, -1.0),
        (536366.0, "D", 3.0),
    ]
    seen = read(workbook(("s", rows)))
    assert seen.columns["InvoiceNo"] == ["536365", "C536379", "536366"]
    assert seen.columns["StockCode"] == ["85123A", "22752", "D"]


def test_fifteen_digits_of_a_binary_number_count():
    rows = [("客户", "金额"), ("甲", 71351.07000000001), ("乙", 0.1 + 0.2)]
    assert read(workbook(("s", rows))).columns["金额"] == ["71351.07", "0.30"]


def test_dates_of_the_1904_system_are_the_days_they_show():
    seen = read(workbook(("s", [("客户", "金额", "日期"), ("甲", 1.5, date(2024, 5, 9))]), options={"date_1904": True}))
    assert seen.columns["日期"] == ["2024-05-09"]


def test_times_of_day_are_kept_to_the_second():
    rows = [("客户", "金额", "时间"), ("甲", 1.5, datetime(2024, 5, 9, 8, 26, 59))]

    def write(book, sheet):
        sheet.write_row(0, 0, rows[0])
        sheet.write_row(1, 0, rows[1][:2])
        sheet.write_datetime(1, 2, rows[1][2], book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))

    assert read(workbook(("s", write))).columns["时间"] == ["2024-05-09 08:26:59"]


def test_a_merged_customer_is_written_into_each_of_its_rows():
    def write(book, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.merge_range(1, 0, 3, 0, COMPANIES[0])
        for row in range(1, 4):
            sheet.write_number(row, 1, row * 1.5)
            sheet.write_datetime(row, 2, date(2024, 1, row))

    seen = read(workbook(("s", write)))
    assert seen.columns["客户名称"] == [COMPANIES[0]] * 3
    assert "filled_down" in seen.notes
    assert seen.outcome == "loads"


def with_merged(ranges, rows):
    """Bytes of a workbook whose cells are merged as given, each range with the text at its top left."""

    def write(book, sheet):
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for top, left, bottom, right in ranges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])

    return workbook(("s", write))


def test_a_header_of_three_lines_is_joined_column_by_column():
    head = [
        ("客户编号", "客户名称", "销售情况", "", ""),
        ("", "", "金额", "", "订单数"),
        ("", "", "（元）", "同比", ""),
    ]
    body = [("C1", "甲公司", 100, 0.1, 3), ("C2", "乙公司", 220.5, -0.2, 5), ("C3", "丙公司", 90, 0.3, 2)]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 4), (1, 2, 1, 3), (1, 4, 2, 4)]
    seen = read(with_merged(merged, head + body))
    assert list(seen.columns) == ["客户编号", "客户名称", "销售情况 金额 （元）", "销售情况 金额 同比", "订单数"]
    assert (seen.outcome, seen.rows) == ("loads", 3)


def test_a_name_merged_over_both_lines_of_a_header_is_said_once():
    head = [("客户编号", "销售情况", ""), ("", "金额", "订单数")]
    seen = read(with_merged([(0, 0, 1, 0), (0, 1, 0, 2)], [*head, ("C1", 100.5, 3), ("C2", 220, 5)]))
    assert list(seen.columns) == ["客户编号", "销售情况 金额", "销售情况 订单数"]
    assert seen.rows == 2


def test_a_phrase_about_cost_over_words_is_asked_about_not_refused():
    head = [
        ("Region", "Caloric contribution", "Cumulative impact of changes on cost", ""),
        ("", "(%)", "before", "base"),
    ]
    seen = read(with_merged([(0, 0, 1, 0), (0, 2, 0, 3)], [*head, ("A", "B", "C", "D")]))
    assert seen.report["asks"] == ["columns"]


def test_rows_that_are_hidden_are_read_and_said():
    def filtered(book, sheet):
        for place, row in enumerate(ROWS):
            sheet.write_row(place, 0, row)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})

    shown, hidden = read(workbook(("订单", ROWS))), read(workbook(("订单", filtered)))
    assert hidden.columns == shown.columns
    assert [note["count"] for note in hidden.report["notes"] if note["code"] == "hidden_rows"] == [2]
    assert "hidden_rows" not in shown.notes


@pytest.mark.parametrize("ending", [".xls", ".xlsx", ".xlsb", ".ods", ".csv", ".dat", ""])
def test_a_workbook_is_read_by_its_content_whatever_its_ending(tmp_path, ending):
    path = tmp_path / f"book{ending}"
    path.write_bytes(workbook(("订单", ROWS)))
    assert read_path(path).rows == len(ROWS) - 1


def test_months_of_the_same_shape_are_one_or_all():
    content = workbook(("1月", ROWS), ("2月", ROWS[:3]))
    seen = read(content)
    assert seen.report["asks"] == ["sheet"]
    assert [choice["value"] for choice in seen.questions[0]["choices"]] == ["1月", "2月", "*"]
    assert read(content, sheet="2月").rows == 2
    both = read(content, sheet="*")
    assert (both.rows, both.report["excluded"]) == (8, {"repeated_header": 1})


def test_empty_and_hidden_sheets_are_not_in_the_way():
    def hidden(book, sheet):
        sheet.write_row(0, 0, ("a", "b"))
        sheet.write_row(1, 0, (1, 2))
        sheet.hide()

    seen = read(workbook(("订单", ROWS), ("Sheet2", []), ("geheim", hidden)))
    assert (seen.outcome, seen.report["sheet"]) == ("loads", "订单")


def test_a_small_second_sheet_is_left_out_and_named():
    big = [HEADER, *[(COMPANIES[0], n + 0.5, date(2024, 1, 1)) for n in range(60)]]
    seen = read(workbook(("订单", big), ("人员", [("姓名", "地区"), ("张三", "华东")])))
    assert seen.report["sheet"] == "订单"
    assert {"code": "other_sheets", "sheets": ["人员"]} in seen.report["notes"]


def test_a_workbook_of_empty_sheets_is_empty():
    assert read(workbook(("a", []), ("b", []))).code == "empty"


def test_stored_results_of_formulas_load():
    def write(book, sheet):
        sheet.write_row(0, 0, HEADER[:2])
        sheet.write_string(1, 0, COMPANIES[0])
        sheet.write_formula(1, 1, "=1+1.5", None, 2.5)

    assert read(workbook(("s", write))).columns["订单金额"] == ["2.5"]


TOP = f'<row r="1">{cell("A1", "客户")}{cell("B1", "金额")}</row>'


def test_formulas_without_a_stored_result_are_an_error_not_blanks():
    sheet = f'<sheetData>{TOP}<row r="2">{cell("A2", "甲")}<c r="B2"><f>1+1</f></c></row></sheetData>'
    seen = read(by_hand(sheet))
    assert (seen.code, seen.facts["cells"], seen.facts["cell"]) == ("formula_without_value", 1, "B2")


def test_a_dimension_that_lies_is_not_believed():
    row = f'<row r="2">{cell("A2", "甲")}<c r="B2"><v>2.5</v></c></row>'
    assert read(by_hand(f'<dimension ref="A1:XFD1048576"/><sheetData>{TOP}{row}</sheetData>')).rows == 1


@pytest.mark.parametrize("quote", ['"', "'"])
def test_two_cells_a_world_apart_are_too_many(quote):
    sheet = f'<sheetData><row r="1">{cell("A1", "x")}</row><row r="1048576">{cell("XFD1048576", "x")}</row></sheetData>'
    assert read(by_hand(sheet.replace('"', quote))).code == "too_many_cells"


def test_entities_are_refused_wherever_they_are():
    strings = f'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><sst {MAIN}><si><t>&b;</t></si></sst>'
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    assert read(by_hand(sheet, strings)).code == "xml_entities"


def test_an_announced_count_no_file_could_hold_is_damage():
    strings = f'<sst count="4294967295" uniqueCount="4294967295" {MAIN}><si><t>x</t></si></sst>'
    assert read(by_hand("<sheetData/>", strings)).code == "damaged"


def test_what_inflates_beyond_measure_is_refused():
    seen = read(by_hand("<sheetData>" + " " * 40_000_000 + "</sheetData>"))
    assert seen.code == "too_big_unpacked"
    assert seen.facts["ratio"] > 200


def test_a_cut_workbook_is_damaged():
    content = workbook(("s", ROWS))
    assert read(content[: len(content) // 2]).code == "damaged"


def test_a_part_that_is_longer_than_it_says_is_damage():
    content = bytearray(workbook(("s", ROWS)))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        name = content[at + 46 : at + 46 + 40]
        if b"sheet1.xml" in name:
            content[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    assert read(bytes(content)).code == "damaged"


def test_numbers_cells_are_never_asked_about_their_point():
    rows = [("客户", "金额"), ("甲", 1.234), ("乙", 2.345)]
    seen = read(workbook(("s", rows)))
    assert (seen.outcome, seen.columns["金额"]) == ("loads", ["1.234", "2.345"])


def test_an_identifier_of_more_than_fifteen_digits_is_said_to_be_cut():
    rows = [("客户编号", "金额"), (123456789012345678, 1.5), (923456789012345678, 2.5)]
    seen = read(workbook(("s", rows)))
    assert "id_digits_lost" in seen.notes


def test_a_workbook_behind_a_password_is_named():
    assert read(compound_file(b"\x00" * 5000, "EncryptedPackage")).code == "password"


def test_an_old_workbook_loads_like_a_new_one():
    seen = read(
        old_workbook(
            [HEADER, *[(name, 1000.5 + place, f"2024-01-0{place + 1}") for place, name in enumerate(COMPANIES)]]
        )
    )
    assert seen.columns["订单金额"] == ["1000.5", "1001.5", "1002.5", "1003.5", "1004.5", "1005.5"]
    assert seen.columns["下单日期"][:2] == ["2024-01-01", "2024-01-02"]
