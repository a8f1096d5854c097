"""What holds for any orders: nothing but the orders up to a date, and no accident of the file, decides a figure."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.orders import TURNING_DAYS, days, line, lines, order_files, table
from tiering.metrics import customer_metrics

AS_OF = date(2024, 2, 29)
MONEY = ["revenue", "gross_revenue", "annual_revenue", "annual_gross", "annual_returns", "prior_revenue"]
MONEY += ["average_order_value", "recent_half_revenue", "earlier_half_revenue", "margin"]
law = settings(max_examples=8, deadline=None)


@law
@given(order_files, st.randoms(use_true_random=False))
def test_row_order_changes_nothing(rows, shuffler):
    shuffled = random.Random(shuffler.random()).sample(rows, len(rows))
    pd.testing.assert_frame_equal(
        customer_metrics(table(shuffled), [AS_OF]), customer_metrics(table(rows), [AS_OF]), check_exact=True
    )


@law
@given(order_files, st.lists(days, min_size=2, max_size=4))
def test_many_dates_in_one_pass_equal_one_pass_each(rows, as_of):
    together = customer_metrics(table(rows), as_of)
    apart = pd.concat([customer_metrics(table(rows), [day]) for day in sorted(set(as_of))], ignore_index=True)
    pd.testing.assert_frame_equal(together, apart, check_exact=True)


@law
@given(order_files, days)
def test_what_happens_later_changes_nothing(rows, as_of):
    known = [row for row in rows if row.order_date <= as_of]
    if known:
        pd.testing.assert_frame_equal(
            customer_metrics(table(rows), [as_of]), customer_metrics(table(known), [as_of]), check_exact=True
        )


@law
@given(order_files)
def test_the_unit_of_money_scales_money_alone(rows):
    in_ten_thousands = [
        replace(row, amount=row.amount.scaleb(-4), cost=None if row.cost is None else row.cost.scaleb(-4))
        for row in rows
    ]
    before = customer_metrics(table(rows), [AS_OF])
    after = customer_metrics(table(in_ten_thousands, scale=6), [AS_OF])
    others = [name for name in before.columns if name not in MONEY]
    pd.testing.assert_frame_equal(after[MONEY] * 10_000, before[MONEY], rtol=1e-12)
    pd.testing.assert_frame_equal(after[others], before[others], rtol=1e-12)


@law
@given(order_files, st.sampled_from(TURNING_DAYS))
def test_sums_equal_the_file_to_the_cent(rows, as_of):
    measured = customer_metrics(table(rows), [as_of])
    known = [row.amount for row in rows if row.order_date <= as_of]
    assert sum(Decimal(str(amount)) for amount in measured["revenue"]) == sum(known)
    assert sum(Decimal(str(a)) for a in measured["gross_revenue"]) == sum(amount for amount in known if amount > 0)


@law
@given(order_files)
def test_parts_add_up(rows):
    measured = customer_metrics(table(rows), TURNING_DAYS)
    cents = (measured[MONEY] * 100).round()
    assert (cents["annual_gross"] - cents["annual_returns"] == cents["annual_revenue"]).all()
    assert (cents["recent_half_revenue"] + cents["earlier_half_revenue"] == cents["annual_revenue"]).all()
    assert measured["top_category_share"].dropna().between(0, 1).all()


@law
@given(order_files, lines)
def test_a_sale_more_never_lowers_revenue_or_orders(rows, another):
    sale = line(another.customer_id, "2024-02-01", "5", "new")
    names = ["revenue", "gross_revenue", "annual_revenue", "orders", "annual_orders", "active_months"]
    before = customer_metrics(table(rows), [AS_OF]).set_index("customer_id")[names]
    after = customer_metrics(table([*rows, sale]), [AS_OF]).set_index("customer_id")[names]
    assert (after.loc[before.index] >= before).all(axis=None)


@law
@given(order_files)
def test_the_orders_are_not_touched(rows):
    orders, same = table(rows), table(rows)
    customer_metrics(orders, [AS_OF])
    assert orders.equals(same)


@pytest.mark.parametrize("scale", [2, 3, 4, 5, 6])
def test_every_scale_of_money_is_summed_exactly(scale):
    rows = [line("a", "2024-01-01", f"0.{'0' * (scale - 1)}1") for _ in range(10)] + [
        line("a", "2024-01-02", "0.1")
    ] * 3
    expected = float(Decimal("0.3") + Decimal(10).scaleb(-scale))
    assert customer_metrics(table(rows, scale), [AS_OF])["revenue"].tolist() == [expected]


def test_sums_beyond_64_bits_are_still_right():
    rows = [line(customer, "2024-01-01", amount) for customer, amount in [("a", "9e15"), ("b", "-9e15")] * 20]
    assert customer_metrics(table(rows), [AS_OF])["revenue"].tolist() == [1.8e17, -1.8e17]


def test_customers_are_sorted_by_code_point():
    names = ["b", "B", "a", "é", "10", "9", "客户", "ﬁ", "𐐷"]
    measured = customer_metrics(table([line(name, "2024-01-01", "1") for name in names]), [AS_OF])
    assert measured["customer_id"].tolist() == ["10", "9", "B", "a", "b", "é", "客户", "ﬁ", "𐐷"]


def test_the_same_order_number_under_two_customers_is_an_order_of_each():
    rows = [line("a", "2024-01-01", "1", "77"), line("b", "2024-01-01", "1", "77")]
    assert customer_metrics(table(rows), [AS_OF])["orders"].tolist() == [1, 1]


def test_without_order_numbers_each_day_with_a_sale_is_an_order():
    rows = [line("a", day, "1", "77") for day in ("2024-01-01", "2024-01-01", "2024-01-05")]
    assert customer_metrics(table(rows, without=["order_id"]), [AS_OF])["orders"].tolist() == [2]


def test_columns_the_file_lacks_leave_their_figures_open():
    rows = [line("a", "2024-01-01", "1", "77", category="pump", cost="0.5"), line("b", "2020-01-01", "1")]
    open_figures = customer_metrics(table(rows, without=["category", "cost"]), [AS_OF])
    names = ["categories", "top_category", "top_category_share", "margin", "margin_rate"]
    assert open_figures[names].isna().all(axis=None)
