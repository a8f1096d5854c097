"""One row per customer out of what the orders tell and what the customers file says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from tests.small_data import order_lines
from tiering.indicators.customers import customer_table, supported_metrics
from tiering.metrics import customer_metrics

AS_OF = date(2025, 12, 31)
ORDERS = order_lines(
    ("big", "2025-03-01", "900.00"),
    ("big", "2025-09-01", "300.00"),
    ("big", "2025-09-05", "-200.00"),
    ("small", "2025-12-01", "50.00"),
    ("also small", "2025-11-01", "50.00"),
)


def metrics(orders: pa.Table = ORDERS) -> pd.DataFrame:
    return supported_metrics(orders, customer_metrics(orders, [AS_OF]))


def test_biggest_annual_revenue_comes_first_and_equals_are_in_code_point_order() -> None:
    assert customer_table(metrics(), None, AS_OF)["customer_id"].tolist() == ["big", "also small", "small"]


def test_net_is_less_returns_and_gross_is_without_them() -> None:
    net = customer_table(metrics(), None, AS_OF, "net").iloc[0]
    gross = customer_table(metrics(), None, AS_OF, "gross").iloc[0]
    assert (net["revenue"], net["annual_revenue"], net["average_order_value"]) == (1000.0, 1000.0, 500.0)
    assert (gross["revenue"], gross["annual_revenue"], gross["average_order_value"]) == (1200.0, 1200.0, 600.0)


def test_a_prospect_without_orders_is_kept_with_what_the_file_says() -> None:
    attributes = pa.table({"customer_id": ["prospect", "big"], "satisfaction": [4.0, 3.0]})
    table = customer_table(metrics(), attributes, AS_OF).set_index("customer_id")
    assert table.index.tolist() == ["big", "also small", "small", "prospect"]
    assert table.loc["prospect", "satisfaction"] == 4.0
    assert pd.isna(table.loc["prospect", "annual_revenue"])
    assert pd.isna(table.loc["small", "satisfaction"])


def test_where_orders_and_customers_file_both_hold_a_figure_the_orders_win() -> None:
    attributes = pa.table({"customer_id": ["big"], "annual_revenue": [5.0]})
    assert customer_table(metrics(), attributes, AS_OF)["annual_revenue"].iloc[0] == 1000.0


def test_orders_without_cost_tell_no_margin_not_even_of_a_customer_without_lines_this_year() -> None:
    orders = order_lines(("now", "2025-03-01", "10.00"), ("gone", "2020-03-01", "10.00"))
    assert {"margin", "margin_rate"}.isdisjoint(customer_table(metrics(orders), None, AS_OF).columns)


def test_a_cost_column_without_a_single_cost_tells_no_margin_either() -> None:
    lines = (("now", "2025-03-01", "10.00", None), ("gone", "2020-03-01", "10.00", None))
    assert "margin" not in metrics(order_lines(*lines, columns=("cost",)))


def test_with_costs_the_margin_is_told() -> None:
    table = metrics(order_lines(("now", "2025-03-01", "10.00", "4.00"), columns=("cost",)))
    assert table["margin"].tolist() == [6.0]


def test_a_margin_in_the_customers_file_stands_where_the_orders_have_no_cost() -> None:
    attributes = pa.table({"customer_id": ["big"], "margin": [250.0]})
    assert customer_table(metrics(), attributes, AS_OF)["margin"].iloc[0] == 250.0


def test_orders_without_categories_tell_no_breadth() -> None:
    assert {"categories", "top_category", "top_category_share"}.isdisjoint(metrics().columns)


def test_a_customers_file_alone_gives_days_from_its_dates() -> None:
    attributes = pa.table(
        {
            "customer_id": ["a"],
            "annual_revenue": [1200.0],
            "annual_orders": [4.0],
            "first_order": pa.array([date(2024, 12, 31)]),
            "last_order": pa.array([date(2025, 12, 1)]),
        }
    )
    row = customer_table(None, attributes, AS_OF).iloc[0]
    assert (row["recency_days"], row["tenure_days"], row["average_order_value"]) == (30.0, 365.0, 300.0)
    assert row["revenue"] == 1200.0


def test_a_customers_file_in_any_order_is_put_biggest_first() -> None:
    attributes = pa.table({"customer_id": ["c", "a", "b", "d"], "annual_revenue": [5.0, 5.0, 9.0, None]})
    assert customer_table(None, attributes, None)["customer_id"].tolist() == ["b", "a", "c", "d"]


def test_money_of_a_customers_file_may_be_decimal() -> None:
    attributes = pa.table(
        {"customer_id": ["a", "b"], "annual_revenue": pa.array([Decimal("1.50"), None], pa.decimal128(18, 2))}
    )
    assert customer_table(None, attributes, None)["annual_revenue"].tolist()[0] == 1.5


def test_words_in_a_figures_column_are_missing_not_a_crash() -> None:
    attributes = pa.table({"customer_id": ["a", "b"], "satisfaction": ["4.5", "content"], "trend": ["up", "down"]})
    table = customer_table(None, attributes, None)
    assert table["satisfaction"].tolist()[0] == 4.5
    assert table["satisfaction"].isna().tolist() == [False, True]
    assert table["trend"].isna().all()


def test_a_customers_file_with_half_of_a_ratio_is_read_without_it() -> None:
    table = customer_table(None, pa.table({"customer_id": ["a"], "gap_mean_days": [30.0]}), None)
    assert "silence" not in table


@pytest.mark.parametrize(("gaps", "known"), [(2, False), (3, True)])
def test_rhythm_needs_three_gaps(gaps: int, known: bool) -> None:
    days = [("a", f"2025-{month:02d}-01", "10.00") for month in range(1, gaps + 2)]
    row = customer_table(metrics(order_lines(*days)), None, AS_OF).iloc[0]
    assert pd.notna(row["gap_variation"]) == known
    assert pd.notna(row["silence"]) == known


def test_silence_is_days_without_order_in_own_gaps() -> None:
    days = [("a", day, "10.00") for day in ("2025-11-01", "2025-11-11", "2025-11-21", "2025-12-01")]
    row = customer_table(metrics(order_lines(*days)), None, AS_OF).iloc[0]
    assert row["silence"] == 3.0  # 30 days after gaps of 10
    assert row["gap_variation"] == 0.0


def test_trend_is_second_half_against_first_from_minus_1_to_1() -> None:
    orders = order_lines(
        ("rising", "2025-02-01", "100.00"), ("rising", "2025-11-01", "300.00"),
        ("gone", "2025-02-01", "100.00"), ("returned", "2025-11-01", "-5.00"),
    )  # fmt: skip
    trend = customer_table(metrics(orders), None, AS_OF).set_index("customer_id")["trend"]
    assert trend["rising"] == 0.5
    assert trend["gone"] == -1.0
    assert pd.isna(trend["returned"])


def test_without_any_data_there_is_nobody() -> None:
    assert customer_table(None, None, None).empty
