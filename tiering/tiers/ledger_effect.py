"""What tiers set by hand change in the totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.tiers.final_tier import Settlement
from tiering.tiers.totals import TierTotals, tier_totals


@dataclass(frozen=True)
class HandEffect:
    """Totals by tier as the rules alone give them, and as they are with what was set by hand."""

    by_rule: TierTotals
    final: TierTotals

    @property
    def customers(self) -> NDArray[np.int64]:
        """Customers more or fewer by tier, the unscored last."""
        return self.final.customers - self.by_rule.customers

    @property
    def revenue(self) -> NDArray[np.float64]:
        """Annual revenue more or less by tier, the unscored last."""
        return self.final.revenue - self.by_rule.revenue


def hand_effect(settled: Settlement, base: NDArray[np.int8], revenue: NDArray[np.float64]) -> HandEffect:
    """Base tiers (n,) + revenue (n,) → totals without and with the ledger."""
    by_rule, final = settled.by_rule(base), settled.final(base)
    return HandEffect(tier_totals(by_rule, revenue, settled.count), tier_totals(final, revenue, settled.count))
