"""How few customers make most of the revenue: Pareto, Gini, and what is left when some of the biggest go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Rows = NDArray[np.intp]
FEW = 100
CURVE_POINTS = 200


@dataclass(frozen=True)
class Loss:
    """What losing ``rows`` means.

    ``lost`` and ``left`` in money, ``lost_share`` 0..1 of the positive sum; ``effective`` number of customers left, NaN
    without any; ``upgrades`` how many customers of the second tier would have to rise to the usual revenue of the first
    to make up for it, None where that cannot be said.
    """

    rows: Rows
    lost: float
    left: float
    lost_share: float
    effective: float
    upgrades: int | None


def biggest(revenue: Values, count: int) -> Rows:
    """Row numbers of the ``count`` biggest; equals in the order they stand."""
    return np.argsort(-revenue, kind="stable")[:count]


def riskiest(tiers: NDArray[np.int8], risk: Values, revenue: Values, count: int) -> Rows:
    """Row numbers of the ``count`` riskiest customers of the top tier; ``risk`` rises, NaN where not known.

    Of equal risks the bigger revenue comes first.
    """
    top = np.flatnonzero((tiers == 0) & np.isfinite(risk))
    return top[np.lexsort((-revenue[top], -risk[top]))][:count]


def loss_of(rows: Rows, revenue: Values, tiers: NDArray[np.int8]) -> Loss:
    """Loss of the customers in ``rows``."""
    kept = np.ones(revenue.size, dtype=bool)
    kept[rows] = False
    positive = np.maximum(revenue, 0.0)
    lost, whole, left = float(positive[rows].sum()), float(positive.sum()), positive[kept]
    effective = 1 / concentration_index(left) if left.sum() > 0 else np.nan
    return Loss(
        rows,
        lost,
        float(left.sum()),
        lost / whole if whole > 0 else 0.0,
        effective,
        upgrades_needed(lost, positive, tiers, kept),
    )


def upgrades_needed(lost: float, revenue: Values, tiers: NDArray[np.int8], kept: NDArray[np.bool_]) -> int | None:
    """Customers of the second tier that would have to reach the median of the first to bring ``lost`` again.

    None where the second tier has too few of them, or the first is not above it.
    """
    first, second = revenue[tiers == 0], revenue[(tiers == 1) & kept]
    if first.size == 0 or second.size == 0:
        return None
    gains = np.sort(np.median(first) - second)[::-1]
    reached = np.cumsum(np.maximum(gains, 0.0)) >= lost
    return int(np.argmax(reached)) + 1 if reached.any() else None


@dataclass(frozen=True)
class Inequality:
    """``gini`` 0..1 (corrected for small numbers below 100 values), share of the biggest, number of equals."""

    gini: float
    top_share: float
    effective: float


def inequality(values: Values) -> Inequality:
    """Values (n,), those not positive left out → how unevenly they are spread; NaN without any."""
    positive = values[values > 0]
    if positive.size == 0:
        return Inequality(np.nan, np.nan, np.nan)
    few = 1 < positive.size < FEW
    return Inequality(
        gini(positive, corrected=few), float(positive.max() / positive.sum()), 1 / concentration_index(positive)
    )


def gini(values: Values, corrected: bool = False) -> float:
    """2·Σ i·x₍ᵢ₎ / (n·Σx) − (n + 1)/n for values ≥ 0; ``corrected`` takes it times n/(n − 1).

    References
    ----------
    Gini (1914); the correction as in Dixon et al. (1987), Ecology 68.
    """
    ascending = np.sort(values)
    count = ascending.size
    ranks = np.arange(1, count + 1)
    plain = float(2 * (ranks @ ascending) / (count * ascending.sum()) - (count + 1) / count)
    return plain * count / (count - 1) if corrected else plain


def concentration_index(values: Values) -> float:
    """Sum of squared shares (Herfindahl–Hirschman), 1/n for equals to 1 for one alone."""
    return float(np.sum((values / values.sum()) ** 2))


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
