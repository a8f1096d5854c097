"""The best service levels: those of exhaustive enumeration, and the price of an hour that of the linear program."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tiering.strategy.resources.levels import best_levels

SMALL = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=n, max_size=n),
        st.lists(st.lists(st.integers(1, 12), min_size=3, max_size=3), min_size=n, max_size=n),
        st.integers(0, 60),
    )
)


def with_nothing(rows: list[list[int]]) -> np.ndarray:
    """Levels with "no service" (worth and hours nothing) before them."""
    return np.array([[0, *row] for row in rows], dtype=float)


def enumerated(value: np.ndarray, hours: np.ndarray, capacity: float) -> float:
    customers = range(len(value))
    return max(
        sum(value[i, level] for i, level in zip(customers, levels, strict=True))
        for levels in product(range(value.shape[1]), repeat=len(value))
        if sum(hours[i, level] for i, level in zip(customers, levels, strict=True)) <= capacity
    )


def relaxed(value: np.ndarray, hours: np.ndarray, capacity: float) -> tuple[float, float]:
    """Value and dual of the hours of the linear relaxation by HiGHS."""
    each_once = np.kron(np.eye(len(value)), np.ones(value.shape[1]))
    solved = linprog(
        -value.ravel(), A_ub=[hours.ravel()], b_ub=[capacity], A_eq=each_once, b_eq=np.ones(len(value)), bounds=(0, 1)
    )
    return -solved.fun, -solved.ineqlin.marginals[0]


@settings(max_examples=25, deadline=None)
@given(SMALL)
def test_the_best_levels_are_those_of_trying_all(problem):
    value, hours = with_nothing(problem[0]), with_nothing(problem[1])
    best = best_levels(value, hours, problem[2])
    assert best.value == pytest.approx(enumerated(value, hours, problem[2]))
    assert best.bound == pytest.approx(best.value)
    assert best.hours <= problem[2]


@settings(max_examples=25, deadline=None)
@given(SMALL)
def test_no_choice_beats_the_linear_bound_and_the_price_lies_between_its_one_sided_duals(problem):
    value, hours, capacity = with_nothing(problem[0]), with_nothing(problem[1]), float(problem[2])
    best = best_levels(value, hours, capacity)
    ceiling, _ = relaxed(value, hours, capacity)
    assert best.value <= ceiling + 1e-6
    more, less = relaxed(value, hours, capacity + 1e-3)[0], relaxed(value, hours, max(capacity - 1e-3, 0))[0]
    assert (more - ceiling) / 1e-3 - 1e-5 <= best.hour_price
    if capacity >= 1e-3:
        assert best.hour_price <= (ceiling - less) / 1e-3 + 1e-5


def test_one_more_hour_earns_the_slope_of_the_customer_at_the_margin():
    value, hours = np.array([[0.0, 10.0], [0.0, 6.0]]), np.array([[0.0, 2.0], [0.0, 2.0]])
    best = best_levels(value, hours, 3.0)
    assert best.levels.tolist() == [1, 0]
    assert best.hour_price == pytest.approx(3.0)
    assert relaxed(value, hours, 3.0) == (pytest.approx(13.0), pytest.approx(3.0))


def test_with_hours_to_spare_everybody_gets_the_best_and_an_hour_earns_nothing():
    best = best_levels(np.array([[0.0, 5.0, 4.0]]), np.array([[0.0, 2.0, 9.0]]), 50.0)
    assert (best.levels.tolist(), best.hour_price, best.hours) == ([1], 0.0, 2.0)


def test_equal_worth_at_fewer_hours_is_taken():
    assert best_levels(np.array([[0.0, 5.0, 5.0]]), np.array([[0.0, 2.0, 9.0]]), 50.0).levels.tolist() == [1]


def test_too_few_hours_for_the_cheapest_levels_are_refused():
    with pytest.raises(ValueError, match="more hours"):
        best_levels(np.array([[1.0]]), np.array([[2.0]]), 1.0)


def test_five_thousand_customers_with_four_levels_come_within_a_hair_of_the_bound():
    worth = np.random.default_rng(0).lognormal(11, 1.4, 5000).round(-2)
    value = worth[:, None] * np.array([0, 0.02, 0.05, 0.08])
    hours = np.tile([5.0, 27.0, 80.0, 200.0], (5000, 1))
    best = best_levels(value, hours, 150_000.0, seconds=0.05)
    assert best.bound - best.value <= 1e-4 * best.bound
    assert best.hours <= 150_000.0
    assert best.value == pytest.approx(value[np.arange(5000), best.levels].sum())


def test_the_order_of_the_customers_does_not_change_what_is_earned():
    chance = np.random.default_rng(3)
    value = with_nothing(chance.integers(0, 40, (12, 3)).tolist())
    hours = with_nothing(chance.integers(1, 12, (12, 3)).tolist())
    order = chance.permutation(12)
    assert best_levels(value[order], hours[order], 40.0).value == pytest.approx(best_levels(value, hours, 40.0).value)


@pytest.mark.parametrize("capacity", [0.0, 1.0, 7.0, 13.0, 20.0, 31.0])
def test_by_hand_for_every_capacity_of_four_customers(capacity):
    value = np.array([[0.0, 4.0, 9.0], [0.0, 3.0, 8.0], [0.0, 5.0, 6.0], [0.0, 1.0, 2.0]])
    hours = np.array([[0.0, 2.0, 7.0], [0.0, 3.0, 9.0], [0.0, 1.0, 8.0], [0.0, 4.0, 7.0]])
    best = best_levels(value, hours, capacity)
    assert best.value == enumerated(value, hours, capacity)
    assert best.hours == hours[np.arange(4), best.levels].sum() <= capacity


def test_more_hours_never_earn_less():
    value = np.array([[0.0, 4.0, 9.0], [0.0, 3.0, 8.0], [0.0, 5.0, 6.0]])
    hours = np.array([[0.0, 2.0, 7.0], [0.0, 3.0, 9.0], [0.0, 1.0, 8.0]])
    earned = [best_levels(value, hours, float(capacity)).value for capacity in range(26)]
    assert earned == sorted(earned)
    assert earned[-1] == 23.0
