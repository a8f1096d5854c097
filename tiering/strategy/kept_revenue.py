"""How much of a tier's revenue is kept from one period to the next, the tier being that of the start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Kept:
    """Of the customers who bought at the start.

    Attributes
    ----------
    start, expansion, contraction, churned
        Their revenue then; what those who buy more added, those who buy less took away, those who stopped took away.
    customers, stayed
        How many they were, and how many of them still bought.
    """

    start: float
    expansion: float
    contraction: float
    churned: float
    customers: int
    stayed: int

    @property
    def net(self) -> float:
        """Net revenue retention: above 1 where growth of the kept outweighs the losses; NaN without a start."""
        return self._of_start(self.start + self.expansion - self.contraction - self.churned)

    @property
    def gross(self) -> float:
        """Gross revenue retention, 0..1: the losses alone."""
        return self._of_start(self.start - self.contraction - self.churned)

    @property
    def customers_kept(self) -> float:
        """Share of the customers who still bought, 0..1."""
        return self.stayed / self.customers if self.customers else float("nan")

    def _of_start(self, left: float) -> float:
        return left / self.start if self.start > 0 else float("nan")


def kept_revenue(start: Values, now: Values) -> Kept:
    """Revenue of the same customers (n,) in two periods → what was kept; who had none at the start does not count.

    A customer with returns only in the second period counts as lost, its revenue as 0.
    """
    had = start > 0
    before, after = start[had], np.maximum(now[had], 0.0)
    change, stayed = after - before, after > 0
    return Kept(
        start=float(before.sum()),
        expansion=float(change[change > 0].sum()),
        contraction=float(-change[(change < 0) & stayed].sum()),
        churned=float(before[~stayed].sum()),
        customers=int(had.sum()),
        stayed=int(stayed.sum()),
    )


def kept_by_tier(tiers: NDArray[np.integer], start: Values, now: Values, count: int) -> pd.DataFrame:
    """Tier at the start (n,) with both revenues → one row per tier 0 … ``count`` − 1, last one for all together.

    Columns: ``customers``, ``start``, ``net``, ``gross``, ``customers_kept``.
    """
    parts = [kept_revenue(start[tiers == tier], now[tiers == tier]) for tier in range(count)]
    parts.append(kept_revenue(start, now))
    names = ("customers", "start", "net", "gross", "customers_kept")
    return pd.DataFrame([{name: getattr(part, name) for name in names} for part in parts])


def whale_curve(profit: Values) -> Values:
    """Profit per customer (n,) → running share of the whole profit, most profitable first; empty without a profit.

    It climbs above 1 where some customers cost more than they bring.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5).
    """
    whole = float(profit.sum())
    if whole <= 0:
        return np.empty(0)
    curve: Values = np.cumsum(np.sort(profit)[::-1]) / whole
    return curve
