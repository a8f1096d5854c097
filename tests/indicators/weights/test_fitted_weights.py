"""Weights fitted to what came after: what they find, what they leave out, and when they refuse."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.small_data import order_lines
from tiering.indicators.weights.fitted import Fitted, NotFitted, fitted_weights, non_negative_weights

AS_OF = date(2025, 12, 31)


def steady_orders(customers: int, first_year: int):
    """Customer k buys for 100·k on the 15th of each month up to December 2025."""
    months = [f"{year}-{month:02}-15" for year in range(first_year, 2026) for month in range(1, 13)]
    return order_lines(*((f"K{k:03}", day, f"{100 * k}.00") for k in range(1, customers + 1) for day in months))


def test_what_made_the_target_gets_the_weight() -> None:
    levels = np.array([[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0], [3.0, 0.0, 1.0, 2.0]])
    weights = non_negative_weights(levels, 3 * levels[0] + 1 * levels[1] + 7)
    assert weights.tolist() == pytest.approx([0.75, 0.25, 0.0])


def test_what_pulls_the_other_way_gets_none() -> None:
    levels = np.array([[0.0, 1.0, 2.0, 3.0]])
    assert non_negative_weights(levels, -levels[0]).tolist() == [0.0]


def test_nothing_explains_a_target_that_never_varies() -> None:
    assert non_negative_weights(np.array([[0.0, 1.0, 2.0]]), np.ones(3)).tolist() == [0.0]


@settings(deadline=None, max_examples=30)
@given(arrays(np.float64, (3, 12), elements=st.integers(0, 50).map(float)), st.randoms(use_true_random=False))
def test_weights_are_never_negative_and_the_order_of_customers_changes_nothing(levels, chance) -> None:
    target = levels[0] + 0.1 * np.arange(12)
    order = list(range(12))
    chance.shuffle(order)
    weights = non_negative_weights(levels, target)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1) or not weights.any()
    assert weights.tolist() == pytest.approx(non_negative_weights(levels[:, order], target[order]).tolist(), abs=1e-6)


def test_steady_customers_are_told_by_their_revenue() -> None:
    found = fitted_weights(steady_orders(120, 2024), AS_OF, {"annual_revenue": 50, "recency_days": 50})
    assert isinstance(found, Fitted)
    assert sum(found.weights.values()) == pytest.approx(1)
    money = found.weights["annual_revenue"] + found.weights["average_order_value"]
    assert money == pytest.approx(1, abs=0.01)
    assert (found.learnt, found.checked) == (date(2024, 12, 31), date(2025, 6, 30))
    assert found.customers == 120
    # caps of the scale make the smallest and the biggest equal: nearly, not wholly, the order of what followed
    assert found.agreement["revenue"] == pytest.approx(1)
    assert found.agreement["fitted"] > 0.99
    assert not found.is_better


def test_a_customers_file_is_never_looked_at_for_dates_gone_by() -> None:
    found = fitted_weights(steady_orders(120, 2024), AS_OF, {})
    assert isinstance(found, Fitted)
    assert not {"satisfaction", "credit", "size"} & set(found.weights)
    assert found.agreement["present"] == 0.0


@pytest.mark.parametrize(
    ("orders", "reason", "needed", "known"),
    [
        (None, "orders", 0, 0),
        (steady_orders(120, 2025), "history", 24, 11),
        (steady_orders(20, 2024), "customers", 100, 20),
    ],
    ids=["without orders", "one year", "twenty customers"],
)
def test_a_history_that_is_too_short_is_refused_with_what_it_lacks(orders, reason, needed, known) -> None:
    refused = fitted_weights(orders, AS_OF, {"annual_revenue": 1})
    assert refused == NotFitted(reason, needed, known)


def test_a_shorter_window_needs_less_history() -> None:
    assert isinstance(fitted_weights(steady_orders(120, 2024), AS_OF, {}, window_months=6), Fitted)
    assert fitted_weights(steady_orders(120, 2025), AS_OF, {}, window_months=6) == NotFitted("history", 18, 11)


def test_customers_who_all_bought_the_same_leave_nothing_to_fit() -> None:
    months = [f"{year}-{month:02}-15" for year in (2024, 2025) for month in range(1, 13)]
    alike = order_lines(*((f"K{k:03}", day, "100.00") for k in range(120) for day in months))
    assert fitted_weights(alike, AS_OF, {}) == NotFitted("flat")
