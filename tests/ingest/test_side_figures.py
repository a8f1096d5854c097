"""What payments and contacts tell follows the day, the window and who is counted as one customer."""

from __future__ import annotations

import hashlib
from datetime import date

import numpy as np
import pytest
from readings import days, money, reading_of

from tiering.evaluate import evaluate
from tiering.ingest import build_dataset, suggest_mapping
from tiering.ingest.clean.merging import merged
from tiering.ingest.clean.population import without
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.movement.chain import bases_at
from tiering.scenario import Scenario
from tiering.scenario.population import Population

# C1 pays the first invoice ten days late and never the second; C2 pays in time
PAYMENTS = {
    "客户编号:id": ["C1", "C1", "C2"],
    "开票日期:date": days("2024-01-01", "2024-02-01", "2024-01-01"),
    "应付日期:date": days("2024-02-01", "2024-03-01", "2024-03-10"),
    "应收金额:money": money("100", "300", "50"),
    "付款日期:date": days("2024-02-11", None, "2024-03-10"),
}
# C1 two faults in January and one in March, C2 none but a question
TICKETS = {
    "客户编号:id": ["C1", "C1", "C1", "C2"],
    "报修日期:date": days("2024-01-10", "2024-01-20", "2024-03-05", "2024-03-06"),
    "工单类型:category": ["设备故障", "设备故障", "设备故障", "使用咨询"],
    "响应时长:quantity": [5.0, 30.0, 2.0, 9.0],
}
ORDERS = {
    "客户编号:id": ["C1", "C1", "C2", "C2"],
    "订单编号:id": ["O1", "O2", "O3", "O4"],
    "下单日期:date": days("2023-04-05", "2024-01-05", "2024-02-06", "2024-03-31"),
    "金额:money": money("100", "60", "20", "3"),
}


def source(name, columns, role=None):
    read = reading_of(columns)
    return read, suggest_mapping(read, role), hashlib.sha256(name.encode()).hexdigest(), name


@pytest.fixture(scope="module")
def dataset():
    return build_dataset([source("o.csv", ORDERS), source("p.csv", PAYMENTS, "payments"), source("t.csv", TICKETS)])


def told(dataset, name, as_of=None, months=12):
    table = with_figures(dataset, as_of, months).customers
    assert table is not None
    return dict(zip(table["customer_id"].to_pylist(), table[name].to_pylist(), strict=True))


def test_what_was_paid_later_is_still_open_on_the_day(dataset):
    assert told(dataset, "overdue_days", date(2024, 2, 6)) == {"C1": 5, "C2": None}
    assert told(dataset, "overdue_days", date(2024, 3, 31)) == {"C1": 20, "C2": 0}


def test_what_was_invoiced_later_is_not_there_yet(dataset):
    # on 20 January only the first two invoices are there, neither is due
    assert told(dataset, "overdue_share", date(2024, 1, 20)) == {"C1": 0, "C2": 0}
    # on 6 February the first is overdue, the second open: 100 of 400
    assert told(dataset, "overdue_share", date(2024, 2, 6)) == {"C1": 0.25, "C2": 0}


def test_tickets_are_those_of_the_window(dataset):
    assert told(dataset, "tickets", date(2024, 3, 31)) == {"C1": 3, "C2": 1}
    assert told(dataset, "tickets", date(2024, 3, 31), months=1) == {"C1": 1, "C2": 1}
    assert told(dataset, "tickets", date(2024, 1, 31)) == {"C1": 2, "C2": None}


def test_faults_are_counted_per_order_of_the_window(dataset):
    assert told(dataset, "fault_rate", date(2024, 3, 31)) == {"C1": 1, "C2": 0}
    assert told(dataset, "fault_rate", date(2024, 3, 5), months=1) == {"C1": None, "C2": 0}


def test_nothing_is_told_of_a_day_before_the_first_ticket(dataset):
    told = with_figures(dataset, date(2023, 12, 31)).customers
    assert told is None or "tickets" not in told.column_names


def test_a_merged_customer_has_the_payments_and_tickets_of_all_its_parts(dataset):
    one = merged(dataset, {"C2": "C1"})
    assert told(one, "tickets", date(2024, 3, 31)) == {"C1": 4}
    assert told(one, "overdue_days", date(2024, 3, 31)) == {"C1": pytest.approx((10 + 30 + 0) / 3)}


def test_who_is_left_out_leaves_no_line_behind(dataset):
    left = without(dataset, ["C1"])
    assert [set(table["customer_id"].to_pylist()) for _, table in left.side_tables] == [{"C2"}, {"C2"}]


def test_the_scenario_decides_day_window_and_merges(dataset):
    def column(scenario):
        customers = evaluate(dataset, scenario).base.customers
        return dict(zip(customers["customer_id"], customers["tickets"], strict=True))

    assert column(Scenario()) == {"C1": 3, "C2": 1}
    assert column(Scenario(window_months=1)) == {"C1": 1, "C2": 1}
    assert column(Scenario(population=Population(merges={"C2": "C1"}))) == {"C1": 4}
    assert column(Scenario(as_of=date(2024, 2, 10))) == {"C1": 2, "C2": 0}


def test_each_date_of_a_series_has_the_figures_of_its_own_day(dataset):
    bases = bases_at(dataset, Scenario(), [date(2024, 2, 10), date(2024, 3, 31)])
    late = [base.customers.set_index("customer_id")["overdue_days"] for base in bases]
    assert [one["C1"] for one in late] == [9, 20]
    assert np.isnan(late[0]["C2"])


def test_without_payments_and_contacts_nothing_changes(dataset):
    plain = build_dataset([source("o.csv", ORDERS)])
    assert with_figures(plain, date(2024, 3, 31)) is plain
