"""What speaks against a set of weights: indicators that say the same twice, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.8

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Overlap:
    """What is told of the indicators that have a weight; numbers are rows of the covariance.

    Attributes
    ----------
    alike
        (row, row, correlation) of each pair beyond ± 0.8, closest first.
    constant
        The same for every customer: its weight decides nothing.
    idle
        Set to 2 % of the weight or more, yet it decides less than a tenth of its share.
    effective_number
        How many indicators of their own the weighted ones amount to; ``counted`` is how many have a weight.
    """

    alike: tuple[tuple[int, int, float], ...]
    constant: tuple[int, ...]
    idle: tuple[int, ...]
    effective_number: float
    counted: int


def overlap(weights: Figures, covariance: Figures, effective: Figures) -> Overlap:
    """Set weights (k,), covariance (k, k) and effective weights (k,) → what to say about them."""
    counted = np.flatnonzero(weights)
    deviation = np.sqrt(np.diag(covariance))
    constant = [int(row) for row in counted if deviation[row] == 0]
    varying = np.array([row for row in counted if deviation[row] > 0], dtype=np.intp)
    within = covariance[np.ix_(varying, varying)] / np.outer(deviation[varying], deviation[varying])
    share = weights / max(weights.sum(), 1)
    idle = [int(row) for row in varying if share[row] >= 0.02 and abs(effective[row]) < share[row] / 10]
    return Overlap(_alike(within, varying), tuple(constant), tuple(idle), effective_number(within), counted.size)


def effective_number(correlation: Figures) -> float:
    """Number of independent indicators a correlation matrix (k, k) amounts to: (Σ √λ)² / Σ λ, 1..k.

    References
    ----------
    Galwey (2009), A new measure of the effective number of tests, Genetic Epidemiology 33.
    """
    if not len(correlation):
        return 0.0
    eigenvalues = np.maximum(np.linalg.eigvalsh(correlation), 0.0)
    return float(np.sqrt(eigenvalues).sum() ** 2 / eigenvalues.sum())


def _alike(correlation: Figures, rows: NDArray[np.intp]) -> tuple[tuple[int, int, float], ...]:
    pairs = [
        (int(rows[i]), int(rows[j]), float(correlation[i, j]))
        for i, j in zip(*np.triu_indices(len(rows), 1), strict=True)
        if abs(correlation[i, j]) > ALIKE
    ]
    return tuple(sorted(pairs, key=lambda pair: -abs(pair[2])))
