"""Schemes of this session by key: the present one, the baseline and those saved beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tiering.decision.saved import Saved
from tiering.evaluate import Tiering
from tiering.scenario import Scenario
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.words import Words

PRESENT, BASELINE = "present", "baseline"
MOST_SAVED = 30
LONGEST_NAME = 200
_NUMBERED = re.compile(r"(?<=\S) \d{1,2}$")  # our own numbers, no year


@dataclass(frozen=True)
class Scheme:
    """A scheme that can be compared: its key, what it is called, and its choices."""

    key: str
    label: str
    scenario: Scenario


def schemes(shown: Shown, words: Words) -> dict[str, Scheme]:
    """Everything there is to compare, the baseline first and the present one second."""
    present = shown.tiering.scenario
    named = words("scenarios.present", name=present.name) if present.name else words("scenarios.present_unnamed")
    found = [
        Scheme(BASELINE, words("scenarios.baseline"), state.choices().baseline or present),
        Scheme(PRESENT, named, present),
        *(Scheme(_key(one.scenario.name), one.scenario.name, one.scenario) for one in state.choices().saved),
    ]
    return {scheme.key: scheme for scheme in found}


def keep(tiering: Tiering, name: str, words: Words) -> str | None:
    """Keep the present scheme → the name it is kept under, None where as many are kept as can be.

    Other choices kept under that name stay: the present ones get a number behind it.
    """
    scenario = tiering.scenario.model_copy(update={"name": name})
    if not any(one.scenario == scenario for one in state.choices().saved):
        scenario = scenario.model_copy(update={"name": free_name(name, words)})
        if not _added(scenario):
            return None
    state.choose(scenario=state.choices().scenario.model_copy(update={"name": scenario.name}))
    return scenario.name


def duplicate(scenario: Scenario, words: Words) -> bool:
    """A copy under a name of its own; whether there was still room for it."""
    return _added(scenario.model_copy(update={"name": free_name(scenario.name, words)}))


def _added(scenario: Scenario) -> bool:
    saved = state.choices().saved
    if len(saved) >= MOST_SAVED:
        return False
    state.choose(saved=(*saved, Saved(scenario)))
    return True


def drop(name: str) -> None:
    """Keep the scheme of that name no longer."""
    state.choose(saved=tuple(one for one in state.choices().saved if one.scenario.name != name))


def free_name(name: str, words: Words) -> str:
    """A name that no saved scheme has: a number behind the given one."""
    taken = {one.scenario.name for one in state.choices().saved}
    stem = name or words("scenarios.unnamed")
    if stem not in taken:
        return stem
    stem = _NUMBERED.sub("", stem)
    numbers = (f"{stem[: LONGEST_NAME - 5]} {number}" for number in range(2, MOST_SAVED + 3))
    return next(free for free in numbers if free not in taken)


def _key(name: str) -> str:
    return f"saved:{name}"
