"""What it costs to serve a customer, by assumed rates."""

from __future__ import annotations

from datetime import date

import pandas as pd

from tests.small_data import order_lines
from tiering.views.sales import Period
from tiering.views.serving import ServingRates, cost_to_serve, serving_counts

YEAR = Period.months(date(2025, 6, 30), 12)
NUMBERED = order_lines(
    ("a", "2025-01-10", "100.00", "1"),
    ("a", "2025-01-10", "10.00", "1"),
    ("a", "2025-01-10", "10.00", "2"),
    ("a", "2025-02-10", "-5.00", "3"),
    ("b", "2024-06-30", "50.00", "4"),
    columns=("order_id",),
)


def test_orders_are_counted_once_and_returned_lines_each() -> None:
    counts = serving_counts(NUMBERED, YEAR)
    assert counts.loc["a"].tolist() == [2, 1]
    assert "b" not in counts.index


def test_without_order_numbers_a_day_is_an_order() -> None:
    assert serving_counts(NUMBERED.drop_columns(["order_id"]), YEAR).loc["a"].tolist() == [1, 1]


def test_each_rate_is_paid_for_what_it_counts() -> None:
    counts = serving_counts(NUMBERED, YEAR)
    rates = ServingRates(per_order=10, per_return=7, per_customer=100)
    assert cost_to_serve(counts, rates, pd.Series(["b", "a"])).tolist() == [0.0, 127.0]


def test_without_an_assumption_nothing_is_set() -> None:
    assert not ServingRates().are_set
    assert ServingRates(per_return=1).are_set
