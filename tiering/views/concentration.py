"""What is left when some of the biggest, or the riskiest, customers go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.views.inequality import concentration_index

Values = NDArray[np.float64]
Rows = NDArray[np.intp]


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
