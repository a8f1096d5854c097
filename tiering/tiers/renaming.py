"""Other names for the same tiers: whatever a scenario says of a tier by its name goes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from tiering.scenario import Scenario

Figure = TypeVar("Figure")
BY_TIER = ("visits", "hours_per_visit", "desk_hours", "uplift", "response_hours", "sponsor")


def renamed(scenario: Scenario, names: tuple[str, ...]) -> dict[str, Any]:
    """Changes of a scenario whose tiers get ``names``, as many as there are: caps, tiers set by hand, appeals, what
    the file's tiers stand for and what is assumed for each tier follow; names of no tier stay as they are.
    """
    new = dict(zip(scenario.tiers, names, strict=True))
    caps = tuple(cap.model_copy(update={"tier": new.get(cap.tier, cap.tier)}) for cap in scenario.rules.caps)
    overrides = tuple(one.model_copy(update={"tier": new.get(one.tier, one.tier)}) for one in scenario.ledger.overrides)
    appeals = tuple(
        one.model_copy(update={"tier": new.get(one.tier, one.tier), "asked": new.get(one.asked, one.asked)})
        for one in scenario.ledger.appeals
    )
    stands_for = {name: new.get(tier, tier) for name, tier in scenario.existing.names.items()}
    assumed = {name: _rekeyed(getattr(scenario.resources, name), new) for name in BY_TIER}
    return {
        "tiers": names,
        "rules": scenario.rules.model_copy(update={"caps": caps}),
        "ledger": scenario.ledger.model_copy(update={"overrides": overrides, "appeals": appeals}),
        "existing": scenario.existing.model_copy(update={"names": stands_for}),
        "resources": scenario.resources.model_copy(update=assumed),
        "playbooks": scenario.playbooks.model_copy(update={"targets": _rekeyed(scenario.playbooks.targets, new)}),
    }


def is_renaming(before: Scenario, after: Scenario) -> bool:
    """Whether a step gives the tiers other names and changes nothing else but their colours."""
    if len(before.tiers) != len(after.tiers) or before.tiers == after.tiers:
        return False
    free = {name: getattr(after, name) for name in ("hues", "existing")}
    return before.model_copy(update={**renamed(before, after.tiers), **free}) == after


def _rekeyed(figures: Mapping[str, Figure], new: Mapping[str, str]) -> dict[str, Figure]:
    return {new.get(name, name): figure for name, figure in figures.items()}
