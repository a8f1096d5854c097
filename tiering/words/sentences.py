"""Whole sentences made of facts: problems in three parts, names in a row."""

from __future__ import annotations

from collections.abc import Callable

from tiering.problems import DataProblem, Problem
from tiering.words.catalogue import Words


def problem_sentence(problem: DataProblem, words: Words, todo: str = "") -> str:
    """What is wrong, what was expected or found, and what to do next (or another ``todo``), in one paragraph."""
    naming = NAMED_AS_WRITTEN.get(problem.code, _name)
    facts = {name: _shown(fact, words, naming) for name, fact in problem.facts.items()}
    known = [words(f"problem.{problem.code}.{part}", **facts) for part in ("wrong", "expected")]
    parts = [*known, todo or words(f"problem.{problem.code}.todo", **facts)]
    return words.sentences(parts)


def _shown(fact: object, words: Words, naming: Callable[[str, Words], str]) -> object:
    if not isinstance(fact, list | tuple):
        return fact
    return words.listed([naming(str(item), words) for item in fact])


def _written(item: str, words: Words) -> str:
    """An indicator by its label and, in brackets, as a file has it; what has no label as it is."""
    label = _name(item, words)
    return label if label == item else words("names.written", label=label, written=item)


def _name(item: str, words: Words) -> str:
    """A canonical field or an indicator by its label, a header of the file as it is."""
    keys = (f"field.{item}.label", f"indicator.{item}.label")
    return next((words(key) for key in keys if words.has(key)), item)


# indicators are named as the scenario's file has them: who wrote it must write them again
NAMED_AS_WRITTEN: dict[Problem, Callable[[str, Words], str]] = {
    Problem.INDICATOR_UNKNOWN: lambda item, _: item,
    Problem.WEIGHTS_UNKNOWN: _written,
}
