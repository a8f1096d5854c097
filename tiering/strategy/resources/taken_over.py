"""The hours a customer of each tier takes, carried from where the lines are drawn to where the load is reckoned."""

from __future__ import annotations

from collections.abc import Sequence

from tiering.scenario import Scenario
from tiering.scenario.plan import Resources
from tiering.strategy.resources.services import tier_services


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
