"""Order lines summed by customer or product, products by tier, roles and flips of rank."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.small_data import order_lines
from tiering.views.abc import rank_flips
from tiering.views.group_tiers import group_totals
from tiering.views.products import RoleRule, buyers, class_purchases, product_figures, product_roles
from tiering.views.sales import Period, sales_by

COLUMNS = ("product", "cost")
ORDERS = order_lines(
    ("a", "2025-01-10", "100.00", "pump", "60.00"),
    ("a", "2025-06-10", "-30.00", "pump", "-18.00"),
    ("b", "2025-06-11", "50.00", "valve", "10.00"),
    ("b", "2024-06-30", "40.00", "pump", "20.00"),
    ("c", "2025-03-01", "-5.00", "valve", None),
    columns=COLUMNS,
)
YEAR = Period.months(date(2025, 6, 30), 12)


def test_returns_are_taken_off_net_and_left_out_gross() -> None:
    net, gross = sales_by(ORDERS, "customer_id", YEAR), sales_by(ORDERS, "customer_id", YEAR, "gross")
    assert net[["item", "revenue"]].values.tolist() == [["a", 70.0], ["b", 50.0], ["c", -5.0]]
    assert gross[["item", "revenue"]].values.tolist() == [["a", 100.0], ["b", 50.0]]


def test_the_first_day_of_a_window_is_out_and_the_last_is_in() -> None:
    assert sales_by(ORDERS, "product", YEAR)["revenue"].sum() == 115.0
    assert sales_by(ORDERS, "product", Period(None, date(2025, 6, 30)))["revenue"].sum() == 155.0
    assert sales_by(ORDERS, "product", Period(None, date(2025, 6, 10)))["revenue"].tolist() == [110.0, -5.0]


def test_margin_is_known_only_where_every_line_has_a_cost() -> None:
    margin = sales_by(ORDERS, "customer_id", YEAR).set_index("item")["margin"]
    assert margin["a"] == pytest.approx(28.0)
    assert np.isnan(margin["c"])
    assert sales_by(ORDERS.drop_columns(["cost"]), "customer_id", YEAR)["margin"].isna().all()


def test_equal_revenues_stand_by_name_whatever_the_row_order() -> None:
    rows = [("b", "2025-01-01", "10"), ("a", "2025-01-01", "10"), ("c", "2025-01-01", "20")]
    period = Period(None, date(2025, 1, 1))
    for order in (rows, rows[::-1]):
        assert sales_by(order_lines(*order), "customer_id", period)["item"].tolist() == ["c", "a", "b"]


def test_a_line_without_a_product_keeps_its_money() -> None:
    nameless = order_lines(("a", "2025-01-10", "9.00", None), columns=("product",))
    assert sales_by(nameless, "product", YEAR)[["item", "revenue"]].values.tolist() == [["", 9.0]]


def test_each_class_splits_its_own_purchases() -> None:
    bought = class_purchases(ORDERS, "product", YEAR, pd.Series(["b", "a"]), np.array([1, 0], dtype=np.int8))
    assert bought[["item", "code", "revenue", "share"]].values.tolist() == [
        ["pump", 0, 100.0, 1.0],
        ["valve", 1, 50.0, 1.0],
    ]


def test_buyers_of_an_item_have_a_positive_line_of_it_in_the_period() -> None:
    assert buyers(ORDERS, "product", "pump", YEAR) == {"a"}
    assert buyers(ORDERS, "product", "valve", YEAR) == {"b"}


def test_customers_outside_the_classes_are_left_out() -> None:
    bought = class_purchases(ORDERS, "product", YEAR, pd.Series(["b"]), np.array([0], dtype=np.int8))
    assert bought["item"].tolist() == ["valve"]


def figures(**rows: tuple[float, float, float, float, float]) -> pd.DataFrame:
    """Product → revenue, growth, margin rate, returns share, age in months."""
    table = pd.DataFrame(rows, index=["revenue", "growth", "margin_rate", "returns_share", "age_months"]).T
    return table.assign(
        item=table.index,
        share=table["revenue"] / table["revenue"].sum(),
        margin=table["revenue"] * table["margin_rate"],
    )


def test_roles_are_given_in_order_of_the_rule() -> None:
    products = figures(
        workhorse=(900.0, 0.1, 0.20, 0.00, 40),
        service=(60.0, 0.1, 0.60, 0.00, 40),
        launch=(20.0, np.nan, 0.60, 0.00, 3),
        fading=(10.0, -0.3, 0.20, 0.00, 40),
        faulty=(5.0, 0.0, 0.10, 0.30, 40),
        screws=(5.0, 0.0, 0.10, 0.00, 40),
    )
    expected = ["cash", "value", "new", "retire", "retire", "regular"]
    assert product_roles(products, RoleRule(), 36).tolist() == expected


def test_nothing_is_new_in_data_of_half_a_year() -> None:
    products = figures(launch=(20.0, np.nan, 0.2, 0.0, 3), other=(80.0, np.nan, 0.2, 0.0, 5))
    assert set(product_roles(products, RoleRule(), 6)) == {"cash"}


def test_growth_needs_orders_of_the_year_before() -> None:
    rows = [("a", "2023-07-05", "50", "pump"), ("a", "2025-02-01", "30", "pump"), ("a", "2024-02-01", "20", "pump")]
    told = product_figures(order_lines(*rows, columns=("product",)), date(2025, 6, 30))
    untold = product_figures(order_lines(*rows[1:], columns=("product",)), date(2025, 6, 30))
    assert told["growth"].tolist() == pytest.approx([30 / 70 - 1])
    assert untold["growth"].isna().all()
    assert told["age_months"].tolist() == [23]


def test_a_customer_big_in_revenue_and_small_in_margin_flips() -> None:
    sales = pd.DataFrame(
        {"item": ["bulk", "core", "small"], "revenue": [500.0, 300.0, 50.0], "margin": [5.0, 90.0, 60.0]}
    )
    flips = rank_flips(sales)
    assert flips[["item", "revenue_rank", "margin_rank"]].values.tolist() == [["bulk", 1, 3], ["small", 3, 2]]


def test_a_customer_without_known_costs_cannot_flip() -> None:
    sales = pd.DataFrame({"item": ["a", "b"], "revenue": [5.0, 1.0], "margin": [np.nan, np.nan]})
    assert rank_flips(sales).empty


def test_groups_share_out_customers_and_positive_revenue() -> None:
    totals = group_totals(np.array([0, 0, 2, -1]), np.array([30.0, 10.0, -5.0, 60.0]), 3)
    assert totals["customers"].tolist() == [2, 0, 1]
    assert totals["customer_share"].tolist() == [0.5, 0.0, 0.25]
    assert totals["revenue"].tolist() == [40.0, 0.0, -5.0]
    assert totals["revenue_share"].tolist() == [0.4, 0.0, 0.0]
