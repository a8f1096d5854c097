"""What became of each tier's customers and their revenue by the tier they began in, and contracts that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.chain import AWAY, Chain
from tiering.movement.intervals import Share

Money = NDArray[np.float64]
LATE_DAYS = 31  # an export seldom holds an order on its very first day
LEAST_MONTHS = 3
MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Retention:
    """Customers with revenue in the window before, by the tier they were in at its end.

    ``kept``: how many ordered in the window after, of how many; ``start``: revenue of the window before, all money
    of theirs; ``expansion``, ``contraction``, ``churned`` ≥ 0: how the window after differs.
    """

    kept: Share
    start: float
    expansion: float
    contraction: float
    churned: float

    @property
    def net(self) -> float:
        """Net revenue retention (NRR): revenue of the same customers after, over that before; NaN of nothing."""
        return self._over_start(self.start + self.expansion - self.contraction - self.churned)

    @property
    def gross(self) -> float:
        """Gross revenue retention (GRR): the same without any growth, at most 1."""
        return self._over_start(self.start - self.contraction - self.churned)

    def _over_start(self, money: float) -> float:
        return money / self.start if self.start > 0 else float("nan")


def retention_months(first: date, as_of: date, window_months: int) -> int:
    """Longest window, ``window_months`` at most, that the data hold twice up to ``as_of``; 0 for under 3 months."""
    for months in range(window_months, LEAST_MONTHS - 1, -1):
        if (first - months_before(as_of, 2 * months)).days <= LATE_DAYS:
            return months
    return 0


def retention_by_tier(chain: Chain) -> tuple[Retention, ...]:
    """First and last date of a chain → retention of each tier, best first, and of all of them last.

    The tier is that at the first date: by today's tier those who grew would be counted where they arrived. Churned
    is who has no order in the window up to the last date; there is no contract to tell by.
    """
    gone = chain.states[-1] == chain.count + AWAY
    return retention_of_tiers(chain.states[0], (chain.revenue[0], chain.revenue[-1]), gone, chain.count)


def retention_of_tiers(
    tiers: NDArray[np.integer], revenue: tuple[Money, Money], gone: NDArray[np.bool_], count: int
) -> tuple[Retention, ...]:
    """Tier at the start (n,), revenue then and now, who no longer orders → each tier's retention, that of all last.

    Customers whose tier number is ``count`` or more had none, and are in no sum.
    """
    before, after = revenue
    members = [*(tiers == tier for tier in range(count)), tiers < count]
    return tuple(retained_revenue(before[some], after[some], gone[some]) for some in members)


def retained_revenue(before: Money, after: Money, gone: NDArray[np.bool_]) -> Retention:
    """Revenue of the same customers (n,) in two windows → what was kept; who had none at the start does not count.

    Where returns exceed what was bought the revenue after counts as 0.
    """
    had = before > 0
    start, lost = before[had], gone[had]
    change = np.where(lost, 0.0, np.maximum(after[had], 0.0)) - start
    return Retention(
        kept=Share.of(~lost),
        start=float(start.sum()),
        expansion=float(change.clip(min=0).sum()),
        contraction=float(-change[~lost].clip(max=0).sum()),
        churned=float(start[lost].sum()),
    )


def contract_ends(customers: pd.DataFrame) -> NDArray[np.datetime64]:
    """End of each customer's contract (n,) as datetime64[D], NaT where none is known."""
    if "contract_end" not in customers:
        return np.full(len(customers), np.datetime64("NaT"), dtype="datetime64[D]")
    return pd.to_datetime(customers["contract_end"], errors="coerce").to_numpy().astype("datetime64[D]")


def month_of(ends: NDArray[np.datetime64], as_of: date) -> NDArray[np.int64]:
    """Months from that of ``as_of`` to that of each end (n,): 0 this month, −1 for already ended, −2 for none."""
    months = ends.astype("datetime64[M]").astype(np.int64) - np.datetime64(as_of, "M").astype(np.int64)
    ended = ends < np.datetime64(as_of, "D")
    return np.where(np.isnat(ends), -2, np.where(ended, -1, months))


def renewal_calendar(place: NDArray[np.int64], revenue: NDArray[np.float64], as_of: date) -> pd.DataFrame:
    """One row for contracts already ended (``place`` −1) and for each of this and the next twelve months.

    ``month`` (its first day, NaT for ended), ``customers``, ``revenue`` a year.
    """
    places = np.arange(-1, MONTHS_AHEAD + 1)
    first = np.datetime64(as_of, "M") + np.maximum(places, 0)
    months = first.astype("datetime64[D]").astype("datetime64[s]")
    months[0] = np.datetime64("NaT")
    members = [place == at for at in places]
    return pd.DataFrame(
        {
            "place": places,
            "month": months,
            "customers": [int(some.sum()) for some in members],
            "revenue": [float(revenue[some].sum()) for some in members],
        }
    )
