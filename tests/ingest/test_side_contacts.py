"""Tickets, contacts and outside data beside orders and customers."""

from __future__ import annotations

import hashlib
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest
from readings import days, money, reading_of

from tiering.evaluate import evaluate
from tiering.ingest import build_dataset, suggest_mapping
from tiering.ingest.clean.side_tables.contacts import contact_figures
from tiering.ingest.clean.side_tables.figures import annual_orders, with_figures
from tiering.ingest.meaning.suggestion import possible_roles
from tiering.scenario import Scenario

TICKETS = {
    "工单号:id": ["T1", "T2", "T3", "T4", "T5"],
    "客户编号:id": ["C1", "C1", "C2", "C1", "C7"],
    "报修日期:date": days("2024-01-05", "2024-02-05", "2024-03-01", "2022-01-01", "2024-03-02"),
    "工单类型:category": ["设备故障", "投诉", "使用咨询", "设备故障", "设备故障"],
    "响应时长:quantity": [5.0, 30.0, 2.0, 99.0, 1.0],
    "承诺响应时长:quantity": [24.0, 24.0, 24.0, 24.0, 24.0],
}
VISITS = {
    "客户编号:id": ["C1", "C1", "C2", "C1"],
    "拜访日期:date": days("2024-01-05", "2024-02-05", "2024-03-01", "2024-03-02"),
    "拜访类型:category": ["上门", "电话", "产品培训", "上门"],
}


def source(name, columns, role=None):
    read = reading_of(columns)
    return read, suggest_mapping(read, role), hashlib.sha256(name.encode()).hexdigest(), name


def orders():
    columns = {
        "客户编号:id": ["C1", "C1", "C1", "C1", "C2", "C3"],
        "下单日期:date": days("2023-06-01", "2023-09-01", "2024-01-05", "2024-03-31", "2024-02-06", "2021-03-31"),
        "金额:money": money("100", "50", "20", "10", "20", "3"),
    }
    return source("orders.csv", columns)


def customers(ids=("C1", "C2", "C3", "P1"), **further):
    columns = {"客户编号:id": list(ids), "规模:category": ["大型", "小型", "中型", "大型"][: len(ids)]}
    return source("customers.csv", columns | further, "customers")


def rows_of(table):
    return {row.pop("customer_id"): row for row in table.to_pylist()}


def column(dataset, name):
    told = with_figures(dataset, dataset.last_order_date).customers
    return {key: row.get(name) for key, row in rows_of(told).items()}


@pytest.mark.parametrize("columns", [TICKETS, VISITS])
def test_dated_lines_about_service_or_visits_are_contacts(columns):
    assert possible_roles(reading_of(columns)) == ("contacts",)


def test_a_customers_file_with_a_creation_date_and_a_type_stays_customers():
    listed = {
        "客户编号:id": ["C1", "C2"],
        "创建时间:date": days("2020-01-01", "2021-01-01"),
        "类型:category": ["直销", "渠道"],
        "跟进人:name": ["张三", "李四"],
    }
    assert possible_roles(reading_of(listed)) == ("customers",)


def test_tickets_are_counted_by_kind_in_the_year_up_to_the_last_order():
    dataset = build_dataset([orders(), customers(), source("tickets.csv", TICKETS)])
    assert column(dataset, "tickets") == {"C1": 2, "C2": 1, "C3": 0, "P1": None}
    assert column(dataset, "complaints") == {"C1": 1, "C2": 0, "C3": 0, "P1": None}
    assert column(dataset, "late_response_share") == {"C1": 0.5, "C2": 0, "C3": None, "P1": None}
    assert dataset.side_accounts[0].strangers == ("C7",)
    assert dataset.side_accounts[0].silent == ("C3", "P1")


def test_a_prospect_earns_no_merit_by_having_no_tickets():
    dataset = build_dataset([orders(), customers(), source("tickets.csv", TICKETS)])
    assert column(dataset, "tickets")["P1"] is None


def test_faults_are_told_per_order_of_the_year():
    dataset = build_dataset([orders(), customers(), source("tickets.csv", TICKETS)])
    assert column(dataset, "fault_rate") == {"C1": 1 / 4, "C2": 0, "C3": None, "P1": None}


def test_orders_of_a_year_are_counted_by_number_else_by_day():
    told = annual_orders(build_dataset([orders()]).orders, date(2024, 3, 31))
    assert told.to_dict() == {"C1": 4, "C2": 1, "C3": 0}


def test_visits_and_trainings_are_counted_apart_and_nothing_else_is_told():
    dataset = build_dataset([orders(), customers(), source("visits.csv", VISITS)])
    assert column(dataset, "interactions") == {"C1": 3, "C2": 0, "C3": 0, "P1": 0}
    assert column(dataset, "participation") == {"C1": 0, "C2": 1, "C3": 0, "P1": 0}
    assert dataset.side_accounts[0].gave == ("interactions", "participation")


def test_a_word_that_says_late_counts_before_hours():
    columns = {key: TICKETS[key] for key in ("客户编号:id", "报修日期:date")} | {
        "是否按时响应:category": ["是", "否", "否", "是", "待定"]
    }
    read = reading_of(columns)
    dataset = build_dataset([orders(), (read, suggest_mapping(read, "contacts"), "0", "t.csv")])
    assert column(dataset, "late_response_share") == {"C1": 0.5, "C2": 1, "C3": None}


def test_opinions_are_means_of_numbers_and_the_word_said_most():
    told = contact_figures(
        pa.table({"customer_id": ["A", "A", "B"], "feedback": ["好", "差", "好"], "satisfaction": [1.0, 4.0, None]}),
        None,
    ).set_index("customer_id")
    assert told["feedback"].to_dict() == {"A": "好" if "好" < "差" else "差", "B": "好"}
    assert told["satisfaction"].iloc[0] == 2.5
    assert pd.isna(told["satisfaction"].iloc[1])


def test_outside_data_bring_prospects_and_fill_gaps_without_overruling_the_customers_file():
    outside = {
        "客户编号:id": ["C1", "X9"],
        "注册资本:money": money("500", "900"),
        "规模:category": ["小型", "大型"],
        "行业:category": ["化工", "电子"],
    }
    assert possible_roles(reading_of(outside)) == ("attributes",)
    dataset = build_dataset([orders(), customers(), source("outside.csv", outside)])
    rows = rows_of(dataset.customers)
    assert rows["C1"]["size"] == "大型"
    assert rows["C1"]["industry"] == "化工"
    assert rows["X9"]["注册资本"] == 900
    (told,) = dataset.side_accounts
    assert (told.kept, told.strangers) == (("size",), ("X9",))
    assert told.silent == ("C2", "C3", "P1")


def test_the_order_of_the_files_changes_nothing():
    files = [orders(), customers(), source("tickets.csv", TICKETS), source("visits.csv", VISITS)]
    told, turned = build_dataset(files), build_dataset(files[::-1])
    assert rows_of(told.customers) == rows_of(turned.customers)
    assert told.side_accounts == turned.side_accounts
    assert told.fingerprint == turned.fingerprint


def test_indicators_unlock_by_the_tables_beside():
    alone = evaluate(build_dataset([orders(), customers()]), Scenario())
    joined = evaluate(build_dataset([orders(), customers(), source("tickets.csv", TICKETS)]), Scenario())
    unlocked = set(joined.base.matrix.keys) - set(alone.base.matrix.keys)
    assert unlocked == {"tickets", "complaints", "late_response_share", "fault_rate"}


def test_no_line_of_contacts_is_lost():
    blank = {key: [*cells, None] for key, cells in TICKETS.items()}
    dataset = build_dataset([orders(), source("tickets.csv", blank)])
    facts = dataset.sources[1]
    assert (facts.read, facts.used, facts.set_aside) == (7, 5, {"no_customer": 1})
