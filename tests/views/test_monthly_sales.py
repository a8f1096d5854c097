"""One customer's sales month by month."""

from __future__ import annotations

from datetime import date

from tests.small_data import order_lines
from tiering.views.sales import monthly_sales

ORDERS = order_lines(
    ("a", "2024-11-30", "100.00"),
    ("a", "2025-01-01", "50.00"),
    ("a", "2025-01-31", "-20.00"),
    ("a", "2025-01-31", "5.50"),
    ("b", "2025-01-15", "999.00"),
)


def test_sales_and_returns_stand_apart_and_silent_months_are_zero() -> None:
    months = monthly_sales(ORDERS, "a", date(2025, 2, 10))
    assert [f"{month:%Y-%m}" for month in months["month"]] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert months["sales"].tolist() == [100.0, 0.0, 55.5, 0.0]
    assert months["returns"].tolist() == [0.0, 0.0, -20.0, 0.0]


def test_lines_after_the_date_are_not_known_yet() -> None:
    assert monthly_sales(ORDERS, "a", date(2025, 1, 1))["sales"].tolist() == [100.0, 0.0, 50.0]


def test_a_customer_without_lines_has_no_months() -> None:
    assert monthly_sales(ORDERS, "nobody", date(2025, 2, 10)).empty
    assert monthly_sales(ORDERS, "a", date(2024, 1, 1)).columns.tolist() == ["month", "sales", "returns"]
