"""Sums by tier, and the customers who are in another tier than under the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.tiers.explain import contributions
from tiering.tiers.score import BINS, TOP, UNSCORED

FIRST_REACH = 100  # a tenth of a point to begin with; widened tenfold until enough customers are found

Money = NDArray[np.float64]
Milli = NDArray[np.int32]
Final = Callable[[NDArray[np.int8], NDArray[np.intp]], NDArray[np.int8]]
SMALLEST_SHIFT = 0.05  # points; what would read as 0.0 is no reason


@dataclass(frozen=True)
class TierTotals:
    """Customers and annual revenue by tier; the last entry holds the customers without a score."""

    customers: NDArray[np.int64]
    revenue: Money

    @property
    def shares(self) -> Money:
        """Share of the total revenue by tier; zeros where the total is not positive."""
        total = self.revenue.sum()
        return self.revenue / total if total > 0 else np.zeros_like(self.revenue)


@dataclass(frozen=True)
class Shift:
    """What moves when one line shifts by one percent of its position: customers and their revenue, each way."""

    line: int
    rise_customers: int
    rise_revenue: float
    fall_customers: int
    fall_revenue: float


def tier_totals(tiers: NDArray[np.int8], revenue: Money, number_of_tiers: int) -> TierTotals:
    """Tier numbers (n,) + revenue (n,) → totals for each tier and for the unscored, in tier order."""
    size = number_of_tiers + 1
    return TierTotals(np.bincount(tiers, minlength=size), _sums(tiers, revenue, size))


def score_bins(milli: Milli, revenue: Money) -> tuple[NDArray[np.int64], Money]:
    """Scores (n,) → customers and revenue per tenth of a point (1001,): bin b holds scores b/10 up to (b+1)/10."""
    # rounding down puts the customers without a score into a bin of their own, left of the first
    bins = milli // (TOP // BINS) + 1
    return np.bincount(bins, minlength=BINS + 2)[1:], _sums(bins, revenue, BINS + 2)[1:]


def line_shifts(
    milli: Milli, revenue: Money, positions: tuple[int, ...], final: Final | None = None
) -> tuple[Shift, ...]:
    """For each cut line: who would rise if it were 1 % lower, and fall if it were 1 % higher (of its own value).

    ``final`` gives the final tiers of some rows by their base tiers: who ends in the same tier on either side of the
    line does not move.
    """
    shifts = []
    for line, position in enumerate(positions):
        step = max(round(position * 0.01), 1)
        lowest = max(position - step, UNSCORED + 1)
        rise = _moving(np.flatnonzero((milli < position) & (milli >= lowest)), line, final)
        fall = _moving(np.flatnonzero((milli >= position) & (milli < position + step)), line, final)
        shifts.append(Shift(line, rise.size, float(revenue[rise].sum()), fall.size, float(revenue[fall].sum())))
    return tuple(shifts)


def nearest_to_line(milli: Milli, position: int, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row numbers of the ``count`` scores just above (lowest first) and just below (highest first) a line."""
    above = _within(milli, position, count, 1)
    below = _within(milli, position - 1, count, -1)
    return above, below[milli[below] != UNSCORED]


def _moving(rows: NDArray[np.intp], line: int, final: Final | None) -> NDArray[np.intp]:
    if final is None:
        return rows
    upper, lower = (np.full(rows.size, tier, dtype=np.int8) for tier in (line, line + 1))
    return rows[final(upper, rows) != final(lower, rows)]


def _sums(places: NDArray[np.integer], money: Money, size: int) -> Money:
    return np.asarray(np.bincount(places, weights=money, minlength=size), dtype=np.float64)


def _within(milli: Milli, start: int, count: int, way: int) -> NDArray[np.intp]:
    """Rows of the ``count`` scores nearest to ``start``, itself included, on one side of it."""
    away = (milli - start) * way
    reach = FIRST_REACH
    while True:
        rows = np.flatnonzero((away >= 0) & (away < reach))
        if rows.size >= count or reach > TOP:
            return rows[np.argsort(away[rows], kind="stable")][:count]
        reach *= 10


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
