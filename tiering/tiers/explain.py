"""Why a customer is in its tier: what each indicator contributes and how far the next line is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from tiering.indicators.catalogue import Indicator, Unit
from tiering.indicators.matrix import LEVELS, IndicatorMatrix, level_on
from tiering.indicators.newcomers import FLOWS
from tiering.indicators.normalise import raw_value

# what a customer is, or has been for how long, no visit and no offer changes within a quarter
NOT_IN_OUR_HANDS = frozenset(
    {"tenure_days", "size", "credit", "gap_variation", "industry_attractiveness", "industry_standing", "wallet"}
)
_MONEY_FIGURES = 3
MOST_GROWTH = 1.0
MOST_TIMES = 3.0
_DIGITS: dict[Unit, int] = {"share": 3, "count": 0, "days": 0, "months": 0, "ratio": 2, "level": 1, "grade": 0}


@dataclass(frozen=True)
class Contribution:
    """Points one indicator gives a customer; ``points`` of at most ``possible``. ``level`` None: not known."""

    indicator: Indicator
    level: float | None
    points: float
    possible: float


@dataclass(frozen=True)
class Step:
    """A change of one indicator alone that would reach a line: level (0..1) and raw value needed, in its unit."""

    indicator: Indicator
    level_needed: float
    value_needed: float


def contributions(matrix: IndicatorMatrix, weights: Mapping[str, int], row: int) -> tuple[Contribution, ...]:
    """Contributions of one customer in catalogue order; their points add up to the score (0..100)."""
    known = matrix.patterns[matrix.pattern[row]]
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


def steps_to(
    matrix: IndicatorMatrix, parts: tuple[Contribution, ...], distance: float, factor: float = 1.0
) -> tuple[Step, ...]:
    """Single changes that shift a score by ``distance`` points (negative: down), the smallest change first.

    ``factor`` is what a newcomer's money and counts are multiplied by to make a whole window of them; the value
    needed is what the customer itself would have to reach. A mean that is drawn towards that of all is not listed:
    what it would take depends on the orders it takes.

    The value needed is rounded away from where the customer stands to what a card can say (whole orders and days,
    a tenth of a percent, three figures of money), so that reaching the value said reaches the line. Only changes the
    indicator's scale allows are listed; an empty answer means that no single indicator can do it.
    """
    steps = []
    for part in parts:
        anchors = matrix.anchors[part.indicator.key]
        if part.level is None or part.possible == 0 or anchors.pull:
            continue
        # scores are made of whole levels, so a fraction of one would stop short of the line
        change = float(np.copysign(np.ceil(abs(distance) / part.possible * LEVELS), distance)) / LEVELS
        needed = part.level + change
        level = level_on(needed) if matrix.geometric else needed
        on_scale = level if part.indicator.more_is_better else 1 - level
        value = raw_value(on_scale, anchors)
        if value is not None:
            value /= factor if part.indicator.key in FLOWS else 1.0
            rises = (change > 0) == part.indicator.more_is_better
            steps.append((abs(change), Step(part.indicator, needed, _sayable(value, part.indicator.unit, rises))))
    return tuple(step for _, step in sorted(steps, key=lambda found: found[0]))


def feasible_steps(steps: tuple[Step, ...], now: Mapping[str, float]) -> tuple[Step, ...]:
    """Steps somebody may believe in, by what each indicator shows now (raw, by key): at most three times the money,
    the orders or any other count, and at most twice the own revenue of the year before.
    """
    return tuple(step for step in steps if _is_within_reach(step, now.get(step.indicator.key, float("nan"))))


def _is_within_reach(step: Step, now: float) -> bool:
    if step.indicator.key == "growth":
        return step.value_needed <= MOST_GROWTH
    if step.indicator.unit in ("money", "count") and step.value_needed > now:
        return step.value_needed <= MOST_TIMES * max(now, 0.0)
    return True


def score_range(matrix: IndicatorMatrix, weights: Mapping[str, int], row: int) -> tuple[float, float]:
    """Score of one customer (0..100) if everything unknown were at its worst, and if it were at its best.

    The same figure twice where all is known. A tier is certain when both lie in it.

    References
    ----------
    Interval of a composite under missing data; cf. OECD/JRC (2008), Handbook on Constructing Composite Indicators.
    """
    known = matrix.patterns[matrix.pattern[row]]
    vector = np.array([weights.get(key, 0) for key in matrix.keys], dtype=float)
    total = vector.sum()
    if not total:
        return 0.0, 0.0
    sure = 100 * float((vector * known) @ matrix.levels[:, row]) / LEVELS / total
    return sure, sure + 100 * float((vector * (1 - known)).sum()) / total


def feasible_first(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps somebody can bring about (orders, revenue, satisfaction) before those that only time or chance brings."""
    return tuple(sorted(steps, key=lambda step: step.indicator.key in NOT_IN_OUR_HANDS))


def _sayable(value: float, unit: Unit, up: bool) -> float:
    """Value rounded up or down to the figures in which its unit is said."""
    if value == 0:
        return 0.0
    digits = _MONEY_FIGURES - 1 - floor(log10(abs(value))) if unit in ("money", "number") else _DIGITS[unit]
    # a whole number that comes out as 43.0000001 is that whole number
    scaled_up = round(value * 10.0**digits, 6)
    return (ceil(scaled_up) if up else floor(scaled_up)) / 10.0**digits
