"""Whether a short series falls or rises: Mann–Kendall test and Sen's slope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from math import factorial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtr

from tiering.decimals import doubles
from tiering.metrics.windows import months_before

MOST_EXACT = 10


@dataclass(frozen=True)
class Trend:
    """``balance``: rising less falling pairs (S); ``tau`` −1..1; two-sided ``p``; ``slope`` per step."""

    balance: int
    tau: float
    p: float
    slope: float


def quarterly_revenue(orders: pa.Table, as_of: date, quarters: int = 8) -> NDArray[np.float64]:
    """Order lines → net revenue of the last ``quarters`` times three months up to ``as_of``, oldest first.

    Empty where the orders do not reach back to the first of them, but for a month.
    """
    marks = np.array([months_before(as_of, 3 * back) for back in range(quarters, -1, -1)], dtype="datetime64[D]")
    days = orders["order_date"].to_numpy().astype("datetime64[D]")
    if days.size == 0 or days.min() > marks[0] + np.timedelta64(31, "D"):
        return np.array([])
    place = np.searchsorted(marks, days, side="left") - 1
    inside = (place >= 0) & (place < quarters)
    amounts = doubles(orders["amount"])
    return np.bincount(place[inside], weights=amounts[inside], minlength=quarters).astype(np.float64)


def mann_kendall(series: NDArray[np.float64]) -> Trend:
    """Values in order of time (n ≥ 2) → trend; p is exact up to ten values without ties, else by the normal curve.

    References
    ----------
    Mann (1945), Econometrica 13; Kendall (1975), Rank Correlation Methods; Sen (1968), JASA 63.
    """
    earlier, later = np.triu_indices(series.size, k=1)
    steps = series[later] - series[earlier]
    balance = int(np.sign(steps).sum())
    sizes = np.unique(series, return_counts=True)[1]
    exact = series.size <= MOST_EXACT and bool((sizes == 1).all())
    p = _exact_p(series.size, balance) if exact else _normal_p(series.size, balance, sizes)
    return Trend(balance, balance / steps.size, p, float(np.median(steps / (later - earlier))))


def _exact_p(length: int, balance: int) -> float:
    """Share of all orders of ``length`` values at least as far from level."""
    pairs = length * (length - 1) // 2
    inversions = (pairs - abs(balance)) // 2
    return min(1.0, 2 * sum(_orders_with(length)[: inversions + 1]) / factorial(length))


@cache
def _orders_with(length: int) -> tuple[int, ...]:
    """How many orders of ``length`` values have 0, 1, 2 … inversions."""
    counts = np.array([1], dtype=object)
    for size in range(2, length + 1):
        counts = np.convolve(counts, np.ones(size, dtype=object))
    return tuple(int(count) for count in counts)


def _normal_p(length: int, balance: int, ties: NDArray[np.int64]) -> float:
    variance = (length * (length - 1) * (2 * length + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if balance == 0 or variance <= 0:
        return 1.0
    return float(2 * ndtr(-(abs(balance) - 1) / np.sqrt(variance)))
