"""How unusual a customer's silence is against the rhythm it has kept itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

Values = NDArray[np.float64]

LEAST_GAPS = 3
MOST_REGULAR = 50.0  # shape of gaps that never vary; keeps one late day from being certain loss
RED = 0.05
AMBER = 0.20


def silence_tails(gaps: Values, mean_days: Values, spread_days: Values, silent_days: Values) -> Values:
    """Probability (n,) that a gap lasts longer than ``silent_days``; NaN with under three gaps or a zero mean.

    Gaps are taken as gamma distributed with the customer's own mean and the shape (mean / standard deviation)²,
    at most 50. A small tail means "late by its own standards": an irregular buyer may be silent for several mean
    gaps and still be on time, a regular one not.

    References
    ----------
    Dunn, Reader & Wrigley (1983), Appl. Statist. 32 (gamma gaps between purchases); shape by the method of moments.
    """
    tails = np.full(gaps.shape, np.nan)
    told = (gaps >= LEAST_GAPS) & (mean_days > 0) & np.isfinite(silent_days)
    mean, spread = mean_days[told], spread_days[told]
    regularity = np.divide(mean, spread, out=np.full(mean.shape, np.inf), where=spread > 0)
    shape = np.minimum(regularity**2, MOST_REGULAR)
    tails[told] = gammaincc(shape, shape * np.maximum(silent_days[told], 0.0) / mean)
    return tails
