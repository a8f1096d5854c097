"""Products and single orders: what their figures say of three customers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.small_data import order_lines
from tiering.indicators.columns import PRODUCT_FIGURES, line_figures

AS_OF = date(2025, 12, 31)
LINES = (
    ("old", "2023-12-01", "500.00", "pump", "1"),
    ("old", "2025-03-01", "300.00", "pump", "2"),
    ("old", "2025-03-01", "100.00", "valve", "2"),
    ("old", "2025-09-01", "200.00", "pump", "3"),
    ("old", "2025-09-09", "-200.00", "pump", "3"),
    ("new", "2025-10-01", "50.00", "valve", "4"),
    ("gone", "2024-01-01", "70.00", "pump", "5"),
)


def figures(*lines, asked=PRODUCT_FIGURES | {"order_value_std"}, columns=("product", "order_id"), as_of=AS_OF):
    table = line_figures(order_lines(*(lines or LINES), columns=columns), as_of, 12, asked)
    return None if table is None else table.set_index("customer_id")


def test_dependence_is_the_share_of_the_biggest_product_and_returns_are_left_out() -> None:
    found = figures()["top_product_share"]
    assert found["old"] == pytest.approx(500 / 600)
    assert found["new"] == 1.0


def test_a_product_is_new_where_nobody_bought_it_before_the_window() -> None:
    found = figures()["new_product_share"]
    assert found["old"] == pytest.approx(100 / 600)  # the valve
    assert found["new"] == 1.0


def test_without_a_window_before_nobody_knows_what_was_new() -> None:
    assert figures(*LINES[1:6])["new_product_share"].isna().all()


def test_the_deviation_is_that_of_whole_orders_and_takes_two() -> None:
    found = figures()["order_value_std"]
    assert found["old"] == pytest.approx(np.std([400, 200], ddof=1))
    assert np.isnan(found["new"])


def test_customers_without_sales_in_the_window_have_no_figures() -> None:
    assert "gone" not in figures().index


def test_only_what_is_asked_for_is_read_and_orders_without_products_tell_none() -> None:
    assert figures(asked={"top_product_share"}).columns.tolist() == ["top_product_share"]
    assert figures(*((*line[:3],) for line in LINES), asked=PRODUCT_FIGURES, columns=()) is None


def test_a_day_is_an_order_where_orders_have_no_number() -> None:
    days = figures(*((*line[:3],) for line in LINES), asked={"order_value_std"}, columns=())
    assert days.loc["old", "order_value_std"] == pytest.approx(np.std([400, 200], ddof=1))


def test_lines_after_the_date_do_not_count() -> None:
    assert "new" not in figures(as_of=date(2025, 9, 30)).index
