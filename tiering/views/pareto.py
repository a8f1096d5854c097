"""How few customers make most of the revenue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CURVE_POINTS = 200


@dataclass(frozen=True)
class ParetoCurve:
    """Cumulative shares in revenue order, and the smallest set that makes 80 %.

    ``customers`` and ``revenue`` are shares 0..1 of the same length; both empty without positive revenue.
    """

    customers: NDArray[np.float64]
    revenue: NDArray[np.float64]
    eighty_customers: int
    eighty_share: float


def pareto_curve(revenue: NDArray[np.float64]) -> ParetoCurve:
    """Revenue per customer (n,), any order → curve of at most 200 points and its 80 % point.

    Shares are of the sum of positive revenues: a customer with net returns adds nothing and takes nothing away.
    """
    descending = np.sort(np.maximum(revenue, 0.0))[::-1]
    running = np.cumsum(descending)
    if running.size == 0 or running[-1] <= 0:
        return ParetoCurve(np.array([]), np.array([]), 0, 0.0)
    kept = np.unique(np.linspace(0, running.size - 1, min(CURVE_POINTS, running.size)).astype(int))
    steps = np.concatenate([[0.0], (kept + 1) / running.size])
    eighty = customers_reaching(descending, 0.8)
    return ParetoCurve(steps, np.concatenate([[0.0], running[kept] / running[-1]]), eighty, eighty / running.size)


def customers_reaching(descending: NDArray[np.float64], share: float) -> int:
    """Size of the smallest set of biggest values that reaches ``share`` of their sum.

    The value that crosses the line is in, and so is every value equal to it.
    """
    running = np.cumsum(descending)
    crossing = int(np.searchsorted(running, share * running[-1] * (1 - 1e-12)))
    crossing = min(crossing, descending.size - 1)
    return int(np.searchsorted(-descending, -descending[crossing], side="right"))
