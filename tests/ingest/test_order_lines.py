from decimal import Decimal

import pyarrow.compute as pc
import pytest
from readings import days, money, reading_of

from tiering.ingest import build_dataset, clean_orders, join_order_lines, suggest_mapping
from tiering.ingest.clean.order_lines import Mapped, are_headers_and_lines
from tiering.ingest.reading import SetAside
from tiering.problems import DataProblem, Problem


def headers(numbers=("10248", "10249", "10250"), **more):
    count = len(numbers)
    columns = {
        "orderID:id": list(numbers),
        "customerID:id": ["VINET", "TOMSP", "HANAR"][:count],
        "orderDate:date": days("1996-07-04", "1996-07-05", "1996-07-08")[:count],
        "freight:money": money("32.38", "11.61", "65.83")[:count],
        "shipCountry:category": ["France", "Germany", "Brazil"][:count],
    }
    return reading_of(columns, **more)


def lines(numbers=("10249", "10248", "10248", "99999"), **more):
    columns = {
        "orderID:id": list(numbers),
        "productID:id": ["11", "42", "72", "14"],
        "unitPrice:money": money("14.00", "9.80", "34.80", "18.60"),
        "quantity:quantity": money("12", "10", "5", "9"),
        "discount:share": money("0", "0", "0.1", "0"),
    }
    return reading_of(columns, **more)


def sources(*readings):
    return [(reading, suggest_mapping(reading), str(place), f"file{place}") for place, reading in enumerate(readings)]


def test_each_line_gets_the_customer_and_the_date_of_its_order():
    reading = join_order_lines(headers(), lines())
    assert reading.table.select(["orderID", "customerID", "quantity", "shipCountry"]).to_pylist() == [
        {"orderID": "10249", "customerID": "TOMSP", "quantity": Decimal(12), "shipCountry": "Germany"},
        {"orderID": "10248", "customerID": "VINET", "quantity": Decimal(10), "shipCountry": "France"},
        {"orderID": "10248", "customerID": "VINET", "quantity": Decimal(5), "shipCountry": "France"},
        {"orderID": "99999", "customerID": None, "quantity": Decimal(9), "shipCountry": None},
    ]
    assert [column.name for column in reading.columns] == reading.table.column_names
    assert reading.lines.to_pylist() == [2, 3, 4, 5]


def test_headers_without_lines_and_lines_without_header_are_listed_and_all_lines_counted():
    reading = join_order_lines(headers(), lines(excluded={"total": 1}, set_aside=[SetAside(9, "cells", "x")]))
    cleaned = clean_orders(reading, suggest_mapping(reading))
    assert cleaned.facts.set_aside == {"cells": 1, "missing": 1, "no_customer": 1}
    assert cleaned.facts.excluded == {"joined": 2, "total": 1}
    assert (cleaned.facts.used, cleaned.facts.header, cleaned.facts.read) == (3, 2, 4 + 7)
    missing = [row for row in cleaned.set_aside.to_pylist() if row["reason"] == "missing"]
    assert [(row["line"], row["raw"]) for row in missing] == [(4, "10250,HANAR,1996-07-08,65.83,Brazil")]


def test_header_and_line_files_dropped_together_make_one_dataset_in_any_order():
    for files in ([headers(), lines()], [lines(), headers()]):
        dataset = build_dataset(sources(*files))
        assert pc.sum(dataset.orders["amount"]).as_py() == Decimal("422.6")
        assert len(dataset.sources) == 1
        assert dataset.customers.select(["customer_id", "country"]).to_pylist() == [
            {"customer_id": "TOMSP", "country": "Germany"},
            {"customer_id": "VINET", "country": "France"},
        ]


def test_the_total_of_an_order_is_not_counted_once_per_line():
    totals = reading_of(
        {
            "订单号:id": ["1", "2"],
            "客户名称:name": ["甲", "乙"],
            "订单日期:date": days("2024-01-01", "2024-01-02"),
            "订单金额:money": money("30", "5"),
        }
    )
    details = reading_of(
        {"订单号:id": ["1", "1", "2"], "产品名称:name": ["a", "b", "a"], "金额:money": money("10", "20", "5")}
    )
    dataset = build_dataset(sources(totals, details))
    assert pc.sum(dataset.orders["amount"]).as_py() == 35
    assert dataset.orders["订单金额"].to_pylist() == ["30", "30", "5"]


def test_a_column_that_both_files_have_is_kept_twice():
    both = reading_of(
        {"orderID:id": ["1"], "customerID:id": ["A"], "orderDate:date": days("2024-01-01"), "remark:text": ["h"]}
    )
    details = reading_of({"orderID:id": ["1"], "amount:money": money("3"), "remark:text": ["l"]})
    reading = join_order_lines(both, details)
    assert reading.table.select(["remark", "remark_2"]).to_pylist() == [{"remark": "l", "remark_2": "h"}]


def test_a_missing_order_number_joins_nothing():
    reading = join_order_lines(headers(("10248", None, "10250")), lines(("10248", None, None, "10250")))
    assert reading.table["customerID"].to_pylist() == ["VINET", None, None, "HANAR"]


def test_only_files_that_complete_each_other_are_joined():
    def pair(one, other):
        return are_headers_and_lines(*(Mapped(file, suggest_mapping(file)) for file in (one, other)))

    assert pair(headers(), lines())
    assert not pair(lines(), headers())
    assert not pair(headers(), headers())
    assert not pair(headers(), lines(("1", "2", "3", "4")))
    assert not pair(headers(("10248", "10248", "10249")), lines())


def test_a_file_without_order_numbers_cannot_be_joined():
    numberless = reading_of({"customerID:id": ["A", "A"], "orderDate:date": days("2024-01-01", "2024-01-02")})
    with pytest.raises(DataProblem) as problem:
        join_order_lines(numberless, lines())
    assert problem.value.code is Problem.MISSING_COLUMNS
    assert problem.value.facts == {"missing": ["order_id"], "found": ["customerID", "orderDate"]}
