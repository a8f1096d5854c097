"""Weights from a ranking alone: the centroid of all weightings that keep the order."""

from __future__ import annotations

from collections.abc import Sequence

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


def ranked_weights(ranks: Sequence[float | None]) -> Shares:
    """Ranks (k,), 1 the most important, None for "does not count" → weights (k,) summing to 1.

    Equal ranks share the mean of the places they take; only the order of the figures matters. All 0 where nothing
    is ranked.
    """
    given = np.array([np.nan if rank is None else rank for rank in ranks], dtype=np.float64)
    counted = np.flatnonzero(~np.isnan(given))
    weights = np.zeros(given.size)
    if counted.size:
        centroid = rank_order_centroid(counted.size)
        _, group, size = np.unique(given[counted], return_inverse=True, return_counts=True)
        by_place = np.repeat(np.arange(size.size), size)
        weights[counted] = (np.bincount(by_place, weights=centroid) / size)[group]
    return weights
