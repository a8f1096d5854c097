"""Schemes of this session by key: the present one, the baseline and those saved beside them."""

from __future__ import annotations

from dataclasses import dataclass

from tiering.decision.saved import Saved
from tiering.evaluate import Tiering
from tiering.scenario import Scenario
from tiering.ui import state
from tiering.ui.cached import Shown
from tiering.words import Words

PRESENT, BASELINE = "present", "baseline"
MOST_SAVED = 30
LONGEST_NAME = 200


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


def keep(tiering: Tiering, name: str) -> None:
    """Keep the present scheme under a name; one of that name is replaced where it stands."""
    scenario = tiering.scenario.model_copy(update={"name": name})
    now = state.choices().saved
    if any(one.scenario.name == name for one in now):
        saved = tuple(Saved(scenario) if one.scenario.name == name else one for one in now)
    else:
        saved = (*now, Saved(scenario))[-MOST_SAVED:]
    state.choose(saved=saved, scenario=state.choices().scenario.model_copy(update={"name": name}))


def duplicate(scenario: Scenario, words: Words) -> None:
    """A copy under a name of its own."""
    copy = scenario.model_copy(update={"name": free_name(scenario.name, words)})
    state.choose(saved=(*state.choices().saved, Saved(copy))[-MOST_SAVED:])


def drop(name: str) -> None:
    """Keep the scheme of that name no longer."""
    state.choose(saved=tuple(one for one in state.choices().saved if one.scenario.name != name))


def free_name(name: str, words: Words) -> str:
    """A name that no saved scheme has: a number behind the given one."""
    taken = {one.scenario.name for one in state.choices().saved}
    stem = name or words("scenarios.unnamed")
    if stem not in taken:
        return stem
    numbers = (f"{stem[: LONGEST_NAME - 5]} {number}" for number in range(2, MOST_SAVED + 3))
    return next(free for free in numbers if free not in taken)


def _key(name: str) -> str:
    return f"saved:{name}"
