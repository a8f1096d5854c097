"""From base tier to final tier: points, then caps, then what was decided by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.scenario.exceptions import Ledger, TierRules
from tiering.tiers.overrides import BY_RULE, ByHand, by_hand
from tiering.tiers.points import Points, rule_points, stepped
from tiering.tiers.provisional import Held
from tiering.tiers.totals import TierTotals, tier_totals

Tiers = NDArray[np.int8]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class TierAdjustments:
    """What leads n customers from base tier to final tier; no weight and no line changes it."""

    points: Points
    hand: ByHand
    count: int

    def by_rule(self, base: Tiers, rows: Rows | None = None) -> Tiers:
        """Base tier numbers (n,), or those of ``rows`` → tiers after points and caps."""
        steps, caps = self.points.steps, self.points.caps
        return stepped(base, _at(steps, rows), _at(caps, rows), self.count)

    def final(self, base: Tiers, rows: Rows | None = None) -> Tiers:
        """Base tier numbers (n,), or those of ``rows`` → final tiers: by rule unless set by hand."""
        fixed = _at(self.hand.tiers, rows)
        return np.where(fixed == BY_RULE, self.by_rule(base, rows), fixed).astype(np.int8)

    @cached_property
    def paths(self) -> tuple[tuple[Tiers, Rows], ...]:
        """Each way from base to final tier other than none: the final tier by base tier, and whose way it is.

        The base tiers are 0 … count, the last one "no score". Whoever keeps every base tier is in none of them.
        """
        return tuple(self._paths())

    def _paths(self) -> Iterator[tuple[Tiers, Rows]]:
        kind = (self.points.steps + 1) + 3 * (self.points.caps + 16 * (self.hand.tiers.astype(np.int32) + 1))
        every = np.arange(self.count + 1, dtype=np.int8)
        for way in np.unique(kind):
            rows = np.flatnonzero(kind == way)
            final = self.final(every, np.full(every.size, rows[0]))
            if (final != every).any():
                yield final, rows


def tier_adjustments(
    customers: pd.DataFrame,
    choices: tuple[TierRules, Ledger],
    tiers: tuple[str, ...],
    as_of: date | None,
    standing: tuple[Held, ...] = (),
) -> TierAdjustments | None:
    """Customer table + rules and ledger on a day → the way from base to final tiers; None where they are equal.

    ``standing``: caps that hold in every scheme, with whom; they come behind the scheme's own.
    """
    rules, ledger = choices
    if not (rules.points or rules.caps or ledger.overrides or standing):
        return None
    ids = customers["customer_id"].to_numpy(dtype=object)
    return TierAdjustments(
        rule_points(customers, rules, tiers, standing), by_hand(ids, ledger, tiers, as_of), len(tiers)
    )


def _at(values: Tiers, rows: Rows | None) -> Tiers:
    return values if rows is None else values[rows]


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


def hand_effect(settled: TierAdjustments, base: NDArray[np.int8], revenue: NDArray[np.float64]) -> HandEffect:
    """Base tiers (n,) + revenue (n,) → totals without and with the ledger."""
    by_rule, final = settled.by_rule(base), settled.final(base)
    return HandEffect(tier_totals(by_rule, revenue, settled.count), tier_totals(final, revenue, settled.count))
