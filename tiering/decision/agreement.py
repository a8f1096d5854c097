"""How far two tierings of the same customers agree: in their tiers, and in the order of their scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import weightedtau

Counts = NDArray[np.integer]


def weighted_kappa(counts: Counts) -> float:
    """Square table of customers (tier before, tier after) → agreement beyond chance, −1..1; 1 is the same tiers.

    A move by two tiers weighs twice a move by one. NaN where chance alone would agree: everybody in one tier both
    times, or nobody at all.

    References
    ----------
    Cohen (1968), Psychological Bulletin 70; linear weights.
    """
    total = counts.sum()
    if not total:
        return float("nan")
    size = len(counts)
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    expected = float((apart * chance).sum())
    return float("nan") if expected == 0 else 1 - float((apart * counts).sum()) / expected


def rank_agreement(before: NDArray[np.int32], after: NDArray[np.int32]) -> float:
    """Scores (n,) of the customers scored both times → weighted Kendall τ, −1..1; 1 is the same order.

    Exchanges near the top weigh more (hyperbolic weights). NaN with fewer than two customers or where one side gives
    everybody the same score. Which side comes first does not matter, nor the order of rows.

    References
    ----------
    Vigna (2015), A weighted correlation index for rankings with ties, WWW '15.
    """
    if before.size < 2 or np.ptp(before) == 0 or np.ptp(after) == 0:
        return float("nan")
    return float(weightedtau(before, after).statistic)
