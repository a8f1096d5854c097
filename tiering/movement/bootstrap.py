"""Intervals by drawing the same customers again: how far a figure depends on who happens to be in the file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
MANY = 20_000  # customers from which fewer draws do: their figure hardly varies
FEWER_DRAWS = 300
BLOCK = 4_000_000  # numbers drawn at a time

Figures = NDArray[np.float64]


def resampled_ratios(parts: Figures, whole: Figures, seed: int, draws: int | None = None) -> Figures:
    """Ratios Σ part / Σ whole of customers drawn again at random: (draws, k) from ``parts`` (k, n), ``whole`` (n,).

    Each customer counts as often as a Poisson number of mean 1 says, which is drawing with replacement but for the
    total number. The same seed and order of customers give the same answer; NaN where nothing was drawn.

    References
    ----------
    Efron (1979), Annals of Statistics 7; Poisson weights after Hanley & MacGibbon (2006), Computer Methods and
    Programs in Biomedicine 83.
    """
    count = draws or (DRAWS if whole.size <= MANY else FEWER_DRAWS)
    chance = np.random.default_rng(seed)
    figures = np.column_stack([*parts, whole])
    ratios = []
    step = max(BLOCK // max(whole.size, 1), 1)
    for start in range(0, count, step):
        times = chance.poisson(1.0, (min(step, count - start), whole.size)).astype(np.float64)
        sums = times @ figures
        total = sums[:, -1:]
        ratios.append(np.divide(sums[:, :-1], total, out=np.full_like(sums[:, :-1], np.nan), where=total > 0))
    return np.concatenate(ratios) if ratios else np.empty((0, len(parts)))


def interval(values: Figures, confidence: float = 0.95) -> tuple[float, float]:
    """The middle ``confidence`` of resampled values; NaN without one."""
    known = values[np.isfinite(values)]
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
