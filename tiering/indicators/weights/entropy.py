"""Weights from inequality: what is spread most unevenly over the customers weighs most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix

Figures = NDArray[np.float64]


def entropy_weights(indicators: Iterable[Figures]) -> Figures:
    """One array (m,) ≥ 0 of the known values per indicator → weights (k,) summing to 1.

    d_j = 1 − e_j with e_j the entropy of the shares p_ij = x_ij / Σ x_j, in units of ln m; 0 · ln 0 = 0. A constant
    indicator weighs 0; where all are constant, all weigh the same. Depends on the scale, and rewards whatever is
    most unequal, which is revenue.

    References
    ----------
    Shannon (1948); entropy weight method as in Hwang & Yoon (1981), Multiple Attribute Decision Making.
    """
    diversity = np.array([_diversity(values) for values in indicators])
    total = diversity.sum()
    return diversity / total if total > 1e-12 else np.full(diversity.size, 1 / max(diversity.size, 1))


def _diversity(values: Figures) -> float:
    total = values.sum()
    if values.size < 2 or total <= 0:
        return 0.0
    shares = values[values > 0] / total
    return max(float(1 + (shares * np.log(shares)).sum() / np.log(values.size)), 0.0)


def entropy_shares(matrix: IndicatorMatrix, keys: Sequence[str]) -> dict[str, float]:
    """Entropy weights over the known levels of ``keys``."""
    rows = [matrix.keys.index(key) for key in keys]
    return dict(zip(keys, entropy_weights(_known_levels(matrix, rows)).tolist(), strict=True))


def _known_levels(matrix: IndicatorMatrix, rows: Sequence[int]) -> Iterator[Figures]:
    """One array of known levels for each of the rows."""
    for row in rows:
        known = matrix.patterns[matrix.pattern, row] > 0
        yield matrix.levels[row, known].astype(np.float64)
