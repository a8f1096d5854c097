from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow.csv import write_csv
from readings import days, money, reading_of

from tiering.ingest import Mapping, clean_customers, clean_orders, read_bytes, suggest_mapping
from tiering.ingest.reading import SetAside
from tiering.problems import DataProblem, Problem


def lines_of(cleaned):
    return cleaned.table.select(["customer_id", "order_date", "amount"]).to_pylist()


def cleaned_orders(columns, **reading):
    orders = reading_of(columns, **reading)
    return clean_orders(orders, suggest_mapping(orders, role="orders"), "orders.csv")


def three_lines(**changes):
    columns = {
        "客户编号:id": ["C1", "C2", "C1"],
        "下单日期:date": days("2024-01-05", "2024-01-06", "2024-02-01"),
        "金额:money": money("100.50", "20", "-5.25"),
    }
    return columns | {key.replace("__", ":"): cells for key, cells in changes.items()}


def test_each_line_becomes_customer_date_and_exact_amount():
    cleaned = cleaned_orders(three_lines())
    assert lines_of(cleaned) == [
        {"customer_id": "C1", "order_date": date(2024, 1, 5), "amount": Decimal("100.50")},
        {"customer_id": "C2", "order_date": date(2024, 1, 6), "amount": Decimal("20.00")},
        {"customer_id": "C1", "order_date": date(2024, 2, 1), "amount": Decimal("-5.25")},
    ]
    assert cleaned.table.schema.field("amount").type == pa.decimal128(18, 2)
    assert cleaned.table.schema.field("order_date").type == pa.date32()


def test_each_line_of_the_file_is_counted_once():
    unread = [SetAside(7, "cells", "C9,2024-01-09,3,7,9"), SetAside(9, "date", "C9,31.02.2024,3")]
    cleaned = cleaned_orders(
        {
            "客户编号:id": ["C1", None, "  ", "C4", "C5", None],
            "下单日期:date": days("2024-01-05", "2024-01-06", "2024-01-06", None, "2024-01-07", None),
            "金额:money": money("1", "2", "3", "4", None, None),
        },
        set_aside=unread,
        excluded={"title": 2, "total": 1},
    )
    facts = cleaned.facts
    assert (facts.name, facts.role, facts.used, facts.header) == ("orders.csv", "orders", 1, 1)
    assert facts.set_aside == {"amount": 1, "cells": 1, "date": 2, "no_customer": 3}
    assert facts.excluded == {"title": 2, "total": 1}
    assert facts.read == 12 == facts.header + sum(facts.excluded.values()) + facts.used + sum(facts.set_aside.values())


def test_rows_set_aside_keep_their_line_their_reason_and_their_own_columns():
    cleaned = cleaned_orders(
        {
            "客户编号:id": ["C1", None, "C3"],
            "下单时间:date": [datetime(2024, 1, 5, 8, 26), datetime(2024, 1, 6, 9, 30), None],
            "金额:money": money("1.50", "2.25", "3.00"),
        },
        set_aside=[SetAside(5, "encoding", "C4;…")],
    )
    assert cleaned.set_aside.to_pylist() == [
        {
            "source": "orders.csv",
            "line": 3,
            "reason": "no_customer",
            "客户编号": None,
            "下单时间": "2024-01-06 09:30:00",
            "金额": "2.25",
            "raw": None,
        },
        {
            "source": "orders.csv",
            "line": 4,
            "reason": "date",
            "客户编号": "C3",
            "下单时间": None,
            "金额": "3.00",
            "raw": None,
        },
        {
            "source": "orders.csv",
            "line": 5,
            "reason": "encoding",
            "客户编号": None,
            "下单时间": None,
            "金额": None,
            "raw": "C4;…",
        },
    ]


def test_rows_set_aside_stand_in_the_unit_of_their_header_so_that_they_can_be_uploaded_again():
    orders = reading_of(
        {
            "客户:name": [None, "甲"],
            "日期:date": days("2024-01-05", "2024-01-06"),
            "金额（万元）:money": money("12500", "3"),
        }
    )
    orders.report["notes"] = [{"code": "header_unit", "column": "金额（万元）", "unit": "万元", "factor": 10000}]
    cleaned = clean_orders(orders, suggest_mapping(orders))
    assert Decimal(cleaned.set_aside["金额（万元）"][0].as_py()) == Decimal("1.25")
    assert cleaned.table["amount"].to_pylist() == [Decimal("3.00")]


def test_rows_set_aside_can_be_corrected_and_uploaded_again():
    aside = cleaned_orders(three_lines(客户编号__id=["C1", None, None])).set_aside
    corrected = aside.set_column(aside.column_names.index("客户编号"), "客户编号", pa.array(["C7", "C8"]))
    file = BytesIO()
    write_csv(corrected, file)
    again = read_bytes(file.getvalue(), "corrected.csv")
    assert lines_of(clean_orders(again, suggest_mapping(again))) == [
        {"customer_id": "C7", "order_date": date(2024, 1, 6), "amount": Decimal("20.00")},
        {"customer_id": "C8", "order_date": date(2024, 2, 1), "amount": Decimal("-5.25")},
    ]


def test_a_file_that_has_a_column_called_line_keeps_it_beside_ours():
    cleaned = cleaned_orders(three_lines(客户编号__id=["C1", None, "C3"]) | {"line:id": ["a", "b", "c"]})
    assert cleaned.set_aside.select(["line", "line_2"]).to_pylist() == [{"line": 3, "line_2": "b"}]


def test_null_and_nan_are_names_but_blanks_are_nobody():
    cleaned = cleaned_orders(three_lines(客户编号__id=["NULL", " nan　", "　 "]))
    assert cleaned.table["customer_id"].to_pylist() == ["NULL", "nan"]
    assert cleaned.facts.set_aside == {"no_customer": 1}


def test_numbers_that_identify_customers_are_written_without_places():
    orders = reading_of(three_lines(客户编号__id=money("17850.0", "12346", "17850")))
    cleaned = clean_orders(orders, suggest_mapping(orders))
    assert cleaned.table["customer_id"].to_pylist() == ["17850", "12346", "17850"]


def test_the_amount_is_quantity_times_price_to_the_last_place():
    cleaned = cleaned_orders(
        {
            "CustomerID:id": ["a", "a", "b"],
            "InvoiceDate:date": days("2010-12-01", "2010-12-01", "2010-12-02"),
            "Quantity:quantity": money("6", "-12", "3"),
            "UnitPrice:money": money("2.555", "0.001", None),
        }
    )
    assert cleaned.table["amount"].to_pylist() == [Decimal("15.330"), Decimal("-0.012")]
    assert cleaned.table["quantity"].to_pylist() == [6.0, -12.0]
    assert "unit_price" not in cleaned.table.column_names
    assert cleaned.facts.set_aside == {"amount": 1}


def test_a_discount_is_taken_off_and_a_missing_one_is_none():
    cleaned = cleaned_orders(
        {
            "customerID:id": ["VINET", "VINET", "TOMSP"],
            "orderDate:date": days("1996-07-04", "1996-07-04", "1996-07-05"),
            "unitPrice:money": money("14.00", "9.80", "16.80"),
            "quantity:quantity": money("12", "10", "15"),
            "discount:share": money("0", None, "0.15"),
        }
    )
    assert cleaned.table["amount"].to_pylist() == [Decimal("168.00"), Decimal("98.00"), Decimal("214.20")]


def test_the_amount_as_given_wins_over_quantity_times_price():
    cleaned = cleaned_orders(
        three_lines() | {"数量:quantity": money("1", "1", "1"), "单价:money": money("999", "999", "999")}
    )
    assert cleaned.table["amount"].to_pylist() == [Decimal("100.50"), Decimal("20.00"), Decimal("-5.25")]
    assert cleaned.table["unit_price"].to_pylist() == ["999", "999", "999"]


@pytest.mark.parametrize(
    ("columns", "costs"),
    [
        ({"成本:money": money("60", "12.5", None)}, ["60.00", "12.50", None]),
        (
            {"数量:quantity": money("2", "1", "-1"), "单位成本:money": money("30.25", "12", "3")},
            ["60.50", "12.00", "-3.00"],
        ),
        ({"利润:money": money("40.50", "-8", "-1.25")}, ["60.00", "28.00", "-4.00"]),
    ],
)
def test_cost_is_given_or_from_unit_cost_or_what_profit_leaves(columns, costs):
    cleaned = cleaned_orders(three_lines() | columns)
    assert [None if cost is None else str(cost) for cost in cleaned.table["cost"].to_pylist()] == costs
    assert {"profit", "unit_cost"}.isdisjoint(cleaned.table.column_names)


@pytest.mark.parametrize(
    ("figures", "scale"),
    [
        (("1", "2", "3"), 2),
        (("1.5", "2.25", "3.125"), 3),
        (("1.2500", "2", "3"), 2),
        (("0.000001", "2", "3"), 6),
        (("0.0000014", "2", "3"), 6),
        (("9999999999999.5", "2.12345", "3"), 5),
    ],
)
def test_money_has_as_many_places_as_the_data_needs_from_two_to_six(figures, scale):
    cleaned = cleaned_orders(three_lines(金额__money=money(*figures)))
    assert cleaned.table.schema.field("amount").type == pa.decimal128(18, scale)


def test_places_beyond_the_sixth_are_rounded_half_away_from_zero():
    cleaned = cleaned_orders(three_lines(金额__money=money("0.0000005", "-0.0000005", "1")))
    assert cleaned.table["amount"].to_pylist() == [Decimal("0.000001"), Decimal("-0.000001"), Decimal("1.000000")]


def test_an_amount_no_ledger_could_hold_is_set_aside():
    cleaned = cleaned_orders(three_lines(金额__money=money("1" + "0" * 16, "2", "3")))
    assert cleaned.facts.set_aside == {"amount": 1}


def test_amounts_that_came_as_floats_whole_numbers_or_plain_text_are_read():
    for cells in ([100.1, 20.0, float("nan")], [100, 20, None], ["100.1", " 20 ", "about 5"]):
        orders = reading_of(three_lines(金额__money=cells))
        mapping = Mapping("orders", {"customer_id": "客户编号", "order_date": "下单日期", "amount": "金额"})
        cleaned = clean_orders(orders, mapping)
        assert cleaned.facts.set_aside == {"amount": 1}
        assert cleaned.table["amount"].to_pylist()[1] == 20


def test_iso_dates_that_came_as_text_are_read_and_other_text_is_set_aside():
    orders = reading_of(three_lines(下单日期__text=["2024-01-05", "年初", "2024-02-01"]))
    mapping = Mapping("orders", {"customer_id": "客户编号", "order_date": "下单日期", "amount": "金额"})
    cleaned = clean_orders(orders, mapping)
    assert cleaned.table["order_date"].to_pylist() == [date(2024, 1, 5), date(2024, 2, 1)]
    assert cleaned.facts.set_aside == {"date": 1}


def test_the_clock_is_left_out_of_the_order_date():
    times = [datetime(1969, 12, 31, 23, 59, 59), datetime(2024, 1, 6), datetime(2024, 2, 1, 0, 0, 1)]
    cleaned = cleaned_orders(three_lines(下单日期__date=times))
    assert cleaned.table["order_date"].to_pylist() == [date(1969, 12, 31), date(2024, 1, 6), date(2024, 2, 1)]


def test_other_columns_follow_as_text_under_names_of_their_own():
    orders = reading_of(
        three_lines()
        | {"Amount:money": money("1.50", "2.25", "3"), "送达:date": days("2024-01-09", None, "2024-02-03")}
    )
    mapping = Mapping(
        "orders",
        {"customer_id": "客户编号", "order_date": "下单日期", "amount": "金额"},
        unmapped=("Amount", "送达"),
    )
    table = clean_orders(orders, mapping).table
    assert table.column_names == ["customer_id", "order_date", "amount", "Amount_2", "送达"]
    assert table["Amount_2"].to_pylist() == ["1.50", "2.25", "3.00"]
    assert table["送达"].to_pylist() == ["2024-01-09", None, "2024-02-03"]


def test_without_a_number_the_name_identifies_the_customer():
    cleaned = cleaned_orders(
        {
            "客户名称:name": ["甲公司 ", "乙公司", "甲公司"],
            "日期:date": days("2024-01-05", "2024-01-06", "2024-02-01"),
            "销售额:money": money("1", "2", "3"),
        }
    )
    assert cleaned.table["customer_id"].to_pylist() == ["甲公司", "乙公司", "甲公司"]


def test_an_amount_column_without_an_amount_is_named():
    with pytest.raises(DataProblem) as problem:
        cleaned_orders(three_lines(金额__money=[float("nan")] * 3))
    assert problem.value.code is Problem.NO_AMOUNT
    assert problem.value.facts == {"headers": ["金额"]}


def test_a_file_without_a_usable_line_says_why():
    with pytest.raises(DataProblem) as problem:
        cleaned_orders(
            three_lines(客户编号__id=[None, None, "C3"], 下单日期__date=days("2024-01-05", "2024-01-06", None))
        )
    assert problem.value.code is Problem.NO_USABLE_ROWS
    assert problem.value.facts == {"set_aside": {"date": 1, "no_customer": 2}}


def cleaned_customers(columns, **reading):
    rows = reading_of(columns, **reading)
    return clean_customers(rows, suggest_mapping(rows, role="customers"), "customers.csv")


def test_a_customers_file_becomes_texts_dates_and_numbers():
    cleaned = cleaned_customers(
        {
            "客户编号:id": ["C1", "C2"],
            "客户名称:name": ["甲公司", None],
            "企业规模:category": ["大型", "小型"],
            "满意度:quantity": money("8.5", None),
            "信用等级:category": ["AA", "B"],
            "合同到期日:date": days("2025-12-31", None),
            "年销售额:money": money("120000.10", "5"),
            "拜访次数:quantity": money("3", "4"),
            "建立:date": days("2020-01-01", "2021-01-01"),
        }
    )
    assert cleaned.table.to_pylist()[0] == {
        "customer_id": "C1",
        "customer_name": "甲公司",
        "size": "大型",
        "satisfaction": 8.5,
        "credit": "AA",
        "contract_end": date(2025, 12, 31),
        "annual_revenue": 120000.10,
        "interactions": 3.0,
        "建立": date(2020, 1, 1),
    }
    assert cleaned.facts.used == 2


def test_null_says_nothing_in_a_class_but_is_a_name_in_a_name():
    cleaned = cleaned_customers(
        {
            "customerID:id": ["NULL", "B"],
            "companyName:name": ["nan", "N/A"],
            "region:category": ["NULL", "BC"],
            "industry:category": ["n/a", "-"],
        }
    )
    assert cleaned.table.to_pylist() == [
        {"customer_id": "NULL", "customer_name": "nan", "region": None, "industry": None},
        {"customer_id": "B", "customer_name": "N/A", "region": "BC", "industry": None},
    ]


def test_several_spend_columns_add_up_to_annual_revenue():
    rows = reading_of(
        {"id:id": ["1", "2", "3"], "Fresh:money": money("0.1", None, None), "Milk:money": money("0.2", "7", None)}
    )
    mapping = Mapping("customers", {"customer_id": "id", "annual_revenue": ("Fresh", "Milk")})
    assert clean_customers(rows, mapping).table["annual_revenue"].to_pylist() == [0.3, 7.0, None]


def test_a_customer_listed_twice_with_other_values_is_kept_once_and_shown():
    cleaned = cleaned_customers(
        {
            "客户编号:id": ["C1", "C2", "C1", "C1", None, "C2"],
            "行业:category": ["化工", "电子", "化工", "医药", "电子", "电子"],
            "城市:category": [None, "苏州", "杭州", "宁波", "苏州", "苏州"],
        }
    )
    assert cleaned.table.to_pylist() == [
        {"customer_id": "C2", "industry": "电子", "city": "苏州"},
        {"customer_id": "C1", "industry": "化工", "city": "杭州"},
    ]
    assert cleaned.set_aside.select(["line", "reason", "城市"]).to_pylist() == [
        {"line": 2, "reason": "duplicate", "城市": None},
        {"line": 5, "reason": "duplicate", "城市": "宁波"},
        {"line": 6, "reason": "no_customer", "城市": "苏州"},
    ]
    assert cleaned.facts.used == 3  # the row that repeats C2 word for word is used: nothing in it is lost


rows = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2", "C3", " ", None]),
        st.sampled_from([*days("2024-01-05", "2024-01-06"), None]),
        st.sampled_from(money("1", "-2.5", "0.333", None)),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_row_order_changes_no_line_and_no_count(lines, chance):
    shuffled = lines.copy()
    chance.shuffle(shuffled)
    first, second = _attempt(lines), _attempt(shuffled)
    assert first == second


@settings(max_examples=60, deadline=None)
@given(rows)
def test_used_and_set_aside_add_up_and_amounts_are_kept_to_the_last_place(lines):
    usable = [line for line in lines if line[0] and line[0].strip() and line[1] and line[2] is not None]
    outcome = _attempt(lines)
    if any(amount is not None for _, _, amount in lines) and usable:
        counts, table = outcome
        assert counts["used"] + sum(counts["set_aside"].values()) == len(lines)
        assert sum(line["amount"] for line in table) == sum(amount for _, _, amount in usable)
    else:
        assert outcome in (Problem.NO_AMOUNT, Problem.NO_USABLE_ROWS)


def _attempt(lines):
    customers, dates, amounts = ([line[place] for line in lines] for place in range(3))
    table = pa.table(
        {
            "customer": pa.array(customers, pa.string()),
            "date": pa.array(dates, pa.date32()),
            "amount": pa.array(amounts, pa.decimal128(18, 3)),
        }
    )
    orders = reading_of({"customer:id": ["x"], "date:date": days("2024-01-01"), "amount:money": money("1")})
    orders = type(orders)(
        "loads", table, pa.array(range(len(lines)), pa.int32()), orders.columns, (), {"header_row": 1}
    )
    mapping = Mapping("orders", {"customer_id": "customer", "order_date": "date", "amount": "amount"})
    try:
        cleaned = clean_orders(orders, mapping)
    except DataProblem as problem:
        return problem.code
    return {"used": cleaned.facts.used, "set_aside": cleaned.facts.set_aside}, sorted(lines_of(cleaned), key=str)


customer_rows = st.lists(
    st.tuples(st.sampled_from(["C1", "C2"]), st.sampled_from(["x", "y", None]), st.sampled_from(["p", None])),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(customer_rows, st.randoms(use_true_random=False))
def test_which_of_two_rows_of_a_customer_is_kept_does_not_depend_on_row_order(lines, chance):
    shuffled = lines.copy()
    chance.shuffle(shuffled)
    assert _kept(lines) == _kept(shuffled)


def _kept(lines):
    ids, industries, cities = ([line[place] for line in lines] for place in range(3))
    cleaned = cleaned_customers({"客户编号:id": ids, "行业:category": industries, "城市:category": cities})
    assert cleaned.facts.used + sum(cleaned.facts.set_aside.values()) == len(lines)
    return sorted(cleaned.table.to_pylist(), key=str)
