"""Service hours a customer gets a year, by the ratios of the playbooks and one person's hours."""

from __future__ import annotations

from tiering.scenario import Scenario
from tiering.strategy.playbooks import playbooks


def hours_by_tier(scenario: Scenario) -> dict[str, float]:
    """Tier name → hours a year per customer: one person's hours shared among the customers of the tier's ratio."""
    books = playbooks(len(scenario.tiers), scenario.goal)
    person = scenario.resources.hours_per_person
    return {name: person / book.service.customers_each for name, book in zip(scenario.tiers, books, strict=True)}
