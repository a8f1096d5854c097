"""What a customer of each tier may expect: the scenario's own figures first, else what is customary at its place."""

from __future__ import annotations

from dataclasses import replace

from tiering.scenario import Scenario
from tiering.scenario.plan import Resources
from tiering.strategy.playbooks import LADDER, LEVELS_USED, Playbook, ServiceLevel, playbooks
from tiering.strategy.resources.services import TierService, tier_services

RATIO_FROM = ("visits", "hours_per_visit", "desk_hours")
USUAL_HOURS = Resources().hours_per_person


def service_levels(scenario: Scenario) -> tuple[ServiceLevel, ...]:
    """One service level per tier, top first.

    Where hours were typed, by tier or per person, the ratio is that of a person's hours to those of a customer,
    rounded down; 0 where a customer takes none.
    """
    customary = (LADDER[level][1] for level in LEVELS_USED[len(scenario.tiers)])
    return tuple(
        _level(scenario.resources, usual, service)
        for usual, service in zip(customary, tier_services(scenario), strict=True)
    )


def tier_playbooks(scenario: Scenario) -> tuple[Playbook, ...]:
    """One playbook per tier, top first, under the scenario's goal and with its service levels."""
    books = playbooks(len(scenario.tiers), scenario.goal)
    return tuple(replace(book, service=level) for book, level in zip(books, service_levels(scenario), strict=True))


def _level(own: Resources, usual: ServiceLevel, service: TierService) -> ServiceLevel:
    name = service.name
    is_own = own.hours_per_person != USUAL_HOURS or any(name in getattr(own, figure) for figure in RATIO_FROM)
    return replace(
        usual,
        response_hours=own.response_hours.get(name, usual.response_hours),
        customers_each=_each(own.hours_per_person, service.hours) if is_own else usual.customers_each,
        visits_a_year=service.visits,
        sponsor=own.sponsor.get(name, usual.sponsor),
    )


def _each(hours_there: float, hours_taken: float) -> int:
    return max(int(hours_there // hours_taken), 1) if hours_taken > 0 else 0
