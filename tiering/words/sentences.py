"""Whole sentences made of facts: problems in three parts, names in a row."""

from __future__ import annotations

from collections.abc import Iterable

from tiering.problems import DataProblem, Problem
from tiering.words.catalogue import Words

# indicators are named as the scenario's file has them: who wrote it must write them again
WRITTEN_IN_FILES = (Problem.INDICATOR_UNKNOWN, Problem.WEIGHTS_UNKNOWN)


def problem_sentence(problem: DataProblem, words: Words, todo: str = "") -> str:
    """What is wrong, what was expected or found, and what to do next (or another ``todo``), in one paragraph."""
    by_key = problem.code in WRITTEN_IN_FILES
    facts = {name: _shown(fact, words, by_key) for name, fact in problem.facts.items()}
    known = [words(f"problem.{problem.code}.{part}", **facts) for part in ("wrong", "expected")]
    parts = [*known, todo or words(f"problem.{problem.code}.todo", **facts)]
    return (" " if words.language == "en" else "").join(parts)


def listed(names: Iterable[str], words: Words) -> str:
    """Names in a row, with the language's comma."""
    return ("、" if words.language == "zh" else ", ").join(names)


def _shown(fact: object, words: Words, by_key: bool) -> object:
    if not isinstance(fact, list | tuple):
        return fact
    return listed([str(item) if by_key else _name(str(item), words) for item in fact], words)


def _name(item: str, words: Words) -> str:
    """A canonical field or an indicator by its label, a header of the file as it is."""
    keys = (f"field.{item}.label", f"indicator.{item}.label")
    return next((words(key) for key in keys if words.has(key)), item)
