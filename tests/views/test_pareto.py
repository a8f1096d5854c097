"""How few customers make most of the revenue."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.concentration import CURVE_POINTS, customers_reaching, pareto_curve

amounts = st.lists(st.integers(-1000, 100_000), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("revenue", "classes"),
    [
        ([400, 250, 150, 80, 50, 30, 20, 10, 6, 4], "AAABBBCCCC"),
        ([900, 50, 20, 10, 8, 5, 3, 2, 1, 1], "ABCCCCCCCC"),
        ([70, 30], "AA"),
        ([30, 20, 15, 10, 5], "AAABB"),
    ],
)
def test_a_and_b_are_the_smallest_sets_that_reach_80_and_95_percent(revenue: list[int], classes: str) -> None:
    descending = np.array(revenue, dtype=float)
    reached = customers_reaching(descending, 0.8), customers_reaching(descending, 0.95)
    assert reached == (classes.count("A"), len(classes) - classes.count("C"))


def test_a_whale_of_90_percent_is_the_80_percent_alone() -> None:
    curve = pareto_curve(np.array([5.0, 900.0, 45.0, 50.0]))
    assert (curve.eighty_customers, curve.eighty_share) == (1, 0.25)


def test_eight_of_ten_equal_customers_would_do_but_equals_stay_together() -> None:
    assert pareto_curve(np.full(10, 0.1)).eighty_customers == 10


def test_a_tie_at_the_80_percent_point_is_in_as_a_whole() -> None:
    assert pareto_curve(np.array([60.0, 10, 10, 10, 10])).eighty_customers == 5


def test_net_returns_add_nothing_and_take_nothing_away() -> None:
    with_returns, without = pareto_curve(np.array([80.0, 20.0, -500.0])), pareto_curve(np.array([80.0, 20.0, 0.0]))
    assert with_returns.revenue.tolist() == without.revenue.tolist() == [0.0, 0.8, 1.0, 1.0]


@pytest.mark.parametrize("revenue", [[], [0.0], [-5.0, 0.0]])
def test_without_positive_revenue_there_is_no_curve(revenue: list[float]) -> None:
    curve = pareto_curve(np.array(revenue))
    assert (curve.customers.size, curve.eighty_customers, curve.eighty_share) == (0, 0, 0.0)


def test_one_customer_is_all_of_it() -> None:
    curve = pareto_curve(np.array([7.0]))
    assert (curve.customers.tolist(), curve.revenue.tolist()) == ([0.0, 1.0], [0.0, 1.0])
    assert curve.eighty_share == 1.0


def test_the_curve_has_at_most_200_points_and_the_origin() -> None:
    curve = pareto_curve(np.random.default_rng(3).lognormal(8, 2, 5000))
    assert curve.customers.size == curve.revenue.size == CURVE_POINTS + 1
    assert (curve.customers[0], curve.revenue[0], curve.customers[-1]) == (0.0, 0.0, 1.0)
    assert curve.revenue[-1] == pytest.approx(1.0)


@settings(deadline=None, max_examples=60)
@given(amounts, st.randoms())
def test_the_curve_bends_down_and_does_not_depend_on_row_order(revenue: list[int], random: object) -> None:
    curve = pareto_curve(np.array(revenue, dtype=float))
    shuffled = list(revenue)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = pareto_curve(np.array(shuffled, dtype=float))
    assert curve.revenue.tolist() == again.revenue.tolist()
    assert curve.eighty_customers == again.eighty_customers
    assert (np.diff(curve.revenue, 2) <= 1e-12).all()  # equally spaced: fewer than 200 customers
    if curve.revenue.size:
        held = np.sort(np.maximum(revenue, 0))[::-1]
        assert held[: curve.eighty_customers].sum() >= 0.8 * held.sum()
