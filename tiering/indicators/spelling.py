"""Indicators that a scenario names and nobody knows: slips of whoever wrote its file by hand."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from tiering.indicators.catalogue import BY_KEY
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario

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
