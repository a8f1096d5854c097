"""A scenario as a file: its choices, what they gave when it was saved, and what was decided on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Annotated, Literal

from pydantic import Field

from tiering.indicators.catalogue import BY_KEY
from tiering.problems import DataProblem, Problem
from tiering.scenario import BESIDE, Scenario, checked, scenario_fields
from tiering.scenario.frozen import Frozen
from tiering.scenario.retired import without_retired

Hash = Annotated[str, Field(min_length=1, max_length=128)]
Line = Annotated[str, Field(max_length=200)]
Verdict = Literal["accepted", "discarded", "voted", "decided"]
MOST_ENTRIES = 500


class Seal(Frozen):
    """What a scenario gave when it was saved.

    ``marks``: tier name → the customers in it, each as a short check number of its id (see ``decision.seal``);
    empty where there were too many of them. An empty tier name stands for "no score".
    """

    fingerprint: Hash
    tiers_hash: Hash
    customers: Annotated[int, Field(ge=0)]
    as_of: date | None = None
    marks: dict[str, str] = Field(default_factory=dict)


class Entry(Frozen):
    """One decision: when, what became of which scheme or question, why, by whom, and how many customers it moved."""

    day: date
    verdict: Verdict
    subject: Line
    reason: Annotated[str, Field(max_length=2000)] = ""
    by: Line = ""
    moved: Annotated[int, Field(ge=0)] | None = None


class Beside(Frozen):
    """What a file holds beside the choices."""

    seal: Seal | None = None
    log: Annotated[tuple[Entry, ...], Field(max_length=MOST_ENTRIES)] = ()


@dataclass(frozen=True)
class Saved:
    """A scenario as it was saved, with its seal (None where it was written by hand) and the log of decisions.

    ``retired``: names of choices in the file that are no longer there, and that something else took the place of.
    """

    scenario: Scenario
    seal: Seal | None = None
    log: tuple[Entry, ...] = ()
    retired: tuple[str, ...] = ()


def saved_to_json(saved: Saved) -> str:
    """Indented JSON, UTF-8 text: the choices first, for people to read, then seal and log."""
    beside = Beside(seal=saved.seal, log=saved.log)
    fields = {**saved.scenario.model_dump(mode="json"), **beside.model_dump(mode="json")}
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def saved_from_json(text: str) -> Saved:
    """Scenario, seal and log of a file's text; a file of an earlier version or written by hand needs no seal.

    Raises
    ------
    DataProblem
        As in ``scenario_from_json``, and as in ``ensure_known_indicators``.
    """
    fields, retired = without_retired(scenario_fields(text))
    scenario = checked(Scenario, {name: value for name, value in fields.items() if name not in BESIDE})
    beside = checked(Beside, {name: value for name, value in fields.items() if name in BESIDE})
    ensure_known_indicators(scenario)
    return Saved(scenario, beside.seal, beside.log, retired)


def merged_logs(first: tuple[Entry, ...], second: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries of both logs, each once, oldest day first; those of one day in the order given, the newest kept."""
    together = tuple(dict.fromkeys((*first, *second)))
    return tuple(sorted(together, key=lambda entry: entry.day))[-MOST_ENTRIES:]


LIKENESS = 0.7


def ensure_known_indicators(scenario: Scenario) -> None:
    """Every weight and switch is of an indicator that is ready or that the scenario makes of a column.

    Raises
    ------
    DataProblem
        INDICATOR_UNKNOWN (``found``: the names, ``available``: those that are most like them, else all).
    """
    known = [*BY_KEY, *(own.key for own in scenario.measures.own)]
    named = (*scenario.weights, *scenario.measures.switched, *scenario.measures.turned)
    found = sorted(set(named) - set(known))
    if found:
        alike = list(dict.fromkeys(key for name in found for key in _most_like(name, known)))
        raise DataProblem(Problem.INDICATOR_UNKNOWN, found=found, available=alike or known)


def _most_like(name: str, known: Sequence[str]) -> list[str]:
    """Keys that are as like the name as any is, as a whole or in one of their words; none where none is like it."""
    by_key = {key: max(_likeness(name, part) for part in (key, *key.split("_"))) for key in known}
    best = max(by_key.values())
    return [key for key, likeness in by_key.items() if likeness == best >= LIKENESS]


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name.lower(), other.lower()).ratio()
