"""The score of every customer, in whole thousandths, and how much each indicator really decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import LEVELS, IndicatorMatrix
from tiering.problems import DataProblem, Problem

MILLI = 1000
TOP = 100 * MILLI
BINS = 1000
LEAST_COVERAGE = 0.6
UNSCORED = -1
_EXACT_FLOAT32 = 2**24
Square = NDArray[np.float64]
MOST_NAMED = 5


@dataclass(frozen=True)
class Scores:
    """Scores of n customers.

    Attributes
    ----------
    milli
        (n,) int32, score × 1000 rounded down, 0..100000; −1 where too little is known to score.
    coverage
        (n,) share of the weight that is known, 0..1; None when everybody's is known.
    """

    milli: NDArray[np.int32]
    coverage: NDArray[np.float64] | None


def weight_vector(matrix: IndicatorMatrix, weights: Mapping[str, int]) -> NDArray[np.float64]:
    """Weights in the matrix's row order (k,); an indicator without a weight counts 0."""
    return np.array([weights.get(key, 0) for key in matrix.keys], dtype=np.float64)


def score_customers(matrix: IndicatorMatrix, weights: Mapping[str, int]) -> Scores:
    """Σ weight × level / Σ weight over the known indicators → 0..100.

    Whole-number arithmetic: equal customers are equal to the last bit (see ``indicators.matrix``). A customer with
    less than 60 % of the weight known is not scored, nor is anybody when all weights are 0. Nothing is imputed.
    Newcomers who are tiered provisionally are scored by whatever is known of them.

    References
    ----------
    Additive value model over known indicators; coverage rule after OECD/JRC (2008), Handbook on Constructing
    Composite Indicators.
    """
    vector = weight_vector(matrix, weights)
    total = vector.sum()
    customers = matrix.levels.shape[1]
    if total == 0:
        return Scores(np.full(customers, UNSCORED, np.int32), np.zeros(customers))
    precise = np.float32 if total * LEVELS < _EXACT_FLOAT32 else np.float64
    used = vector.astype(precise)
    points = used @ matrix.levels.astype(precise, copy=False)
    weight = matrix.patterns @ vector
    if (weight == total).all():
        return Scores(_milli(points, total), None)
    coverage = weight / total
    milli = _milli(points, np.maximum(weight, 1.0)[matrix.pattern])
    milli[(coverage < least_coverage(matrix))[matrix.pattern]] = UNSCORED
    return Scores(milli, coverage[matrix.pattern])


def least_coverage(matrix: IndicatorMatrix) -> NDArray[np.float64]:
    """Share of the weight that has to be known for a score, for each combination of known indicators (p,)."""
    least = np.full(len(matrix.patterns), LEAST_COVERAGE)
    if matrix.lenient is not None:
        least[matrix.lenient] = np.finfo(float).tiny
    return least


def _milli(points: NDArray[np.floating], weight: float | NDArray[np.float64]) -> NDArray[np.int32]:
    # whole numbers in, one rounding at the division: a ratio that is a whole number comes out as that number
    ratio = np.multiply(points, TOP / LEVELS, dtype=np.float64)
    ratio /= weight
    return ratio.astype(np.int32)


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


def is_foreign(weights: Mapping[str, int], keys: Sequence[str]) -> bool:
    """Whether there are weights, but none for an indicator of the data (``keys``)."""
    return any(weights.values()) and not any(weights.get(key) for key in keys)


def unweighted(weights: Mapping[str, int], keys: Sequence[str]) -> DataProblem:
    """Problem of weights that score nobody.

    WEIGHTS_UNKNOWN (``found``: the first of their names, ``available``: the data's indicators) or WEIGHTS_ALL_ZERO.
    """
    if is_foreign(weights, keys):
        found = sorted(name for name, weight in weights.items() if weight)[:MOST_NAMED]
        return DataProblem(Problem.WEIGHTS_UNKNOWN, found=found, available=list(keys))
    return DataProblem(Problem.WEIGHTS_ALL_ZERO, available=list(keys))
