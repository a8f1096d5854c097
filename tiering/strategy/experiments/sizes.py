"""What each tier is large enough to show, by its own baseline and spread, and the draw by blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
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
from tiering.strategy.kpis import MEASURES

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
    seen = detectable_mean(customers, rules) * spread
    left = np.sqrt(1 - _correlation(revenue, before) ** 2)
    needed = customers_for_means(effect / spread, rules) if spread > 0 else np.nan
    return TierSize(name, customers, mean, seen, seen * left, needed, arms)


def _correlation(one: Values, other: Values) -> float:
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < len(one) or one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def drawn_arms(
    ids: Sequence[str], blocks: Sequence[str], arms: int, seed: int, held_out: float | None = None
) -> NDArray[np.intp]:
    """Arm 0 … ``arms`` − 1 of each customer, at random within its block.

    In every block, and over all of them, the arms differ by one customer at most; with ``held_out`` there are two,
    and arm 1 holds that share of the customers as nearly. The draw depends on the seed, the ids and their blocks
    alone.
    """
    table = pd.DataFrame({"id": list(ids), "block": list(blocks)})
    chance = np.random.default_rng(seed)
    order = table.sort_values(["block", "id"], kind="stable").index.to_numpy()
    shuffled = order[np.lexsort((chance.random(order.size), pd.factorize(table["block"].to_numpy()[order])[0]))]
    first = int(chance.integers(arms))
    drawn = np.empty(order.size, dtype=np.intp)
    places = np.arange(order.size)
    if held_out is None:
        drawn[shuffled] = (first + places) % arms
    else:
        shift = chance.random()
        drawn[shuffled] = np.floor(shift + (places + 1) * held_out) - np.floor(shift + places * held_out)
    return drawn
