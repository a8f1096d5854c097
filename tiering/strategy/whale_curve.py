"""How much of the profit the most profitable customers bring, and how much the others eat up again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def whale_curve(profit: Values) -> Values:
    """Profit per customer (n,) → running share of the whole profit, most profitable first; empty without a profit.

    It climbs above 1 where some customers cost more than they bring.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5).
    """
    whole = float(profit.sum())
    if whole <= 0:
        return np.empty(0)
    curve: Values = np.cumsum(np.sort(profit)[::-1]) / whole
    return curve
