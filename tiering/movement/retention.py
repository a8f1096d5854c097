"""What became of each tier's customers and their revenue: kept, grown, shrunk, lost, by the tier they began in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.chain import AWAY, Chain
from tiering.movement.intervals import Share

LATE_DAYS = 31  # an export seldom holds an order on its very first day
LEAST_MONTHS = 3


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
    was, gone = chain.states[0], chain.states[-1] == chain.count + AWAY
    members = [was == tier for tier in range(chain.count)]
    return tuple(_retention(chain, some & (chain.revenue[0] > 0), gone) for some in [*members, was < chain.count])


def _retention(chain: Chain, members: NDArray[np.bool_], gone: NDArray[np.bool_]) -> Retention:
    before = chain.revenue[0, members]
    after = np.where(gone[members], 0.0, np.maximum(chain.revenue[-1, members], 0.0))
    lost = gone[members]
    change = after - before
    return Retention(
        kept=Share.of(~lost),
        start=float(before.sum()),
        expansion=float(change.clip(min=0).sum()),
        contraction=float(-change[~lost].clip(max=0).sum()),
        churned=float(before[lost].sum()),
    )
