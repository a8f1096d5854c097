"""What each tier is worth, what lies in each tenth of a point, and what a shifted line would move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.tiers.score import BINS, TOP, UNSCORED

Money = NDArray[np.float64]
Milli = NDArray[np.int32]


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
    return TierTotals(np.bincount(tiers, minlength=size), np.bincount(tiers, weights=revenue, minlength=size))


def score_bins(milli: Milli, revenue: Money) -> tuple[NDArray[np.int64], Money]:
    """Scores (n,) → customers and revenue per tenth of a point (1001,): bin b holds scores b/10 up to (b+1)/10."""
    scored = milli != UNSCORED
    bins, money = (
        (milli // (TOP // BINS), revenue) if scored.all() else (milli[scored] // (TOP // BINS), revenue[scored])
    )
    return np.bincount(bins, minlength=BINS + 1), np.bincount(bins, weights=money, minlength=BINS + 1)


def line_shifts(milli: Milli, revenue: Money, positions: tuple[int, ...]) -> tuple[Shift, ...]:
    """For each cut line: who would rise if it were 1 % lower, and fall if it were 1 % higher (of its own value)."""
    shifts = []
    for line, position in enumerate(positions):
        step = max(round(position * 0.01), 1)
        rise = (milli < position) & (milli >= position - step) & (milli != UNSCORED)
        fall = (milli >= position) & (milli < position + step)
        shifts.append(
            Shift(line, int(rise.sum()), float(revenue[rise].sum()), int(fall.sum()), float(revenue[fall].sum()))
        )
    return tuple(shifts)


def nearest_to_line(milli: Milli, position: int, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row numbers of the ``count`` scores just above (lowest first) and just below (highest first) a line."""
    above = np.flatnonzero(milli >= position)
    below = np.flatnonzero((milli < position) & (milli != UNSCORED))
    return _smallest(above, milli[above], count), _smallest(below, -milli[below], count)


def _smallest(rows: NDArray[np.intp], keys: Milli, count: int) -> NDArray[np.intp]:
    if rows.size > count:
        reach = np.partition(keys, count - 1)[count - 1]
        rows, keys = rows[keys <= reach], keys[keys <= reach]
    return rows[np.argsort(keys, kind="stable")][:count]
