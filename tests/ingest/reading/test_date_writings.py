"""Dates in the forms of many languages and programs, and columns whose dates contradict each other."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.ingest.reading.small_files import read, workbook
from tiering.ingest.values.dates import date_text, date_value


def column(*days, header="下单日期"):
    rows = [f"C{place};{place}.50;{day}" for place, day in enumerate(days, 1)]
    return read("\n".join([f"客户名称;金额;{header}", *rows]) + "\n")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        *[
            ("二〇二六年三月五日", "2026-03-05"),
            ("二零二六年十二月三十一日", "2026-12-31"),
            ("二〇二六年三月", "2026-03-01"),
        ],
        *[("民國112年3月5日", "2023-03-05"), ("民国99年12月31日", "2010-12-31"), ("112/03/05", "2023-03-05")],
        *[("令和6年4月1日", "2024-04-01"), ("令和元年5月1日", "2019-05-01"), ("平成31年4月30日", "2019-04-30")],
        *[("R6.4.1", "2024-04-01"), ("昭和64年1月7日", "1989-01-07"), ("2026年3月5日(木)", "2026-03-05")],
        *[("5. März 2026", "2026-03-05"), ("05. Okt. 2026", "2026-10-05"), ("Mo., 5. Jan 2026", "2026-01-05")],
        *[("5 mars 2026", "2026-03-05"), ("1er août 2026", "2026-08-01"), ("12 févr. 2026", "2026-02-12")],
        *[("5 de marzo de 2026", "2026-03-05"), ("15-ago-26", "2026-08-15"), ("3 dic 2026", "2026-12-03")],
        *[("5 gennaio 2026", "2026-01-05"), ("7 giu 2026", "2026-06-07"), ("5 января 2026", "2026-01-05")],
        *[
            ("March 5, 2026", "2026-03-05"),
            ("5-Mar-26", "2026-03-05"),
            ("05MAR2026", "2026-03-05"),
            ("2026 Jan 05", "2026-01-05"),
        ],
        *[("Jan-24", "2024-01-01"), ("März 2026", "2026-03-01"), ("dic-24", "2024-12-01"), ("2024年1月", "2024-01-01")],
        *[("202601", "2026-01-01"), ("01/2024", "2024-01-01"), ("2024.01", "2024-01-01"), ("2024-Jan", "2024-01-01")],
        *[
            ("2024Q1", "2024-01-01"),
            ("Q3/24", "2024-07-01"),
            ("2024年第2季度", "2024-04-01"),
            ("2024年四季度", "2024-10-01"),
        ],
        *[
            ("2024H2", "2024-07-01"),
            ("2024年上半年", "2024-01-01"),
            ("2024-W05", "2024-01-29"),
            ("KW 05/2024", "2024-01-29"),
        ],
        *[
            ("2024. 1. 5.", "2024-01-05"),
            ("2024년 1월 5일", "2024-01-05"),
            ("05.03.26", "2026-03-05"),
            ("'2024-01-05", "2024-01-05"),
        ],
    ],
)
def test_a_date_is_read_in_the_words_of_its_country(cell, day):
    assert date_value(date_text(cell)).date() == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("20260305 10:20", datetime(2026, 3, 5, 10, 20)),
        ("20260305T102030", datetime(2026, 3, 5, 10, 20, 30)),
        ("2026년 3월 5일 오후 3:05", datetime(2026, 3, 5, 15, 5)),
        ("05.03.2026 10:20 Uhr", datetime(2026, 3, 5, 10, 20)),
        ("5 mars 2026, 10:20", datetime(2026, 3, 5, 10, 20)),
        ("2026/3/5 午後 3時05分", datetime(2026, 3, 5, 15, 5)),
    ],
)
def test_a_moment_is_read_with_its_time_of_day(cell, moment):
    assert date_value(date_text(cell)) == moment


@pytest.mark.parametrize(
    "cell", ["202613", "2024.5", "1234.56", "24-Jan", "Mar 5", "Q5 2024", "Order 24", "S1/2024", "may be"]
)
def test_what_only_resembles_a_date_is_none(cell):
    text = date_text(cell)
    assert text is None or date_value(text) is None


def test_months_in_six_digits_are_dates_under_a_header_that_says_so_and_numbers_elsewhere():
    text = "客户,{},销售额\nK1,202401,100\nK1,202402,110\nK2,202403,95\n"
    assert read(text.format("月份")).columns["月份"] == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert read(text.format("Posting period")).columns["Posting period"][0] == "2024-01-01"
    assert read(text.format("数量")).columns["数量"][0] == "202401"
    assert "month_only" in read(text.format("月份")).notes


@pytest.mark.parametrize("header", ["产品编号", "Artikelnummer", "SKU", "order no", "código"])
@pytest.mark.parametrize(
    "codes",
    [("2024-01-05", "2024-02-06", "2024-03-07"), ("20240105", "20240206", "20240307"), ("1-2-24", "3-4-24", "5-6-24")],
)
def test_a_column_of_codes_is_never_one_of_dates(header, codes):
    assert column(*codes, header=header).columns[header] == list(codes)


def test_amounts_that_could_be_serial_numbers_stay_amounts():
    seen = read("customer,month sales,date\nA,45102,2024-01-05\nB,45103,2024-01-06\nC,45205,2024-02-06\n")
    assert seen.columns["month sales"] == ["45102", "45103", "45205"]


def test_dates_that_contradict_each_other_are_asked_about_and_the_answer_holds():
    days = ("13/01/2024", "01/13/2024", "02/14/2024", "05/06/2024")
    seen = column(*days)
    assert (seen.report["asks"], seen.questions[0]["evidence"]["why"]) == (["date_order"], "both")
    answered = read("客户名称;金额;下单日期\n" + "".join(f"C;1.50;{day}\n" for day in days), date_order="mdy")
    assert answered.columns["下单日期"] == ["2024-01-13", "2024-02-14", "2024-05-06"]
    assert answered.aside == {2: "date"}


def test_one_date_among_many_that_read_both_ways_does_not_decide_alone():
    open_days = [f"{day:02d}/{month:02d}/2024" for month in (3, 5, 7) for day in range(1, 13)]
    lone = column(*open_days, "25/12/2024")
    assert (lone.questions[0]["evidence"]["why"], lone.questions[0]["proposal"]) == ("lone", "dmy")
    assert column(*open_days, "25/12/2024", "26/12/2024").outcome == "loads"
    firsts = [f"01/{month:02d}/20{year}" for year in (22, 23) for month in range(1, 13)]
    assert column(*firsts, "31/12/2024").outcome == "loads"


def test_dates_with_dots_have_the_day_first():
    assert column("03.04.2024", "05.06.2024", "01.02.2024").columns["下单日期"][0] == "2024-04-03"
    assert column("03/04/2024", "05/06/2024", "01/02/2024").report["asks"] == ["date_order"]


def converted_book(true_days, texts):
    def rows(book, sheet):
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Customer", "Order date", "Amount"])
        for place, day in enumerate([*true_days, *texts], 1):
            sheet.write(place, 0, f"C{place}")
            write = sheet.write_datetime if isinstance(day, datetime) else sheet.write_string
            write(place, 1, day, *([form] if isinstance(day, datetime) else []))
            sheet.write(place, 2, 10.5 * place)

    return workbook(("Orders", rows))


def test_a_half_converted_workbook_is_recognised_and_its_true_dates_put_right():
    true_days = [datetime(2024, 5, 1), datetime(2024, 11, 2), datetime(2024, 7, 3)]  # typed as 1/5, 2/11 and 3/7
    book = converted_book(true_days, ["1/13/2024", "2/25/2024"])
    seen = read(book)
    assert (seen.report["asks"], seen.questions[0]["evidence"]["why"]) == (["date_order"], "converted")
    assert seen.questions[0]["proposal"] == "swapped"
    put_right = ["2024-01-05", "2024-02-11", "2024-03-07", "2024-01-13", "2024-02-25"]
    assert read(book, date_order="swapped").columns["Order date"] == put_right
    assert read(book, date_order="mdy").columns["Order date"][:2] == ["2024-05-01", "2024-11-02"]


def test_true_dates_of_all_days_beside_texts_are_left_alone():
    book = converted_book([datetime(2024, 5, 1), datetime(2024, 11, 22)], ["1/13/2024", "2/25/2024"])
    assert read(book).columns["Order date"] == ["2024-05-01", "2024-11-22", "2024-01-13", "2024-02-25"]


def test_a_converted_column_saved_as_text_is_recognised_by_its_zeros():
    seen = column("01/05/2024", "02/11/2024", "03/07/2024", "1/13/2024", "2/25/2024")
    assert (seen.questions[0]["evidence"]["why"], seen.questions[0]["proposal"]) == ("converted", "mdy")
    assert column("1/5/2024", "2/11/2024", "1/13/2024").outcome == "loads"
