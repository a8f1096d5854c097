"""Numbers, dates and identifiers as people write them, decided over the column, exact to the last digit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.reading.small_files import COMPANIES, DAYS, orders, read
from tiering.ingest.values.dates import date_text, date_value, possible_orders
from tiering.ingest.values.numbers import mark_evidence, number_text, number_value


def amounts(*cells, delimiter=";"):
    rows = [f"客户{place}公司{delimiter}{cell}" for place, cell in enumerate(cells)]
    return read("\n".join([f"客户名称{delimiter}订单金额", *rows]))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("￥1,234.50", "1234.50"),
        ("¥ 99.9", "99.9"),
        ("12.3万", "123000"),
        ("1.5亿元", "150000000"),
        ("(500)", "-500"),
        ("（500.25）", "-500.25"),
        ("88-", "-88"),
        ("−88", "-88"),
        ("１，２３４．５０", "1234.50"),
        ("1000元", "1000"),
        ("$-3.5", "-3.5"),
        ("25%", "0.25"),
        ("1 234 567.8", "1234567.8"),
        ("1'234'567.80", "1234567.80"),
        ("12,34,567.00", "1234567.00"),
        ("1.5E+3", "1500"),
        ("EUR 12.00", "12.00"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_as_it_is_meant(cell, value):
    assert number_value(number_text(cell), ".") == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["面议3000", "待确认", "12 34", "1,23.4", "2023-01-01", "1.2.3.4", "约500", "--5", "(5", "A12", "1,2345"]
)
def test_what_is_no_number_is_not_made_one(cell):
    text = number_text(cell)
    assert text is None or number_value(text, ".") is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_any_amount_comes_back_however_it_is_grouped(value):
    assert number_value(number_text(f"{value:,}"), ".") == value
    german = f"{value:,}".translate(str.maketrans(",.", ".,"))
    assert number_value(number_text(german), ",") == value


def test_marks_of_a_column_are_decided_by_what_only_one_reading_explains():
    assert [mark_evidence(core) for core in ("1.234", "1.23", "1.234,5", "1,234,567", "0.125", "12")] == [
        *("dot3", ".", ",", ".", ".", None)
    ]


def test_decimal_commas_with_thousands_points():
    assert amounts("54.934,08", "20.985,46", "5.889,32").columns["订单金额"] == ["54934.08", "20985.46", "5889.32"]


def test_numbers_that_all_have_three_places_are_asked_about():
    seen = amounts("1.234", "2.344", "3.454")
    assert seen.report["asks"] == ["decimal"]
    assert [choice["preview"] for choice in seen.questions[0]["choices"]] == [
        [["1.234", "1.234"], ["2.344", "2.344"], ["3.454", "3.454"]],
        [["1.234", "1234"], ["2.344", "2344"], ["3.454", "3454"]],
    ]


@pytest.mark.parametrize(("answer", "first"), [("point", "1.234"), ("comma", "1234")])
def test_the_answer_decides_the_mark(answer, first):
    text = "客户名称;订单金额\n甲公司;1.234\n乙公司;2.344\n"
    seen = read(text, decimal=answer)
    assert (seen.outcome, seen.columns["订单金额"][0]) == ("loads", first)


def test_other_columns_of_the_file_settle_a_mark():
    seen = read("客户名称;订单金额;单价\n甲公司;1.234;0,50\n乙公司;2.344;12,75\n")
    assert (seen.outcome, seen.columns["订单金额"]) == ("loads", ["1234", "2344"])


def test_a_unit_in_the_header_multiplies_the_column_and_is_said():
    seen = read("客户名称,订单金额（万元）\n甲公司,1.5\n乙公司,0.25\n")
    assert seen.columns["订单金额（万元）"] == ["15000", "2500"]
    assert "header_unit" in seen.notes


def test_words_among_amounts_are_set_aside_and_never_zero():
    seen = amounts("91264.74", "21643.59", "待确认", "84844.27", "面议3000", "83459.69")
    assert seen.aside == {4: "amount", 6: "amount"}
    assert seen.columns["订单金额"] == ["91264.74", "21643.59", "84844.27", "83459.69"]


def test_a_blank_amount_is_missing_not_zero():
    seen = amounts("91264.74", "", "NULL", "84844.27", "1.50")
    assert seen.aside == {3: "missing", 4: "missing"}


def test_money_is_exact_and_as_wide_as_it_has_to_be():
    seen = amounts("0.1", "0.000001", "123456789.12")
    assert seen.table["订单金额"].type == pa.decimal128(18, 6)
    assert sum(seen.table["订单金额"].to_pylist()) == Decimal("123456789.220001")


def test_numbers_with_more_than_six_places_are_floating_point():
    seen = read("客户名称,数值\n甲公司,0.12345678\n乙公司,1.5\n丙公司,2.5\n")
    assert seen.table["数值"].type == pa.float64()


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024年5月10日", datetime(2024, 5, 10)),
        ("2023年08月16号", datetime(2023, 8, 16)),
        ("2023/6/7", datetime(2023, 6, 7)),
        ("20240608", datetime(2024, 6, 8)),
        ("2020.1.12", datetime(2020, 1, 12)),
        ("2024-8-15 07:05", datetime(2024, 8, 15, 7, 5)),
        ("2024-08-15T07:05:09Z", datetime(2024, 8, 15, 7, 5, 9)),
        ("2024年8月15日 下午3时20分", datetime(2024, 8, 15, 15, 20)),
        ("31-Mar-2023", datetime(2023, 3, 31)),
        ("14JUN09:17:58:34", datetime(2009, 6, 14, 17, 58, 34)),
        ("March 3, 2021", datetime(2021, 3, 3)),
        ("２０２３－０５－０１", datetime(2023, 5, 1)),
        ("2023年5月", datetime(2023, 5, 1)),
        ("45047", datetime(2023, 5, 1)),
        ("20230501123000", datetime(2023, 5, 1, 12, 30)),
    ],
)
def test_a_date_is_read_as_it_is_meant(cell, moment):
    assert date_value(date_text(cell)) == moment


@pytest.mark.parametrize("cell", ["2023-02-30", "2023-13-01", "20230230", "2023年2月29日", "31-Feb-2023"])
def test_an_impossible_day_is_written_as_a_date_but_is_none(cell):
    assert date_text(cell) is not None
    assert date_value(date_text(cell)) is None


@pytest.mark.parametrize("cell", ["上海", "12", "1.2.3", "2023", "0571-88886666", "may be", "12345678901", "99999"])
def test_what_is_no_date_is_not_made_one(cell):
    text = date_text(cell)
    assert text is None or date_value(text) is None


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)))
def test_a_day_survives_either_order_when_the_order_is_known(moment):
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    assert date_value(date_text(f"{day:%d/%m/%Y}"), "dmy") == day
    assert date_value(date_text(f"{day:%m/%d/%Y}"), "mdy") == day
    assert ("mdy" in possible_orders(date_text(f"{day:%d/%m/%Y}"))) == (day.day <= 12)


def test_day_and_month_are_told_by_one_date_that_has_only_one_reading():
    seen = read(orders(days=("01/02/2023", "03/04/2023", "25/03/2023", "05/06/2023", "07/08/2023", "09/10/2023")))
    assert seen.columns["下单日期"][:3] == ["2023-02-01", "2023-04-03", "2023-03-25"]


def test_dates_that_read_both_ways_are_asked_about():
    text = orders(days=("01/02/2023", "03/04/2023", "05/03/2023", "05/06/2023", "07/08/2023", "09/10/2023"))
    seen = read(text)
    assert seen.report["asks"] == ["date_order"]
    assert [choice["preview"][0] for choice in seen.questions[0]["choices"]] == [
        ["01/02/2023", "2023-02-01"],
        ["01/02/2023", "2023-01-02"],
    ]
    assert read(text, date_order="mdy").columns["下单日期"][0] == "2023-01-02"


def test_impossible_days_are_set_aside():
    seen = read(orders(days=(DAYS[0], "2023-02-30", DAYS[2], "2023-13-01", *DAYS[4:])))
    assert seen.aside == {3: "date", 5: "date"}


def test_serial_numbers_under_a_date_header_are_dates_and_said_to_be():
    seen = read(orders(days=("45102", "45052", "45588", "45385", "45401", "45126")))
    assert seen.columns["下单日期"][0] == "2023-06-25"
    assert "excel_serial" in seen.notes


def test_a_column_is_a_column_of_days_or_of_moments():
    assert read(orders()).table["下单日期"].type == pa.date32()
    timed = read(orders(days=tuple(f"{day} 08:26:00" for day in DAYS)))
    assert timed.table["下单日期"].type == pa.timestamp("s")
    assert timed.columns["下单日期"][0] == "2024-10-02 08:26:00"


def test_identifiers_keep_zeros_and_all_their_digits():
    ids = ["00123", "007", "91310000MA1K35XX0A", "123456789012345678", "0571-88886666", "1.0"]
    text = "\n".join(["客户编号,订单金额", *(f"{one},{place}.50" for place, one in enumerate(ids, 1))])
    assert read(text).columns["客户编号"] == ids


def test_telephone_numbers_are_no_quantity():
    seen = read("客户名称,联系,订单金额\n甲,13800138000,1.50\n乙,13900139000,2.50\n丙,13700137000,3.50\n")
    assert {each["name"]: each["kind"] for each in seen.report["columns"]}["联系"] == "id"


def test_identifiers_that_all_became_decimals_lose_the_point_zero_and_that_is_said():
    seen = read("CustomerID,Amount\n17850.0,1.50\n13047.0,2.50\n,3.50\n")
    assert seen.columns["CustomerID"] == ["17850", "13047", ""]
    assert "id_point_zero" in seen.notes


def test_identifiers_in_scientific_form_are_kept_and_said_to_be_lost():
    seen = read("客户编号,订单金额\n1.23457E+17,1.50\n1.23457E+17,2.50\n")
    assert seen.columns["客户编号"] == ["1.23457E+17"] * 2
    assert "id_scientific" in seen.notes


def test_null_and_nan_are_names_in_a_column_of_names():
    names = ("NULL", "nan", "undefined", "None", *COMPANIES[:2])
    assert read(orders(names=names)).columns["客户名称"] == list(names)


def test_names_are_kept_to_the_letter():
    names = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202eexe.公司", "👨‍👩‍👧‍👦公司", "　北京恒信", "Z͑ͫa̴lgo")
    assert read(orders(";", names=names)).columns["客户名称"] == list(names)
