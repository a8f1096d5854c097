"""What each weight really decides: the share of the differences between scores that comes from an indicator."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix

Square = NDArray[np.float64]


def level_covariance(matrix: IndicatorMatrix) -> Square:
    """Covariance (k, k) of the indicator levels; a missing level stands at its indicator's mean."""
    if matrix.levels.shape[1] < 2:
        return np.zeros((matrix.levels.shape[0],) * 2)
    levels = matrix.levels
    if matrix.known is not None:
        count = np.maximum(matrix.known.sum(axis=1, dtype=np.float64), 1)
        mean = (levels.sum(axis=1, dtype=np.float64) / count).astype(np.float32)
        levels = levels + (1 - matrix.known) * mean[:, None]
    return np.atleast_2d(np.cov(levels))


def effective_weights(weights: NDArray[np.float64], covariance: Square) -> NDArray[np.float64]:
    """Set weights (k,) → effective weights (k,), summing to 1; zeros where all scores are equal.

    ``w_i · cov(x_i, score) / var(score)``: correlated indicators share what they decide together, an indicator
    that hardly varies decides little however large its slider. A negative share pulls against the others.

    References
    ----------
    Paruolo, Saisana & Saltelli (2013), Ratings and rankings: voodoo or science?, J. R. Stat. Soc. A 176.
    """
    pull = weights * (covariance @ weights)
    variance = pull.sum()
    return pull / variance if variance > 0 else np.zeros_like(weights)
