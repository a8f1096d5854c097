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


def gamma_shape(mean_days: Values, log_mean_days: Values) -> Values:
    """Shape k (n,) of gamma gaps from their mean and mean logarithm; infinite where they never vary.

    1 is pure chance, above it regular, below it in bursts.

    References
    ----------
    Minka (2002), Estimating a Gamma distribution: the closed-form start of the maximum-likelihood fit.
    """
    spread = np.log(mean_days) - log_mean_days
    with np.errstate(divide="ignore"):
        shape = (3 - spread + np.sqrt((spread - 3) ** 2 + 24 * spread.clip(min=0))) / (12 * spread)
    return np.where(spread > 0, shape, np.inf)


def tail_of(shape: Values, mean_days: Values, silent_days: Values) -> Values:
    """Probability (n,) that a gamma gap of that mean lasts longer than ``silent_days``; shapes count up to 50."""
    regular = np.minimum(shape, MOST_REGULAR)
    return np.asarray(gammaincc(regular, regular * np.maximum(silent_days, 0.0) / mean_days))


def silence_tails(gaps: Values, mean_days: Values, log_mean_days: Values, silent_days: Values) -> Values:
    """Probability (n,) that a gap lasts longer than ``silent_days``; NaN with under three gaps or a zero mean.

    Gaps are taken as gamma distributed with the customer's own mean and shape (`gamma_shape`), at most 50. A small
    tail means "late by its own standards": an irregular buyer may be silent for several mean gaps and still be on
    time, a regular one not.

    References
    ----------
    Dunn, Reader & Wrigley (1983), Appl. Statist. 32 (gamma gaps between purchases).
    """
    tails = np.full(gaps.shape, np.nan)
    told = (gaps >= LEAST_GAPS) & (mean_days > 0) & np.isfinite(silent_days)
    mean = mean_days[told]
    tails[told] = tail_of(gamma_shape(mean, log_mean_days[told]), mean, silent_days[told])
    return tails
