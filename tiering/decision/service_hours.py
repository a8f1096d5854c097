"""Service hours a customer gets a year in each tier of a scheme."""

from __future__ import annotations

from tiering.scenario import Scenario
from tiering.strategy.resources.services import tier_services


def hours_by_tier(scenario: Scenario) -> dict[str, float]:
    """Tier name → hours a year per customer, as the scheme assumes; without a score ("") as in the last tier."""
    hours = {service.name: service.hours for service in tier_services(scenario)}
    return {"": hours[scenario.tiers[-1]], **hours}
