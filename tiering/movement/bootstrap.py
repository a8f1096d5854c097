"""Intervals by drawing the same customers again: how far a figure depends on who happens to be in the file."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
MANY = 20_000  # customers from which fewer draws do: their figure hardly varies
FEWER_DRAWS = 300
BLOCK = 4_000_000  # numbers drawn at a time

Figures = NDArray[np.float64]


def drawn_again(customers: int, seed: int, draws: int | None = None) -> Iterator[Figures]:
    """How often each customer is drawn, in blocks (some draws, ``customers``) that together make all draws.

    As often as a Poisson number of mean 1 says, which is drawing with replacement but for the total number. The same
    seed gives the same answer.

    References
    ----------
    Efron (1979), Annals of Statistics 7; Poisson weights after Hanley & MacGibbon (2006), Computer Methods and
    Programs in Biomedicine 83.
    """
    count = draws or (DRAWS if customers <= MANY else FEWER_DRAWS)
    chance = np.random.default_rng(seed)
    step = max(BLOCK // max(customers, 1), 1)
    for start in range(0, count, step):
        yield chance.poisson(1.0, (min(step, count - start), customers)).astype(np.float64)


def interval(values: Figures, confidence: float = 0.95) -> tuple[float, float]:
    """The middle ``confidence`` of resampled values; NaN without one."""
    known = values[np.isfinite(values)]
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
