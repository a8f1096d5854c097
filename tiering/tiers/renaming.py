"""Other names for the same tiers: whatever a scenario says of a tier by its name goes along."""

from __future__ import annotations

from typing import Any

from tiering.scenario import Scenario
from tiering.scenario.touches import with_tiers_named


def renamed(scenario: Scenario, names: tuple[str, ...]) -> dict[str, Any]:
    """Changes of a scenario whose tiers get ``names``, as many as there are: caps, tiers set by hand, appeals, what
    the file's tiers stand for and what is assumed for each tier follow; names of no tier stay as they are.
    """
    after = with_tiers_named(scenario, dict(zip(scenario.tiers, names, strict=True)))
    follow = {name: getattr(after, name) for name in Scenario.model_fields}
    return {"tiers": names} | {name: value for name, value in follow.items() if value != getattr(scenario, name)}


def is_renaming(before: Scenario, after: Scenario) -> bool:
    """Whether a step gives the tiers other names and changes nothing else but their colours."""
    if len(before.tiers) != len(after.tiers) or before.tiers == after.tiers:
        return False
    free = {name: getattr(after, name) for name in ("hues", "existing")}
    return before.model_copy(update={**renamed(before, after.tiers), **free}) == after
