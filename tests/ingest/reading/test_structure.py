"""Where a table begins and ends: titles, headers, repeats, totals, footers; every line accounted for."""

from __future__ import annotations

import pytest

from tests.ingest.reading.small_files import COMPANIES, HEADER, orders, read
from tiering.ingest.clean.set_aside import Account
from tiering.ingest.sheets.vocabulary import cleaned_name, unique_names


def test_title_and_blank_lines_above_the_header_are_counted_out():
    seen = read("2023年度客户订单明细表,,\n,,\n" + orders())
    assert seen.report["excluded"] == {"title": 1, "blank": 1}
    assert (seen.rows, seen.report["header_row"]) == (6, 3)


def test_a_title_of_one_cell_is_no_header():
    seen = read("某某公司销售报表\n制表日期：2024-01-01\n\n" + orders())
    assert list(seen.columns) == list(HEADER)
    assert seen.report["excluded"] == {"title": 2, "blank": 1}


def test_two_header_rows_are_joined_by_a_space():
    text = "客户名称,订单,\n,金额,日期\n" + orders().split("\n", 1)[1]
    seen = read(text)
    assert list(seen.columns) == ["客户名称", "订单 金额", "订单 日期"]
    assert seen.rows == 6


def test_without_a_header_names_are_made_up_and_somebody_is_asked():
    seen = read(orders().split("\n", 1)[1])
    assert seen.report["asks"] == ["header"]
    assert list(seen.columns) == ["A", "B", "C"]
    assert seen.rows == 6


def test_the_answer_that_there_is_no_header_ends_the_question():
    seen = read(orders().split("\n", 1)[1], header="none")
    assert seen.outcome == "loads"
    assert seen.columns["A"] == list(COMPANIES)


def test_the_line_chosen_as_header_is_the_header():
    seen = read("a,b,c\n" + orders(), header=2)
    assert list(seen.columns) == list(HEADER)
    assert seen.report["excluded"] == {"title": 1}


def test_years_can_be_names_of_columns():
    seen = read("客户,2022,2023\n甲公司,1200.50,1300.25\n乙公司,880.10,990.75\n")
    assert list(seen.columns) == ["客户", "2022", "2023"]
    assert seen.rows == 2


def test_a_header_repeated_by_the_page_is_counted_out():
    lines = orders().splitlines()
    seen = read("\n".join([*lines[:4], lines[0], *lines[4:]]))
    assert (seen.rows, seen.report["excluded"]) == (6, {"repeated_header": 1})


@pytest.mark.parametrize("label", ["合计", "总计：", "小 计", "Total", "Grand total"])
def test_a_total_is_counted_out_whatever_it_is_called(label):
    seen = read(orders() + f"{label},394115.30,\n")
    assert (seen.rows, seen.report["excluded"]) == (6, {"total": 1})


def test_a_subtotal_named_after_its_group_is_counted_out():
    lines = orders().splitlines()
    seen = read("\n".join([*lines[:4], "杭州 小计,251861.10,", *lines[4:]]))
    assert seen.report["excluded"] == {"total": 1}


def test_a_customer_called_total_is_a_customer():
    seen = read(orders() + "TOTAL,1200.50,2024-01-01\n")
    assert seen.rows == 7
    assert seen.columns["客户名称"][-1] == "TOTAL"


def test_notes_under_the_table_are_counted_out():
    seen = read(orders() + "合计,395512.53,\n\n制表：张三,,\n数据来源：ERP\n")
    assert seen.rows == 6
    assert seen.report["excluded"] == {"total": 1, "blank": 1, "footer": 2}


def test_a_second_table_below_is_counted_out():
    seen = read(orders() + "\n产品名称,单价,库存数量\n离心泵,12.50,3\n阀门,8.25,7\n")
    assert seen.rows == 6
    assert seen.report["excluded"] == {"blank": 1, "other_table": 3}


def test_a_blank_line_after_every_row_loses_nothing():
    text = orders().replace("\n", "\n,,\n")
    assert (read(text).rows, read(text).report["excluded"]) == (6, {"blank": 7})


def test_equal_headers_are_kept_apart_and_the_amount_is_asked_for():
    text = "客户名称,金额,金额,日期\n甲公司,1.50,3.00,2024-01-01\n乙公司,2.50,5.00,2024-01-02\n"
    seen = read(text)
    assert list(seen.columns) == ["客户名称", "金额", "金额_2", "日期"]
    assert seen.report["asks"] == ["columns"]
    assert read(text, columns={"amount": "金额_2"}).outcome == "loads"


def test_shares_of_a_total_are_not_taken_for_amounts():
    header = ("客户名称", "% of total", "% of total")
    rows = [f"{name},0.{place}5,0.{place}7" for place, name in enumerate(COMPANIES)]
    seen = read("\n".join([",".join(header), *rows]))
    assert (seen.outcome, seen.report["asks"]) == ("loads", [])


def test_a_file_without_any_number_asks_which_column_is_the_amount():
    seen = read("客户名称\n" + "\n".join(COMPANIES) + "\n")
    assert seen.report["asks"] == ["columns"]
    assert seen.questions[0]["evidence"]["why"] == "no_number"


def test_an_amount_column_of_words_is_no_amount():
    seen = read("客户名称,订单金额\n甲公司,面议\n乙公司,待确认\n丙公司,面议\n")
    assert (seen.outcome, seen.code) == ("error", "no_amount")
    assert seen.facts["column"] == "订单金额"


def test_when_most_rows_cannot_be_used_the_columns_are_asked_for():
    seen = read("客户名称,订单金额\n" + "".join(f"客户{n}号,{'面议' if n % 3 else '12.50'}\n" for n in range(30)))
    assert "columns" in seen.report["asks"]


@pytest.mark.parametrize(("text", "code"), [("\n\n\n", "no_rows"), ("客户名称,金额\n", "no_rows"), ("", "empty")])
def test_nothing_to_read_is_said_as_such(text, code):
    assert read(text).code == code


def test_blanks_that_may_mean_as_above_are_asked_about_and_filled_when_told():
    names = ("甲公司", "", "", "乙公司", "")
    text = "客户,金额,日期\n" + "".join(f"{name},{day}.50,2024-01-0{day}\n" for day, name in enumerate(names, 1))
    assert read(text).report["asks"] == ["fill_down"]
    filled = read(text, fill_down="yes")
    assert filled.columns["客户"] == ["甲公司", "甲公司", "甲公司", "乙公司", "乙公司"]
    assert read(text, fill_down="no").columns["客户"] == ["甲公司", "", "", "乙公司", ""]


def test_blanks_in_a_column_that_repeats_its_values_are_just_blanks():
    rows = [f"{'甲' if n % 2 else ''},{n}.50,2024-01-01" for n in range(1, 20)]
    assert read("客户,金额,日期\n" + "\n".join(rows)).outcome == "loads"


def test_every_line_is_accounted_for():
    seen = read("标题\n\n" + orders() + "坏行\n合计,1,\n")
    lines = seen.report["lines"]
    assert lines["read"] == sum(count for name, count in lines.items() if name != "read")
    assert lines == {
        "read": 11,
        "header": 1,
        "blank": 1,
        "title": 1,
        "total": 1,
        "clean": 6,
        "repaired": 0,
        "set_aside": 1,
    }


def test_an_account_that_does_not_add_up_is_refused():
    with pytest.raises(AssertionError, match="7 lines read, 6"):
        Account(read=7, header=1, excluded={}, clean=5, repaired=0, set_aside=0).ensure_adds_up()


def test_header_cells_are_cleaned_and_made_unique():
    assert cleaned_name("\ufeff 　客户\n名称\u200b ") == "客户 名称"
    assert unique_names(["a", "", "a", "a_2", "a"]) == ("a", "B", "a_3", "a_2", "a_4")


def test_rows_shorter_than_the_header_are_filled_with_blanks_at_the_end():
    seen = read("客户,金额,日期,备注\n甲公司,1.50,2024-01-01\n乙公司,2.50,2024-01-02\n丙公司,3.50,2024-01-03\n")
    assert seen.columns["备注"] == ["", "", ""]
    assert seen.rows == 3
