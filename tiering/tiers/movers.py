"""Who stands in another tier than in the baseline, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.tiers.explain import contributions

SMALLEST_SHIFT = 0.05  # points; what would read as 0.0 is no reason


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


def main_shift(
    matrix: IndicatorMatrix, before: Mapping[str, int], after: Mapping[str, int], row: int
) -> tuple[str, float] | None:
    """Indicator whose points changed most between two sets of weights, and by how much; None when none changed.

    Equal changes: the first in catalogue order.
    """
    was = {part.indicator.key: part.points for part in contributions(matrix, before, row)}
    now = {part.indicator.key: part.points for part in contributions(matrix, after, row)}
    shifts = [(key, now.get(key, 0.0) - was.get(key, 0.0)) for key in matrix.keys]
    key, points = max(shifts, key=lambda shift: abs(shift[1]), default=("", 0.0))
    return (key, points) if abs(points) >= SMALLEST_SHIFT else None
