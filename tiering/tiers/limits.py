"""Which customers hang on a limit: who moves when one of a standard's limits, or a tier's profile, shifts by 1 %."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways import Criterion, Majority, Standards
from tiering.tiers.majority import majority_tiers
from tiering.tiers.readings import Readings
from tiering.tiers.standards import columns_of, judged, with_limit

PERCENT = 0.01
Tiers = NDArray[np.int8]
Money = NDArray[np.float64]


@dataclass(frozen=True)
class Moved:
    """Customers who change tier, and their revenue."""

    customers: int
    revenue: float


@dataclass(frozen=True)
class LimitShift:
    """What one limit decides: with the rule of ``tier`` and its condition ``place``, 1 % higher and 1 % lower."""

    tier: int
    place: int
    higher: Moved
    lower: Moved


@dataclass(frozen=True)
class ProfileShift:
    """What a tier's profile decides: all of it 1 % more demanding, and 1 % less."""

    tier: int
    stricter: Moved
    looser: Moved


def standard_shifts(readings: Readings, standards: Standards, revenue: Money) -> tuple[LimitShift, ...]:
    """Each limit of the standards, in their order, moved by 1 % of itself and judged anew."""
    columns, too_new = columns_of(readings, standards), readings.too_new
    now = judged(columns, standards, too_new).tiers

    def moved(tier: int, place: int, factor: float) -> Moved:
        value = standards.rules[tier].conditions[place].value * factor
        return _moved(now, judged(columns, with_limit(standards, tier, place, value), too_new).tiers, revenue)

    return tuple(
        LimitShift(tier, place, moved(tier, place, 1 + PERCENT), moved(tier, place, 1 - PERCENT))
        for tier, rule in enumerate(standards.rules)
        for place in range(len(rule.conditions))
    )


def profile_shifts(readings: Readings, majority: Majority, lines: int, revenue: Money) -> tuple[ProfileShift, ...]:
    """Each tier's profile moved by 1 % of itself and voted on anew; other tiers' profiles stay."""
    now = majority_tiers(readings, majority, lines)

    def moved(tier: int, way: Literal[1, -1]) -> Moved:
        criteria = tuple(
            _demanding(c, tier, way if readings.more_is_better(c.indicator) else -way) for c in majority.criteria
        )
        after = majority.model_copy(update={"criteria": criteria})
        return _moved(now, majority_tiers(readings, after, lines), revenue)

    return tuple(ProfileShift(tier, moved(tier, 1), moved(tier, -1)) for tier in range(lines))


def _demanding(criterion: Criterion, tier: int, way: int) -> Criterion:
    profiles = list(criterion.profiles)
    profiles[tier] += way * PERCENT * abs(profiles[tier])
    return criterion.model_copy(update={"profiles": tuple(profiles)})


def _moved(before: Tiers, after: Tiers, revenue: Money) -> Moved:
    changed = before != after
    return Moved(int(changed.sum()), float(revenue[changed].sum()))
