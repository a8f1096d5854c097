"""Weights from contrast and conflict: what varies much and agrees little with the rest weighs most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


def critic_weights(covariance: Figures, span: Figures) -> Figures:
    """Covariance (k, k) of the indicators and best − worst of each (k,) → weights (k,) summing to 1.

    C_j = σ_j · Σ_k (1 − r_jk), σ on the scale where the worst is 0 and the best 1. A constant indicator weighs 0;
    where all are constant, all weigh the same.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis (1995), Determining objective weights in multiple criteria problems: the
    CRITIC method, Computers & Operations Research 22.
    """
    deviation = np.sqrt(np.diag(covariance))
    varies = (deviation > 0) & (span > 0)
    information = np.zeros(span.size)
    if not varies.any():
        return np.full(span.size, 1 / max(span.size, 1))
    within = np.ix_(varies, varies)
    correlation = covariance[within] / np.outer(deviation[varies], deviation[varies])
    contrast = deviation[varies] / span[varies]
    conflict = (1 - correlation).sum(axis=0)
    information[varies] = contrast * conflict
    total = information.sum()
    # indicators that all say the same have no conflict at all: then contrast alone is left
    return information / total if total > 1e-12 else np.where(varies, 1 / varies.sum(), 0.0)
