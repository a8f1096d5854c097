"""The budget: what is spent is the budget, the last unit earns the same wherever something is spent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from tiering.strategy.resources.budget import Responses, best_budget, responses

CURVES = st.lists(st.tuples(st.floats(1, 1e6), st.floats(1e-4, 2)), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(CURVES, st.floats(0.01, 100))
def test_the_last_unit_earns_the_same_everywhere_and_nowhere_more(pairs, budget):
    curves = Responses(*np.array(pairs).T)
    spent, price = best_budget(curves, budget)
    assert spent.sum() == pytest.approx(budget)
    assert (spent >= 0).all()
    last = curves.last_unit(spent)
    assert last[spent > 0] == pytest.approx(price, rel=1e-6)
    assert (last <= price * (1 + 1e-6)).all()


def test_the_answer_is_that_of_a_general_solver():
    curves = Responses(np.array([10.0, 20.0, 5.0]), np.array([0.5, 0.2, 0.9]))
    spent, _ = best_budget(curves, 6.0)
    solved = minimize(
        lambda x: -curves.brought(x).sum(),
        np.full(3, 2.0),
        bounds=[(0, None)] * 3,
        constraints={"type": "eq", "fun": lambda x: x.sum() - 6},
        options={"ftol": 1e-12},
    )
    assert curves.brought(spent).sum() == pytest.approx(-solved.fun, abs=1e-6)
    assert spent == pytest.approx(solved.x, abs=1e-3)


def test_two_equal_tiers_share_alike():
    spent, price = best_budget(Responses(np.array([100.0, 100.0]), np.array([0.1, 0.1])), 20.0)
    assert spent.tolist() == pytest.approx([10.0, 10.0])
    assert price == pytest.approx(10 * np.exp(-1))


def test_the_curve_goes_through_what_todays_spending_reaches():
    curves = responses(np.array([1000.0]), np.array([50.0]), 0.7)
    assert curves.brought(np.array([50.0])) == pytest.approx([700.0])


def test_a_tier_on_which_nothing_is_spent_tells_nothing_and_gets_nothing():
    curves = responses(np.array([1000.0, 10.0]), np.array([0.0, 5.0]), 0.5)
    assert best_budget(curves, 8.0)[0].tolist() == pytest.approx([0.0, 8.0])


def test_without_anything_to_gain_nothing_is_spent():
    assert best_budget(Responses(np.zeros(2), np.zeros(2)), 9.0)[0].tolist() == [0.0, 0.0]
    assert best_budget(Responses(np.array([4.0]), np.array([1.0])), 0.0)[1] == 4.0
