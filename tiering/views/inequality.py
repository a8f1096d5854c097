"""How unevenly revenue is spread: Gini, share of the biggest, and the number of equal customers it amounts to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
FEW = 100


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
