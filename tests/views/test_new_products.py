"""Who takes up new products, and since when a product is new."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tests.small_data import order_lines
from tiering.views.products import new_product_uptake, new_products
from tiering.views.sales import Period

TODAY = date(2025, 6, 30)
ORDERS = order_lines(
    ("a", "2024-01-10", "100.00", "pump"),
    ("a", "2025-05-10", "30.00", "sensor"),
    ("a", "2025-05-11", "70.00", "pump"),
    ("b", "2025-06-11", "50.00", "pump"),
    ("c", "2025-06-12", "20.00", "sensor"),
    ("d", "2025-03-31", "-5.00", "gasket"),
    ("d", "2025-02-01", "9.00", None),
    columns=("product",),
)
WHO, CODES = pd.Series(["a", "b", "c"]), np.array([0, 0, 1], dtype=np.int8)


def test_a_product_is_new_within_the_months_after_its_first_sale() -> None:
    assert new_products(ORDERS, TODAY, 6) == ["sensor"]
    assert new_products(ORDERS, date(2025, 5, 9), 6) == []


def test_nothing_is_called_new_in_data_that_reach_back_too_little() -> None:
    assert new_products(ORDERS, TODAY, 9) is None


def test_a_returned_line_is_no_first_sale() -> None:
    assert "gasket" not in (new_products(ORDERS, TODAY, 6) or [])


def test_takers_and_their_money_by_hand() -> None:
    uptake = new_product_uptake(ORDERS, Period.months(TODAY, 6), ["sensor"], WHO, CODES)
    columns = ["buyers", "takers", "taker_share", "revenue", "revenue_share"]
    assert uptake[columns].values.tolist() == [[2, 1, 0.5, 30.0, 0.2], [1, 1, 1.0, 20.0, 1.0]]


def test_a_class_that_bought_nothing_has_no_share() -> None:
    uptake = new_product_uptake(ORDERS, Period.months(TODAY, 6), ["sensor"], WHO, np.array([2, 0, 2], dtype=np.int8))
    assert uptake["buyers"].tolist() == [1, 0, 2]
    assert np.isnan(uptake["taker_share"][1])
    assert np.isnan(uptake["revenue_share"][1])


def test_a_customer_without_a_class_counts_nowhere() -> None:
    uptake = new_product_uptake(ORDERS, Period.months(TODAY, 6), ["sensor"], WHO, np.array([-1, 0, -1], dtype=np.int8))
    assert uptake[["buyers", "takers"]].values.tolist() == [[1, 0]]
