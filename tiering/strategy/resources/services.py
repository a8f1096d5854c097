"""What a customer of each tier costs in hours, as assumed: proposals by place on the ladder, own figures first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.scenario import Scenario
from tiering.scenario.plan import Resources
from tiering.strategy.playbooks import LADDER, LEVELS_USED

Values = NDArray[np.float64]
USUAL_MARGIN_RATE = 0.30
# Customary, not computed. By level of the ladder: hours per visit with travel and preparation, hours a year beside
# the visits (together 1,600 hours over the customers of one person), and the share of revenue such service keeps or
# wins against none at all.
HOURS_PER_VISIT = (8.0, 6.0, 6.0, 4.0, 3.0, 2.0)
DESK_HOURS = (104.0, 44.0, 22.0, 19.0, 10.0, 5.0)
UPLIFT = (0.10, 0.07, 0.055, 0.04, 0.025, 0.01)


@dataclass(frozen=True)
class TierService:
    """Service of one tier per customer and year; ``uplift`` 0..1 of revenue kept or won against no service."""

    name: str
    visits: float
    hours_per_visit: float
    desk_hours: float
    uplift: float

    @property
    def hours(self) -> float:
        """Hours a customer takes in a year."""
        return self.visits * self.hours_per_visit + self.desk_hours


def tier_services(scenario: Scenario) -> tuple[TierService, ...]:
    """One service per tier, top first: the scenario's own figures, else what is customary at that place."""
    levels = LEVELS_USED[len(scenario.tiers)]
    return tuple(_service(scenario, name, level) for name, level in zip(scenario.tiers, levels, strict=True))


def _service(scenario: Scenario, name: str, level: int) -> TierService:
    own = scenario.resources
    return TierService(
        name,
        own.visits.get(name, float(LADDER[level][1].visits_a_year)),
        own.hours_per_visit.get(name, HOURS_PER_VISIT[level]),
        own.desk_hours.get(name, DESK_HOURS[level]),
        own.uplift.get(name, UPLIFT[level]),
    )


def served_as(tiering: Tiering) -> NDArray[np.intp]:
    """Tier number (n,) by which a customer is served: without a score, as the last tier."""
    return np.minimum(tiering.tiers, len(tiering.scenario.tiers) - 1).astype(np.intp)


def customer_hours(tiering: Tiering) -> Values:
    """Hours a year (n,) each customer takes by the service of its tier."""
    hours = np.array([service.hours for service in tier_services(tiering.scenario)])
    taken: Values = hours[served_as(tiering)]
    return taken


def margin_rate(tiering: Tiering) -> tuple[float, bool]:
    """Margin over revenue to reckon with, and whether it is the file's own (over customers with known costs)."""
    if tiering.scenario.resources.margin_rate is not None:
        return tiering.scenario.resources.margin_rate, False
    customers = tiering.base.customers
    if "margin" in customers:
        known = np.isfinite(customers["margin"].to_numpy(np.float64, na_value=np.nan))
        sold = tiering.base.revenue[known].sum()
        if sold > 0:
            return float(customers["margin"].to_numpy(np.float64, na_value=np.nan)[known].sum() / sold), True
    return USUAL_MARGIN_RATE, False


def customer_margins(tiering: Tiering) -> Values:
    """Annual margin (n,): the file's where it is known, else revenue at the usual rate."""
    rate, is_own = margin_rate(tiering)
    reckoned = tiering.base.revenue * rate
    if not is_own:
        return reckoned
    known = tiering.base.customers["margin"].to_numpy(np.float64, na_value=np.nan)
    return np.where(np.isfinite(known), known, reckoned)


def with_hours(scenario: Scenario, hours: Sequence[float], hours_per_person: float) -> Resources:
    """Assumptions under which a customer of each tier (top first) takes so many ``hours`` a year.

    Visits stay; desk hours make up the rest, and where the visits alone would take longer, each of them is shorter.
    """
    own = scenario.resources
    desk, visit = dict(own.desk_hours), dict(own.hours_per_visit)
    for service, wanted in zip(tier_services(scenario), hours, strict=True):
        travelled = service.visits * service.hours_per_visit
        desk[service.name] = max(wanted - travelled, 0.0)
        if travelled > wanted:
            visit[service.name] = wanted / service.visits
    changed = {"desk_hours": desk, "hours_per_visit": visit, "hours_per_person": hours_per_person}
    return own.model_copy(update=changed)


def hours_by_tier(scenario: Scenario) -> dict[str, float]:
    """Tier name → hours a year per customer, as the scheme assumes; without a score ("") as in the last tier."""
    hours = {service.name: service.hours for service in tier_services(scenario)}
    return {"": hours[scenario.tiers[-1]], **hours}
