"""Payments beside orders and customers: three receivables a person can count, and a list that could be either."""

from __future__ import annotations

import hashlib
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import days, money, reading_of

from tiering.ingest import build_dataset, suggest_mapping
from tiering.ingest.clean.side_tables.cleaning import clean_payments
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.ingest.clean.side_tables.payments import payment_figures
from tiering.ingest.meaning.suggestion import possible_roles
from tiering.problems import DataProblem, Problem

RECEIVABLES = {
    "客户编号:id": ["C1", "C1", "C1", "C2", "C9"],
    "应收金额:money": money("100", "300", "600", "50", "10"),
    "应付日期:date": days("2024-02-01", "2024-03-01", "2024-06-30", "2024-03-10", "2024-01-01"),
    "付款日期:date": days("2024-02-11", None, None, "2024-03-10", "2024-01-01"),
}


def source(name, columns, role=None, **reading):
    read = reading_of(columns, **reading)
    return read, suggest_mapping(read, role), hashlib.sha256(name.encode()).hexdigest(), name


def orders():
    return source(
        "orders.csv",
        {
            "客户编号:id": ["C1", "C2", "C3"],
            "下单日期:date": days("2024-01-05", "2024-02-06", "2024-03-31"),
            "金额:money": money("100", "20", "3"),
        },
    )


def customers(**further):
    return source(
        "customers.csv", {"客户编号:id": ["C1", "C2"], "行业:category": ["化工", "电子"], **further}, "customers"
    )


def rows_of(table):
    return {row.pop("customer_id"): row for row in table.to_pylist()}


def told_of(dataset):
    return rows_of(with_figures(dataset, dataset.last_order_date).customers)


def figures(columns, as_of="2024-03-31"):
    reading = reading_of(columns)
    cleaned = clean_payments(reading, suggest_mapping(reading, "payments"))
    return payment_figures(cleaned.table, date.fromisoformat(as_of)).set_index("customer_id")


def test_a_list_of_what_is_due_and_paid_is_recognised_as_payments():
    read = reading_of(RECEIVABLES)
    assert possible_roles(read) == ("payments",)
    assert suggest_mapping(read).columns == {
        "customer_id": "客户编号",
        "due_date": "应付日期",
        "paid_date": "付款日期",
        "due_amount": "应收金额",
    }


def test_an_invoice_list_with_due_and_paid_dates_could_be_either():
    invoices = {
        "Invoice No:id": ["1", "2", "3"],
        "Customer ID:id": ["a", "b", "a"],
        "Invoice Date:date": days("2024-01-01", "2024-01-02", "2024-01-03"),
        "Due Date:date": days("2024-02-01", "2024-02-02", "2024-02-03"),
        "Paid Date:date": days("2024-02-01", None, None),
        "Amount:money": money("1", "2", "3"),
    }
    read = reading_of(invoices)
    assert possible_roles(read) == ("orders", "payments")
    assert suggest_mapping(read).role == "orders"
    assert suggest_mapping(read, "payments").headers("invoice_date") == ("Invoice Date",)


@pytest.mark.parametrize("header", ["Required Date", "Shipped Date", "付款时间"])
def test_orders_with_another_date_stay_orders(header):
    read = reading_of(
        {
            "客户编号:id": ["C1", "C1"],
            "下单日期:date": days("2024-01-05", "2024-01-06"),
            f"{header}:date": days("2024-01-07", "2024-01-09"),
            "金额:money": money("1", "2"),
        }
    )
    assert possible_roles(read) == ("orders",)


def test_late_is_counted_up_to_the_day_and_only_for_what_was_due():
    of_c1 = figures(RECEIVABLES).loc["C1"]
    assert of_c1["overdue_days"] == (10 + 30) / 2  # paid ten days late; open for thirty; the third is not due yet
    assert of_c1["overdue_share"] == 300 / 900
    assert of_c1["on_time_payment_share"] == 0


def test_what_is_paid_when_due_is_on_time():
    of_c2 = figures(RECEIVABLES).loc["C2"]
    assert of_c2.to_dict() == {"overdue_days": 0, "overdue_share": 0, "on_time_payment_share": 1}


def test_a_payment_after_the_day_is_still_open_on_it():
    assert figures(RECEIVABLES, "2024-02-05").loc["C1", "overdue_share"] == 100 / 1000
    assert figures(RECEIVABLES, "2024-02-05").loc["C1", "overdue_days"] == 4


def test_what_was_due_more_than_a_year_ago_counts_only_while_it_is_open():
    late = {
        "客户编号:id": ["A", "B"],
        "应付日期:date": days("2022-01-01", "2022-01-01"),
        "付款日期:date": days("2022-03-01", None),
    }
    told = figures(late)
    assert pd.isna(told.loc["A", "overdue_days"])
    assert told.loc["B", "overdue_days"] == (date(2024, 3, 31) - date(2022, 1, 1)).days


def test_part_payments_leave_the_rest_open():
    part = {
        "客户编号:id": ["A"],
        "应收金额:money": money("100"),
        "已收金额:money": money("60"),
        "应付日期:date": days("2024-03-01"),
        "付款日期:date": days("2024-02-20"),
    }
    told = figures(part).loc["A"]
    assert told["overdue_share"] == 1
    assert told["overdue_days"] == 30
    assert told["on_time_payment_share"] == 0


def test_terms_stand_for_the_due_date_and_days_to_pay_run_from_the_invoice():
    terms = {
        "客户编号:id": ["A", "A"],
        "开票日期:date": days("2024-01-01", "2024-01-01"),
        "账期:quantity": [30, 10],
        "付款日期:date": days("2024-01-21", "2024-01-31"),
    }
    told = figures(terms).loc["A"]
    assert told["payment_days"] == 25
    assert told["on_time_payment_share"] == 0.5
    assert told["overdue_days"] == 10


def test_a_summary_of_overdue_money_is_taken_at_its_word():
    summary = {
        "客户编号:id": ["A", "B"],
        "应收余额:money": money("100", "100"),
        "逾期金额:money": money("40", "0"),
        "逾期天数:quantity": [15, 0],
    }
    told = figures(summary)
    assert told["overdue_share"].to_list() == [0.4, 0.0]
    assert told["overdue_days"].to_list() == [15, 0]


def test_credit_notes_count_in_no_figure():
    notes = {key: list(cells) for key, cells in RECEIVABLES.items()}
    for key, cell in zip(notes, ("C2", money("-40")[0], *days("2024-01-01", None)), strict=True):
        notes[key].append(cell)
    pd.testing.assert_frame_equal(figures(notes), figures(RECEIVABLES))


def test_without_a_word_on_payment_nothing_is_called_overdue():
    due = {"客户编号:id": ["A"], "应付日期:date": days("2024-01-01"), "应收金额:money": money("5")}
    assert list(figures(due).columns) == []


def test_payments_become_columns_of_the_known_customers():
    dataset = build_dataset([orders(), customers(), source("payments.csv", RECEIVABLES)])
    rows = told_of(dataset)
    assert sorted(rows) == ["C1", "C2"]
    assert rows["C1"]["overdue_days"] == 20
    (told,) = dataset.side_accounts
    assert (told.role, told.as_of) == ("payments", date(2024, 3, 31))
    assert told.gave == ("overdue_days", "overdue_share", "on_time_payment_share")
    assert (told.strangers, told.silent) == (("C9",), ("C3",))


def test_a_column_of_the_customers_file_stands():
    own = customers(**{"逾期天数:quantity": [7, None]})
    dataset = build_dataset([orders(), own, source("payments.csv", RECEIVABLES)])
    assert [row["overdue_days"] for row in told_of(dataset).values()] == [7, None]
    assert dataset.side_accounts[0].kept == ("overdue_days",)
    assert "overdue_days" not in dataset.side_accounts[0].gave


def test_every_line_of_payments_is_accounted_for():
    lines = {key: list(cells) for key, cells in RECEIVABLES.items()}
    for key, cells in zip(lines, (None, money("1")[0], *days("2024-01-01", None)), strict=True):
        lines[key].append(cells)
    for key, cells in zip(lines, ("C1", money("1")[0], None, None), strict=True):
        lines[key].append(cells)
    for key, cells in zip(lines, ("C1", None, *days("2024-01-01", None)), strict=True):
        lines[key].append(cells)
    dataset = build_dataset([orders(), source("payments.csv", lines)])
    facts = dataset.sources[1]
    assert (facts.role, facts.read, facts.header, facts.used) == ("payments", 9, 1, 5)
    assert facts.set_aside == {"amount": 1, "date": 1, "no_customer": 1}
    assert dataset.set_aside["reason"].to_pylist() == ["no_customer", "date", "amount"]


def test_a_list_by_names_finds_the_customers_of_these_names():
    named = customers(**{"客户名称:name": ["甲公司", "乙公司"]})
    lines = {"客户名称:name": ["甲公司", "丁公司"]} | {
        key: cells[:2] for key, cells in RECEIVABLES.items() if key != "客户编号:id"
    }
    dataset = build_dataset([named, source("payments.csv", lines)])
    assert told_of(dataset)["C1"]["overdue_days"] == 10
    assert dataset.side_accounts[0].strangers == ("丁公司",)


def test_payments_without_a_day_to_judge_by_say_what_is_missing():
    with pytest.raises(DataProblem) as caught:
        build_dataset([source("p.csv", {"客户编号:id": ["A"], "应收金额:money": money("5")}, "payments")])
    assert caught.value.code == Problem.MISSING_COLUMNS
    assert caught.value.facts["missing"] == ["due_date"]


def test_payments_alone_make_customers():
    dataset = build_dataset([source("payments.csv", RECEIVABLES)])
    assert sorted(rows_of(dataset.customers)) == ["C1", "C2", "C9"]
    assert dataset.side_accounts[0].as_of == date(2024, 3, 10)
    assert dataset.side_accounts[0].strangers == ()


receivables = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.integers(1, 500),
        st.dates(date(2023, 1, 1), date(2024, 6, 30)),
        st.none() | st.dates(date(2023, 1, 1), date(2024, 6, 30)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(receivables, st.randoms(use_true_random=False))
def test_shares_lie_between_none_and_all_whatever_the_order_of_lines(lines, chance):
    def told(rows):
        names = ("customer_id", "due_amount", "due", "paid_date")
        table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        table = table.set_column(3, "paid_date", table["paid_date"].cast(pa.date32()))
        return payment_figures(table, date(2024, 3, 31))

    found = told(lines)
    for name in {"overdue_share", "on_time_payment_share"} & set(found):
        assert found[name].dropna().between(0, 1).all()
    shuffled = list(lines)
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(told(shuffled), found)
