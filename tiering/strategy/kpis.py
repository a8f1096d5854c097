"""The measures a tier is steered by: baseline computed from the data, target by a customary step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.movement.rhythm import RED
from tiering.strategy.evidence import Evidence, Values
from tiering.strategy.playbooks import Playbook

ACTIVE_DAYS = 91
YEAR = 12
NEAR = 0.01  # so close to the best there can be, a target says nothing
Unit = Literal["share", "money", "level"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Kpi:
    """One measure of one tier.

    Attributes
    ----------
    baseline, target
        Share 0..1, money a year or level of the satisfaction scale; None where it cannot be computed.
    known
        Customers the baseline rests on.
    need
        Code of what is missing; empty where there is a baseline.
    bound
        The best there can be; None where there is none.
    months, responsible
        In how many months the target is to be reached, and who answers for it: ``manager``, ``inside`` sales, or
        ``marketing`` where nobody looks after the customers one by one.
    """

    key: str
    unit: Unit
    baseline: float | None
    target: float | None
    known: int
    need: str = ""
    bound: float | None = None
    months: int = YEAR
    responsible: str = "marketing"

    @property
    def is_useful(self) -> bool:
        """Whether there is a baseline, and more than a hundredth between it and the best there can be."""
        if self.baseline is None:
            return False
        return self.bound is None or abs(self.baseline - self.bound) > NEAR * max(self.bound, 1.0)


@dataclass(frozen=True)
class Measure:
    """How a KPI is computed: evidence and the tier's customers → value and how many it rests on.

    ``bound``: the best there can be, None where there is none.
    """

    unit: Unit
    needs: str
    baseline: Callable[[Evidence, Mask], tuple[float, int]]
    target: Callable[[float, Evidence], float]
    bound: Callable[[Evidence], float | None] = lambda _: None


def steering_kpis(tiering: Tiering, evidence: Evidence, tier: int, book: Playbook) -> tuple[Kpi, ...]:
    """As many KPIs of one tier as its playbook names, each with room for a target and data to tell it by.

    Where one of the playbook lacks data, or stands at its bound, the next useful of all measures takes its place.
    """
    found = tier_kpis(tiering, evidence, tier, tuple(dict.fromkeys((*book.kpis, *MEASURES))))
    who = book.service.staff if book.service.customers_each else "marketing"
    months = tiering.scenario.window_months
    useful = [replace(kpi, months=months, responsible=who) for kpi in found if kpi.is_useful]
    return tuple(useful[: len(book.kpis)])


def tier_kpis(tiering: Tiering, evidence: Evidence, tier: int, keys: tuple[str, ...]) -> tuple[Kpi, ...]:
    """KPIs ``keys`` of one tier, in that order, over the customers who are in it today.

    Targets are those the scenario names; the others are customary and unproven: 15 % fewer customers lapsing, inactive
    or overdue, 15 % fewer returns, 10 % more satisfaction (within the scale) and revenue per customer, two points more
    margin.
    """
    own = tiering.scenario.playbooks.targets.get(tiering.scenario.tiers[tier], {})
    found = kpis_of_members(evidence, tiering.tiers == tier, keys)
    return tuple(kpi if kpi.target is None else replace(kpi, target=own.get(kpi.key, kpi.target)) for kpi in found)


def kpis_of_members(evidence: Evidence, members: Mask, keys: tuple[str, ...]) -> tuple[Kpi, ...]:
    """KPIs ``keys`` over any customers (n,), with the same customary targets."""
    return tuple(_kpi(key, evidence, members) for key in keys)


def _kpi(key: str, evidence: Evidence, members: Mask) -> Kpi:
    measure = MEASURES[key]
    if need := evidence.lacks(measure.needs):
        return Kpi(key, measure.unit, None, None, 0, need)
    baseline, known = measure.baseline(evidence, members)
    if not np.isfinite(baseline):
        return Kpi(key, measure.unit, None, None, known, "nobody_known")
    return Kpi(key, measure.unit, baseline, measure.target(baseline, evidence), known, bound=measure.bound(evidence))


def _share_of(condition: Callable[[Values], Mask], key: str) -> Callable[[Evidence, Mask], tuple[float, int]]:
    """Share of the members with a known column for whom the condition holds."""

    def baseline(evidence: Evidence, members: Mask) -> tuple[float, int]:
        column = evidence.column(key)[members]
        known = np.isfinite(column)
        return _ratio(condition(column[known]).sum(), known.sum()), int(known.sum())

    return baseline


def _mean_of(key: str) -> Callable[[Evidence, Mask], tuple[float, int]]:
    def baseline(evidence: Evidence, members: Mask) -> tuple[float, int]:
        column = evidence.column(key)[members]
        known = column[np.isfinite(column)]
        return _ratio(known.sum(), known.size), known.size

    return baseline


def _repurchase(evidence: Evidence, members: Mask) -> tuple[float, int]:
    """Of those with sales in the first half of the window, the share with sales in the second."""
    earlier = members & (evidence.column("earlier_half_revenue") > 0)
    again = earlier & (evidence.column("recent_half_revenue") > 0)
    return _ratio(again.sum(), earlier.sum()), int(earlier.sum())


def _margin_rate(evidence: Evidence, members: Mask) -> tuple[float, int]:
    """Margin of the tier over its net revenue, of those whose margin is known; without margins, the mean rate."""
    if "margin" not in evidence.columns:
        return _mean_of("margin_rate")(evidence, members)
    margin = evidence.column("margin")[members]
    known = np.isfinite(margin)
    return _ratio(margin[known].sum(), np.nansum(_net_revenue(evidence)[members][known])), int(known.sum())


def _returns_share(evidence: Evidence, members: Mask) -> tuple[float, int]:
    """Returned money over gross sales of the tier; without those sums, the mean share."""
    if "annual_returns" not in evidence.columns:
        return _mean_of("returns_share")(evidence, members)
    gross, returned = evidence.column("annual_gross")[members], evidence.column("annual_returns")[members]
    return _ratio(np.nansum(returned), np.nansum(gross)), int((gross > 0).sum())


def _net_revenue(evidence: Evidence) -> Values:
    if "annual_returns" in evidence.columns:
        return evidence.column("annual_gross") - evidence.column("annual_returns")
    return evidence.column("annual_revenue")


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else np.nan


def _times(factor: float) -> Callable[[float, Evidence], float]:
    return lambda baseline, _: baseline * factor


def _fewer_lapses(baseline: float, _: Evidence) -> float:
    return 1 - (1 - baseline) * 0.85


def _happier(baseline: float, evidence: Evidence) -> float:
    return min(baseline * 1.10, evidence.satisfaction_top)


def _all(_: Evidence) -> float:
    return 1.0


def _none(_: Evidence) -> float:
    return 0.0


def _top(evidence: Evidence) -> float:
    return evidence.satisfaction_top


def _active(days: Values) -> Mask:
    return days < ACTIVE_DAYS


def _late(tail: Values) -> Mask:
    return tail < RED


MEASURES: dict[str, Measure] = {
    "repurchase_rate": Measure("share", "earlier_half_revenue", _repurchase, _fewer_lapses, _all),
    "active_share": Measure("share", "recency_days", _share_of(_active, "recency_days"), _fewer_lapses, _all),
    "overdue_share": Measure("share", "tail", _share_of(_late, "tail"), _times(0.85), _none),
    "average_revenue": Measure("money", "annual_revenue", _mean_of("annual_revenue"), _times(1.10)),
    "satisfaction": Measure("level", "satisfaction", _mean_of("satisfaction"), _happier, _top),
    "margin_rate": Measure("share", "margin_rate", _margin_rate, lambda baseline, _: min(baseline + 0.02, 1.0), _all),
    "returns_share": Measure("share", "returns_share", _returns_share, _times(0.85), _none),
    "annual_orders": Measure("level", "annual_orders", _mean_of("annual_orders"), _times(1.10)),
    "categories": Measure("level", "categories", _mean_of("categories"), _times(1.10)),
}
