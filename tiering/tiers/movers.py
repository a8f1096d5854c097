"""Who stands in another tier than in the baseline, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Movers:
    """Rows whose tier differs from the baseline, biggest revenue first.

    ``before`` and ``after`` are tier numbers (0 the top; the last number is "no score").
    """

    rows: NDArray[np.intp]
    before: NDArray[np.int8]
    after: NDArray[np.int8]
    up: int
    down: int
    revenue: float


def movers(before: NDArray[np.int8], after: NDArray[np.int8], revenue: NDArray[np.float64]) -> Movers:
    """Two tierings of the same customers (n,) → the movers. Rows are in revenue order already and stay so."""
    rows = np.flatnonzero(before != after)
    was, now = before[rows], after[rows]
    return Movers(rows, was, now, int((now < was).sum()), int((now > was).sum()), float(revenue[rows].sum()))
