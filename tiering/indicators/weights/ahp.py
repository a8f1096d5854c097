"""Weights from pairwise comparisons: the analytic hierarchy process with its consistency ratio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

MOST_COMPARED = 7
ACCEPTED = 0.10
# Mean consistency index of random judgements (Saaty 1980), by number of things compared
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)

Judgements = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """What a matrix of judgements says.

    Attributes
    ----------
    weights
        (n,) principal eigenvector, summing to 1.
    principal
        Its eigenvalue λ; n where all judgements agree with each other.
    consistency_ratio
        CI / RI with CI = (λ − n) / (n − 1); from 0.10 on the judgements contradict each other too much.
    triple
        The three whose judgements contradict each other most, None below three or where nothing does.
    """

    weights: NDArray[np.float64]
    principal: float
    consistency_ratio: float
    triple: tuple[int, int, int] | None


def judgement_matrix(n: int, ratios: Mapping[tuple[int, int], float]) -> Judgements:
    """Ratios "i counts so many times as much as j" for i < j → reciprocal matrix (n, n); 1 where nothing is said."""
    judgements = np.ones((n, n))
    for (i, j), ratio in ratios.items():
        judgements[i, j], judgements[j, i] = ratio, 1 / ratio
    return judgements


def compared_weights(judgements: Judgements) -> Comparison:
    """Reciprocal matrix (n, n), 1 ≤ n ≤ 10 → weights, consistency ratio and the most inconsistent triple.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; random indices of that book. Triple after Koczkodaj (1993), by the
    logarithm of a_ij · a_jk / a_ik.
    """
    n = len(judgements)
    values, vectors = np.linalg.eig(judgements)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)
    largest = float(values[principal].real)
    index = max(largest - n, 0.0) / (n - 1) if n > 2 else 0.0
    ratio = index / RANDOM_INDEX[n] if index > 1e-12 else 0.0
    return Comparison(weights / weights.sum(), largest, ratio, _worst_triple(judgements))


def _worst_triple(judgements: Judgements) -> tuple[int, int, int] | None:
    """The triple whose direct judgement i : k is farthest from the way round by j."""
    logs = np.log(judgements)
    gaps = {(i, j, k): abs(logs[i, j] + logs[j, k] - logs[i, k]) for i, j, k in combinations(range(len(logs)), 3)}
    worst = max(gaps, key=gaps.__getitem__, default=None)
    return worst if worst is not None and gaps[worst] > 1e-9 else None
