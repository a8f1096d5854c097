"""Customers to managers: the objective of enumeration and of R's lpSolve."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tiering.strategy.resources.assignment import best_assignment

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
