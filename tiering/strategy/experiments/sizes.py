"""What each tier is large enough to show, by its own baseline and spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.strategy.evidence import Evidence, Values
from tiering.strategy.experiments.sample_size import (
    Rules,
    arms_of,
    customers_for_means,
    customers_for_shares,
    detectable_mean,
    detectable_share,
)
from tiering.strategy.experiments.shares import detectable_rise
from tiering.strategy.kpis import MEASURES

MOST_TRIED = 2000  # customers; with more, means are normal whatever the tails
Outcome = Literal["repurchase", "revenue"]


@dataclass(frozen=True)
class TierSize:
    """One tier, or all together (``name`` empty), in a test with two arms.

    Attributes
    ----------
    baseline
        Share who buy again (0..1), or mean revenue.
    detectable
        Smallest rise that would be seen: points of the share, or a share of the mean revenue; NaN where none is.
    sharpened
        The same with CUPED on the revenue of the window before; NaN where that is not known.
    needed
        Customers in both arms for the smallest worthwhile effect; NaN where it cannot be.
    arms
        Customers with and without the playbook.
    """

    name: str
    customers: int
    baseline: float
    detectable: float
    sharpened: float
    needed: float
    arms: tuple[int, int] = (0, 0)

    @property
    def is_saturated(self) -> bool:
        """Whether there are customers, but no room for the effect: too many buy again already."""
        return self.customers > 0 and np.isfinite(self.baseline) and bool(np.isnan(self.needed))

    def can_show(self, effect: float) -> bool:
        """Whether an ``effect`` worth having could happen and would be seen."""
        if np.isnan(self.needed):
            return False
        seen = np.nanmin([self.detectable, self.sharpened]) if np.isfinite(self.detectable) else np.nan
        return bool(seen <= effect)


def can_take_part(tiering: Tiering, tier: str = "") -> NDArray[np.bool_]:
    """Who can take part in a test (n,): customers of a tier who bought in the period, of every tier where it is empty.

    What is sized, drawn and read out are these customers.
    """
    names = tiering.scenario.tiers
    wanted = tiering.tiers == names.index(tier) if tier in names else tiering.tiers < len(names)
    return wanted & (tiering.base.revenue > 0)


def tier_sizes(tiering: Tiering, evidence: Evidence, outcome: Outcome) -> tuple[TierSize, ...]:
    """One size per tier, top first, and one for all tiers together, of those who can take part in a test."""
    own = tiering.scenario.experiments
    asked = (Rules(own.alpha, own.power, own.held_out), own.effect)
    size = _share_size if outcome == "repurchase" else _revenue_size
    return tuple(size(name, evidence, can_take_part(tiering, name), asked) for name in (*tiering.scenario.tiers, ""))


def outcomes_known(evidence: Evidence) -> tuple[Outcome, ...]:
    """Outcomes whose baseline the data tells."""
    known: list[Outcome] = []
    if not evidence.lacks(MEASURES["repurchase_rate"].needs):
        known.append("repurchase")
    if not evidence.lacks("annual_revenue"):
        known.append("revenue")
    return tuple(known)


def _share_size(name: str, evidence: Evidence, members: NDArray[np.bool_], asked: tuple[Rules, float]) -> TierSize:
    rules, effect = asked
    customers = int(members.sum())
    arms = arms_of(customers, rules.held_out)
    base, _ = MEASURES["repurchase_rate"].baseline(evidence, members)
    if not np.isfinite(base):
        return TierSize(name, customers, base, np.nan, np.nan, np.nan, arms)
    reachable = base + effect < 1
    needed = customers_for_shares(base, base + effect, rules) if reachable else np.nan
    return TierSize(name, customers, base, detectable_share(base, customers, rules), np.nan, needed, arms)


def _revenue_size(name: str, evidence: Evidence, members: NDArray[np.bool_], asked: tuple[Rules, float]) -> TierSize:
    rules, effect = asked
    revenue, before = evidence.column("annual_revenue")[members], evidence.column("prior_revenue")[members]
    customers = int(members.sum())
    arms = arms_of(customers, rules.held_out)
    mean = float(revenue.mean()) if customers else np.nan
    if customers < 3 or mean <= 0:
        return TierSize(name, customers, mean, np.nan, np.nan, np.nan, arms)
    spread = float(revenue.std(ddof=1)) / mean
    seen = _detectable(revenue, None, rules) / mean
    known = bool(np.isfinite(before).all()) and before.std() > 0
    sharper = _detectable(revenue, before, rules) / mean if known else np.nan
    needed = customers_for_means(effect / spread, rules) if spread > 0 else np.nan
    return TierSize(name, customers, mean, seen, sharper, needed, arms)


def _detectable(revenue: Values, before: Values | None, rules: Rules) -> float:
    """Smallest rise of money that is shown: tried out on the customers, reckoned where they are many."""
    if revenue.size <= MOST_TRIED:
        return detectable_rise(revenue, before, rules)
    left = 1.0 if before is None else np.sqrt(1 - np.corrcoef(revenue, before)[0, 1] ** 2)
    return float(detectable_mean(revenue.size, rules) * revenue.std(ddof=1) * left)
