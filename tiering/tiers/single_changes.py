"""How far the next final tier is, up and down, when rules and decisions by hand stand between score and tier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.exceptions import PointRule
from tiering.tiers.final_tier import TierAdjustments
from tiering.tiers.overrides import BY_RULE
from tiering.tiers.points import Points

Tiers = NDArray[np.int8]


@dataclass(frozen=True)
class NearestLines:
    """Lines (0 the top one) whose crossing changes the final tier, and that tier; None where no score does it."""

    up_line: int | None
    up_tier: int | None
    down_line: int | None
    down_tier: int | None


@dataclass(frozen=True)
class RuleStep:
    """A rule that would lift a customer if it held (or if it did not), and whether it holds now."""

    rule: PointRule
    holds: bool


def nearest_lines(settled: TierAdjustments | None, row: int, base: int, count: int) -> NearestLines:
    """Base tier of the customer in ``row``, of ``count`` tiers → the nearest lines that change the final tier."""
    every = np.arange(count, dtype=np.int8)
    finals = every if settled is None else settled.final(every, np.full(count, row))
    up = next((tier for tier in range(base - 1, -1, -1) if finals[tier] < finals[base]), None)
    down = next((tier for tier in range(base + 1, count) if finals[tier] > finals[base]), None)
    return NearestLines(
        up,
        None if up is None else int(finals[up]),
        None if down is None else down - 1,
        None if down is None else int(finals[down]),
    )


def lifting_rules(settled: TierAdjustments, row: int, base: int) -> tuple[RuleStep, ...]:
    """Single rules that would lift the customer by points: a bonus to be earned, a deduction to be shed.

    Smallest number of points first; none where the tier is set by hand, or where a cap holds it down.
    """
    if base >= settled.count or settled.hand.tiers[row] != BY_RULE:
        return ()
    points = settled.points
    now = _tier_with(points, row, base, int(points.sums[row]), settled.count)
    found = []
    for rule, answer in zip(points.rules.points, points.point_answers, strict=True):
        holds = bool(answer.holds[row])
        if answer.fault is not None or holds == (rule.points > 0):
            continue
        sums = int(points.sums[row]) + abs(rule.points)
        if _tier_with(points, row, base, sums, settled.count) < now:
            found.append(RuleStep(rule, holds))
    return tuple(sorted(found, key=lambda step: abs(step.rule.points)))


def _tier_with(points: Points, row: int, base: int, sums: int, count: int) -> int:
    at = points.rules.step_at
    step = int(sums >= at) - int(sums <= -at)
    return max(min(max(base - step, 0), count - 1), int(points.caps[row]))


def next_lines_up(settled: TierAdjustments | None, base: Tiers, positions: tuple[int, ...]) -> NDArray[np.float64]:
    """Base tiers (n,) → the line (thousandths of a point) whose crossing betters the final tier; infinite for none."""
    count = len(positions) + 1
    lines = np.array([np.inf, *positions, np.inf])[base]
    for final, rows in () if settled is None else settled.paths:
        better = [[place for place in range(tier) if final[place] < final[tier]] for tier in range(count)]
        table = np.array([positions[places[-1]] if places else np.inf for places in better] + [np.inf])
        lines[rows] = table[base[rows]]
    return lines
