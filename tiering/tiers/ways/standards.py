"""Absolute standards: a rule for each tier in business terms, and what it means where a value is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways.standards import Condition, Sign, Standards, TierRule
from tiering.tiers.indicator_values import Readings, Values
from tiering.tiers.proposals import proposed_standards
from tiering.tiers.ways.drawing import Drawing, Drawn, Start, Stock

Mask = NDArray[np.bool_]
Tiers = NDArray[np.int8]
Measured = Mapping[str, Values | None]

_COMPARE: dict[Sign, Callable[[Values, float], Mask]] = {
    ">": np.greater,
    ">=": np.greater_equal,
    "<=": np.less_equal,
    "<": np.less,
}
# a share that was divided in another order is still the same share; money to the cent stays apart
_SAME = 1e-12
PERCENT = 0.01
LEAD = "annual_revenue"


@dataclass(frozen=True)
class Judged:
    """Tiers by standards, and what could not be judged.

    ``tiers`` (n,): 0 the top, one past the last where nothing a rule asks for is known. ``absent``: indicators that
    nobody has a value of; nobody meets a condition on them. ``idle``: tiers that nobody can be shown to reach, for
    want of such a column or of any condition. ``kept_back`` (n,): who might stand higher if a missing value of theirs
    were known.
    """

    tiers: Tiers
    absent: tuple[str, ...]
    idle: tuple[int, ...]
    kept_back: Mask


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


def judge(readings: Readings, standards: Standards) -> Judged:
    """Indicators of n customers + standards → tiers; the first rule met, top tier first, decides.

    A condition on a value a customer lacks is not met by it: nobody is said to fulfil what is not known. A condition
    on an indicator that nobody has (a column that vanished from the file) is met by nobody for the same reason: left
    out, it would open the tier to everybody. Who has no value for any condition at all is not tiered, nor is who
    meets none but is too new for that to tell.
    """
    return judged(columns_of(readings, standards), standards, readings.too_new)


def columns_of(readings: Readings, standards: Standards) -> Measured:
    """The columns the conditions ask for, by key; None where nobody has a value."""
    asked = {condition.indicator for rule in standards.rules for condition in rule.conditions}
    return {key: readings.of(key, so_far=True) for key in sorted(asked)}


def judged(columns: Measured, standards: Standards, too_new: Mask) -> Judged:
    """``judge`` from columns at hand and who is too new, for trying out one limit after another."""
    customers = too_new.size
    tiers = np.full(customers, len(standards.rules), dtype=np.int8)
    kept_back, open_ = np.zeros(customers, dtype=bool), np.ones(customers, dtype=bool)
    for place, rule in enumerate(standards.rules):
        met, unclear = rule_met(columns, rule, customers)
        tiers[open_ & met] = place
        open_ &= ~met
        kept_back |= open_ & unclear
    known = [np.isfinite(values) for values in columns.values() if values is not None]
    untold = ~np.any(known, axis=0) if known else np.ones(customers, dtype=bool)
    untold |= open_ & too_new
    tiers[untold] = len(standards.rules) + 1
    absent = tuple(key for key, values in columns.items() if values is None)
    idle = tuple(place for place, rule in enumerate(standards.rules) if not _can_be_met(columns, rule))
    return Judged(tiers, absent, idle, kept_back & ~untold)


def rule_met(columns: Measured, rule: TierRule, customers: int) -> tuple[Mask, Mask]:
    """Who meets a rule (n,), and who might if a missing value were known (n,); never both."""
    if not _can_be_met(columns, rule):
        return np.zeros(customers, dtype=bool), np.zeros(customers, dtype=bool)
    asked = _asked(columns, rule)
    met = np.array([condition_met(values, condition) for condition, values in asked])
    unknown = np.array([~np.isfinite(values) for _, values in asked])
    if rule.need == "any":
        one = np.logical_or.reduce(met)
        return one, ~one & np.logical_or.reduce(unknown)
    return np.logical_and.reduce(met), np.logical_and.reduce(met | unknown) & np.logical_or.reduce(unknown)


def condition_met(values: Values, condition: Condition) -> Mask:
    """Values (n,) compared with the limit; figures that differ by rounding alone are the same, missing ones fail."""
    near = np.abs(values - condition.value) <= _SAME * (1 + abs(condition.value))
    return np.where(near, condition.sign in (">=", "<="), _COMPARE[condition.sign](values, condition.value))


def standard_shifts(readings: Readings, standards: Standards, revenue: Values) -> tuple[LimitShift, ...]:
    """Each limit of the standards, in their order, moved by 1 % of itself and judged anew."""
    columns, too_new = columns_of(readings, standards), readings.too_new
    now = judged(columns, standards, too_new).tiers

    def moved(tier: int, place: int, factor: float) -> Moved:
        value = standards.rules[tier].conditions[place].value * factor
        return _moved(now, judged(columns, _with_limit(standards, tier, place, value), too_new).tiers, revenue)

    return tuple(
        LimitShift(tier, place, moved(tier, place, 1 + PERCENT), moved(tier, place, 1 - PERCENT))
        for tier, rule in enumerate(standards.rules)
        for place in range(len(rule.conditions))
    )


def _with_limit(standards: Standards, tier: int, place: int, value: float) -> Standards:
    """The same standards with one limit moved to ``value``."""
    rule = standards.rules[tier]
    moved = rule.conditions[place].model_copy(update={"value": value})
    conditions = (*rule.conditions[:place], moved, *rule.conditions[place + 1 :])
    rules = list(standards.rules)
    rules[tier] = rule.model_copy(update={"conditions": conditions})
    return standards.model_copy(update={"rules": tuple(rules)})


def _can_be_met(columns: Measured, rule: TierRule) -> bool:
    """Whether the file can show of anybody that the rule is met."""
    answered = len(_asked(columns, rule))
    return answered > 0 and (rule.need == "any" or answered == len(rule.conditions))


def _asked(columns: Measured, rule: TierRule) -> list[tuple[Condition, Values]]:
    """The conditions that the file can answer, with the column of each."""
    pairs = ((condition, columns[condition.indicator]) for condition in rule.conditions)
    return [(condition, values) for condition, values in pairs if values is not None]


def _moved(before: Tiers, after: Tiers, revenue: Values) -> Moved:
    changed = before != after
    return Moved(int(changed.sum()), float(revenue[changed].sum()))


def _draw(standards: Standards, stock: Stock) -> Drawn:
    return (), judge(stock.readings, standards).tiers


def _proposed(start: Start) -> Standards:
    """One limit a tier on revenue, or else on what weighs most of what there is."""
    lead = LEAD if LEAD in start.weights else max(start.weights, key=lambda key: start.weights[key])
    return proposed_standards(start.readings, lead, start.tiers)


WAYS = {"standards": Drawing(_draw, _proposed)}
