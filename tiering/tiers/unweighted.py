"""Why a scenario's weights score nobody: they are all 0, or they are for other indicators than the data has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tiering.problems import DataProblem, Problem

MOST_NAMED = 5


def is_foreign(weights: Mapping[str, int], keys: Sequence[str]) -> bool:
    """Whether there are weights, but none for an indicator of the data (``keys``)."""
    return any(weights.values()) and not any(weights.get(key) for key in keys)


def unweighted(weights: Mapping[str, int], keys: Sequence[str]) -> DataProblem:
    """Problem of weights that score nobody.

    WEIGHTS_UNKNOWN (``found``: the first of their names, ``available``: the data's indicators) or WEIGHTS_ALL_ZERO.
    """
    if is_foreign(weights, keys):
        found = sorted(name for name, weight in weights.items() if weight)[:MOST_NAMED]
        return DataProblem(Problem.WEIGHTS_UNKNOWN, found=found, available=list(keys))
    return DataProblem(Problem.WEIGHTS_ALL_ZERO, available=list(keys))
