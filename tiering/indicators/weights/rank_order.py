"""Weights from a ranking alone: the centroid of all weightings that keep the order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]


def rank_order_centroid(n: int) -> Shares:
    """Weights (n,) of the first to the last of n ranks, summing to 1: w_k = (1/n) Σ_{i≥k} 1/i.

    References
    ----------
    Edwards & Barron (1994), SMARTS and SMARTER, Organizational Behavior and Human Decision Processes 60.

    Examples
    --------
    >>> rank_order_centroid(4).round(4).tolist()
    [0.5208, 0.2708, 0.1458, 0.0625]
    """
    return np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n
