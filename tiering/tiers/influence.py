"""What each weight really decides: the share of the differences between scores that comes from an indicator."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix

Square = NDArray[np.float64]


def level_covariance(matrix: IndicatorMatrix) -> Square:
    """Covariance (k, k) of the indicator levels; a missing level stands at its indicator's mean."""
    centred = matrix.levels.astype(np.float64)
    for row, known in enumerate(matrix.patterns.T.astype(bool)):
        here = known[matrix.pattern]
        centred[row] -= centred[row].sum() / here.sum()
        centred[row] *= here
    return centred @ centred.T / max(centred.shape[1] - 1, 1)


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
    # what is left where indicators cancel out is rounding, not influence
    return pull / variance if variance > 1e-9 * np.abs(pull).sum() else np.zeros_like(weights)
