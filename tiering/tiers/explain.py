"""Why a customer is in its tier: what each indicator contributes and how far the next line is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tiering.indicators.catalogue import Indicator
from tiering.indicators.matrix import LEVELS, IndicatorMatrix
from tiering.indicators.normalise import raw_value


@dataclass(frozen=True)
class Contribution:
    """Points one indicator gives a customer; ``points`` of at most ``possible``. ``level`` None: not known."""

    indicator: Indicator
    level: float | None
    points: float
    possible: float


@dataclass(frozen=True)
class Step:
    """A change of one indicator alone that would reach a line: raw value now and needed (unit of the indicator)."""

    indicator: Indicator
    level_needed: float
    value_needed: float


def contributions(matrix: IndicatorMatrix, weights: Mapping[str, int], row: int) -> tuple[Contribution, ...]:
    """Contributions of one customer in catalogue order; their points add up to the score (0..100)."""
    known = np.ones(len(matrix.keys)) if matrix.known is None else matrix.known[:, row]
    used = np.array([weights.get(key, 0) for key in matrix.keys], dtype=float) * known
    total = used.sum()
    return tuple(
        Contribution(
            indicator=indicator,
            level=float(matrix.levels[i, row]) / LEVELS if known[i] else None,
            points=float(100 * used[i] * matrix.levels[i, row] / LEVELS / total) if total else 0.0,
            possible=float(100 * used[i] / total) if total else 0.0,
        )
        for i, indicator in enumerate(matrix.indicators)
        if weights.get(indicator.key, 0)
    )


def steps_to(matrix: IndicatorMatrix, parts: tuple[Contribution, ...], distance: float) -> tuple[Step, ...]:
    """Single changes that shift a score by ``distance`` points (negative: down), the smallest change first.

    Only changes the indicator's scale allows are listed; an empty answer means that no single indicator can do it.
    """
    steps = []
    for part in parts:
        if part.level is None or part.possible == 0:
            continue
        needed = part.level + distance / part.possible
        if not 0 <= needed <= 1:
            continue
        on_scale = needed if part.indicator.more_is_better else 1 - needed
        value = raw_value(on_scale, matrix.anchors[part.indicator.key])
        if value is not None:
            steps.append(Step(part.indicator, needed, value))
    return tuple(sorted(steps, key=lambda step: abs(step.level_needed - _level_of(step, parts))))


def _level_of(step: Step, parts: tuple[Contribution, ...]) -> float:
    return next(part.level or 0.0 for part in parts if part.indicator is step.indicator)
