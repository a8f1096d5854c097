"""Delimiters, quotes and line ends; what misfits is read anew where one reading is clearly best, else set aside."""

from __future__ import annotations

import pytest

from tests.ingest.reading.small_files import AMOUNTS, COMPANIES, DAYS, HEADER, orders, read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_the_same_table_comes_out_of_every_delimiter(delimiter):
    seen = read(orders(delimiter))
    assert seen.columns["客户名称"] == list(COMPANIES)
    assert seen.columns["订单金额"] == list(AMOUNTS)
    assert seen.columns["下单日期"] == list(DAYS)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(newline):
    seen = read(orders(newline=newline).rstrip(newline))
    assert (seen.rows, seen.columns["下单日期"]) == (6, list(DAYS))


def test_a_declared_separator_is_obeyed_and_no_row_of_the_table():
    seen = read("sep=;\n" + orders(";"))
    assert (seen.rows, list(seen.columns)) == (6, ["客户名称", "订单金额", "下单日期"])
    assert seen.report["excluded"] == {"title": 1}


def test_line_breaks_and_doubled_quotes_in_quoted_cells_are_kept():
    text = "客户名称,订单金额,下单日期\n"
    text += '"上海恒信\n（分公司）",84346.35,2023-06-25\n"杭州""博远""科技",65210.70,2024-01-09\n'
    seen = read(text)
    assert seen.columns["客户名称"] == ["上海恒信\n（分公司）", '杭州"博远"科技']
    assert seen.report["repaired"] == []


def test_a_record_over_two_lines_has_the_number_of_its_first():
    text = '客户名称,订单金额,下单日期\n"上海\n恒信",84346.35,2023-06-25\n杭州,面议,2024-01-09\n南京,1.50,2024-01-10\n'
    assert read(text).aside == {4: "amount"}


def test_stray_quotes_inside_a_quoted_name_are_kept_and_listed():
    lines = orders().splitlines()
    lines[3] = '"杭州"博远"科技",33761.44,2023-01-29'
    seen = read("\n".join(lines))
    assert seen.columns["客户名称"][2] == '杭州"博远"科技'
    assert seen.mended == [4]


def test_an_inch_mark_in_the_middle_of_a_cell_is_just_a_mark():
    seen = read('product,quantity,price\nscreen 24" wide,3,199.50\nscreen 27" wide,1,249.50\nplain,2,10.25\n')
    assert seen.columns["product"][0] == 'screen 24" wide'
    assert seen.rows == 3


def test_a_comma_in_a_name_is_put_back_where_only_one_reading_fits():
    lines = orders().splitlines()
    lines[2] = "上海,恒信贸易有限公司,77433.39,2023-01-08"
    seen = read("\n".join(lines))
    assert seen.columns["客户名称"][1] == "上海,恒信贸易有限公司"
    assert seen.mended == [3]


def test_an_unquoted_thousands_comma_is_joined_where_the_name_is_known():
    lines = orders().splitlines()
    lines[4] = f"{COMPANIES[0]},1,234.50,2023-01-08"
    seen = read("\n".join(lines))
    assert seen.columns["客户名称"][3] == COMPANIES[0]
    assert seen.columns["订单金额"][3] == "1234.50"


def test_digits_after_a_comma_belong_to_the_number_rather_than_the_name():
    lines = orders().splitlines()
    lines[4] = "新客户甲,1,234.50,2023-01-08"
    seen = read("\n".join(lines))
    assert (seen.columns["客户名称"][3], seen.columns["订单金额"][3], seen.mended) == ("新客户甲", "1234.50", [5])


def test_a_comma_that_could_belong_to_either_of_two_numbers_is_not_guessed():
    rows = [f"客户{n},{n},{n * 100}.50" for n in range(1, 8)]
    seen = read("\n".join(["客户,数量,金额", *rows, "客户9,1,234,500"]))
    assert seen.aside == {9: "cells"}
    assert seen.rows == 7


def test_thousands_commas_without_quotes_in_the_whole_file_are_joined():
    seen = read(orders(amounts=("1,234.50", "2,345.60", "980.10", "12,345.67", "3,456.78", "1,000,000.00")))
    assert seen.columns["订单金额"] == ["1234.50", "2345.60", "980.10", "12345.67", "3456.78", "1000000.00"]
    assert seen.mended == [2, 3, 5, 6, 7]


def test_a_header_with_fewer_names_than_cells_is_not_shifted_silently():
    rows = [f"r{n},甲{n},乙{n},丙{n}" for n in range(9)]
    assert "columns" in read("\n".join(["名称,地区,备注", *rows])).report["asks"]


def test_a_lone_quote_at_the_start_of_a_line_is_no_part_of_the_value():
    lines = orders(names=tuple(f"{n:05d}" for n in range(6)), header=("客户编号", *HEADER[1:])).splitlines()
    lines[3] = '"' + lines[3]
    seen = read("\n".join(lines))
    assert (seen.columns["客户编号"][2], seen.mended) == ("00002", [4])


def test_a_last_line_that_breaks_off_is_set_aside():
    assert read(orders() + "新客户,66131").aside == {8: "truncated"}


def test_a_line_without_its_amount_is_set_aside_as_missing():
    lines = orders().splitlines()
    lines[3] = "上海创明联贸易有限公司"
    seen = read("\n".join(lines))
    assert seen.aside == {4: "missing"}
    assert seen.report["set_aside"][0]["raw"] == "上海创明联贸易有限公司"


def test_an_escaped_delimiter_belongs_to_the_cell():
    lines = [f"film {number},{number}.5,2024-01-0{number}" for number in range(1, 7)]
    lines[2] = "love\\, actually,3.5,2024-01-03"
    seen = read("\n".join(["title,price,date", *lines]))
    assert seen.columns["title"][2] == "love, actually"


def test_columns_set_apart_by_spaces_are_columns():
    rows = [f" {number:05d}  {number}  19970{number}01   {number * 11}.77" for number in range(1, 7)]
    seen = read("\n".join(rows))
    assert seen.report["dialect"]["delimiter"] == "spaces"
    assert seen.columns["D"][0] == "11.77"


def test_a_space_before_a_quoted_cell_does_not_spoil_it():
    seen = read('int, "number", "string"\n1, "2.3", "a, b"\n2, "4.5", "c"\n')
    assert seen.columns["string"] == ["a, b", "c"]


def test_one_endless_cell_is_set_aside_and_the_rest_loads():
    lines = orders().splitlines()
    lines[3] = "长" * 40_000 + ",1.50,2024-01-01"
    seen = read("\n".join(lines))
    assert seen.aside == {4: "too_long"}
    assert len(seen.report["set_aside"][0]["raw"]) <= 2_000
    assert seen.rows == 5


def test_more_columns_than_anybody_has_are_refused():
    seen = read("\n".join([",".join(f"c{n}" for n in range(2000)), ",".join("1" for _ in range(2000))]))
    assert (seen.outcome, seen.code) == ("error", "too_many_columns")
    assert seen.facts == {"columns": 2000, "limit": 1000}


def test_row_numbers_without_a_name_shift_no_column():
    seen = read('"customer","amount"\n"1","A",5.5\n"2","B",7.25\n"3","A",1.5\n')
    assert seen.columns == {
        "A": ["1", "2", "3"],
        "customer": ["A", "B", "A"],
        "amount": ["5.50", "7.25", "1.50"],
    }
    assert "row_numbers" in seen.notes


def test_codes_that_are_no_row_numbers_are_still_asked_about():
    seen = read("customer,amount\nK7,A,5.5\nK9,B,7.25\nK2,A,1.5\n")
    assert (seen.outcome, seen.report["asks"]) == ("asks", ["columns"])


def test_one_column_alone_loads_and_asks_for_the_amount():
    seen = read("客户名称\n" + "\n".join(COMPANIES))
    assert (seen.outcome, seen.report["asks"], seen.rows) == ("asks", ["columns"], 6)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=1+1", "@SUM(A1)", "\u202egnp.exe", "a\u0301\u0301\u0301", "🏢 GmbH"]
)
def test_names_that_mean_something_elsewhere_are_only_names(name):
    seen = read(orders(names=[name, *COMPANIES[1:]]))
    assert (seen.outcome, seen.columns["客户名称"][0]) == ("loads", name)
