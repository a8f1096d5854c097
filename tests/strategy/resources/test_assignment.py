"""Customers to managers: the objective of enumeration and of R's lpSolve."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.resources.handover import best_assignment

CASES = {
    case["name"]: case
    for case in json.loads((Path(__file__).parents[2] / "truth/allocation.json").read_text())["cases"]
}


def gained(fit: np.ndarray, chosen: np.ndarray) -> float:
    return float(fit[np.arange(len(fit)), chosen].sum())


def test_one_customer_each_is_the_assignment_of_lpsolve():
    case = CASES["4x4 assignment maximise"]
    fit = np.array(case["inputs"]["value"], float)
    chosen = best_assignment(fit, np.ones(4), np.ones(4))
    assert gained(fit, chosen) == case["expected"]["R_lpSolve"]
    assert sorted(chosen) == [0, 1, 2, 3]


def test_eight_customers_with_three_managers_is_the_best_of_all_ways():
    case = CASES["generalised assignment: 8 customers, 3 managers, hours 9 each"]
    fit, hours = np.array(case["inputs"]["fit"], float), np.array(case["inputs"]["hours"], float)
    chosen = best_assignment(fit, hours, np.array(case["inputs"]["capacity"], float))
    assert gained(fit, chosen) == case["expected"]["objective_bruteforce"]
    assert (np.bincount(chosen, hours, 3) <= 9).all()


def test_customers_who_do_not_fit_at_all_are_not_assigned():
    assert best_assignment(np.ones((2, 1)), np.array([2.0, 2.0]), np.array([3.0])) is None


def enumerated(fit: np.ndarray, hours: np.ndarray, capacity: np.ndarray) -> float | None:
    """The best of all ways of giving customers to managers; None where none fits."""
    customers, managers = fit.shape
    ways = (np.array(way) for way in product(range(managers), repeat=customers))
    fitting = [gained(fit, way) for way in ways if (np.bincount(way, hours, managers) <= capacity).all()]
    return max(fitting, default=None)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 5), st.integers(1, 3))
def test_the_best_assignment_is_that_of_trying_all(seed, customers, managers):
    chance = np.random.default_rng(seed)
    fit = chance.integers(0, 20, (customers, managers)).astype(float)
    hours, capacity = chance.integers(1, 6, customers).astype(float), chance.integers(2, 12, managers).astype(float)
    chosen, best = best_assignment(fit, hours, capacity), enumerated(fit, hours, capacity)
    assert (chosen is None) == (best is None)
    if chosen is not None:
        assert gained(fit, chosen) == best
        assert (np.bincount(chosen, hours, managers) <= capacity).all()
