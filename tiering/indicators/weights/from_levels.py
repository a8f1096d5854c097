"""The data's own weights of some indicators of a customer base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.indicators.weights.critic import critic_weights
from tiering.indicators.weights.entropy import entropy_weights

Figures = NDArray[np.float64]


def equal_shares(keys: Sequence[str]) -> dict[str, float]:
    """The bar every other proposal has to clear: all the same."""
    return dict.fromkeys(keys, 1 / max(len(keys), 1))


def critic_shares(matrix: IndicatorMatrix, covariance: Figures, keys: Sequence[str]) -> dict[str, float]:
    """CRITIC over the levels of ``keys``; ``covariance`` (k, k) is that of the whole matrix, rows in its order."""
    rows = [matrix.keys.index(key) for key in keys]
    span = np.array([np.ptp(levels) for levels in _known_levels(matrix, rows)])
    shares = critic_weights(covariance[np.ix_(rows, rows)], span)
    return dict(zip(keys, shares.tolist(), strict=True))


def entropy_shares(matrix: IndicatorMatrix, keys: Sequence[str]) -> dict[str, float]:
    """Entropy weights over the known levels of ``keys``."""
    rows = [matrix.keys.index(key) for key in keys]
    return dict(zip(keys, entropy_weights(_known_levels(matrix, rows)).tolist(), strict=True))


def _known_levels(matrix: IndicatorMatrix, rows: Sequence[int]) -> Iterator[Figures]:
    """One array of known levels for each of the rows."""
    for row in rows:
        known = matrix.patterns[matrix.pattern, row] > 0
        yield matrix.levels[row, known].astype(np.float64)
