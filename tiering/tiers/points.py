"""Base tier plus points: rules that give and take points, ready ones among them, one step at most, caps last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.scenario.exceptions import CapRule, PointRule, Ready, Test, TierRules
from tiering.tiers.conditions import Answer, Fault, fields_of, satisfied

NO_CAP = 0

Tiers = NDArray[np.int8]
Money = NDArray[np.float64]
OVERDUE_DAYS = 90.0
WIDEST = 1.5  # times its share a rule may hold of where few values are shared by many; beyond that it tells nothing


@dataclass(frozen=True)
class Points:
    """What the rules say of n customers, whatever their base tier.

    ``sums`` points (n,); ``steps`` +1 one tier up, −1 one down (n,); ``caps`` the best tier number allowed (n,),
    0 for any; one answer for each rule of ``rules``, in its order.
    """

    rules: TierRules
    point_answers: tuple[Answer, ...]
    cap_answers: tuple[Answer, ...]
    sums: NDArray[np.int32]
    caps: Tiers

    @property
    def steps(self) -> Tiers:
        """Steps up (+1) or down (−1) that the points are worth (n,)."""
        return steps_of(self.sums, self.rules.step_at)


@dataclass(frozen=True)
class Effect:
    """What one rule does: customers it holds of, those it moves up and down, and the annual revenue of the moved."""

    rule: PointRule | CapRule
    fault: Fault | None
    customers: int
    unknown: int
    up: int
    down: int
    revenue: float


def rule_points(
    customers: pd.DataFrame,
    rules: TierRules,
    tiers: tuple[str, ...],
    standing: tuple[tuple[CapRule, Answer], ...] = (),
) -> Points:
    """Customer table (n rows) + rules → points, steps and caps of every customer. No weight or line changes them.

    ``standing``: caps beside those of the rules, with whom they hold (n,).
    """
    point_answers = tuple(satisfied(customers, rule) for rule in rules.points)
    cap_answers = (*(_cap_answer(customers, cap, tiers) for cap in rules.caps), *(answer for _, answer in standing))
    rules = rules.model_copy(update={"caps": (*rules.caps, *(cap for cap, _ in standing))})
    sums = np.zeros(len(customers), dtype=np.int32)
    for rule, answer in zip(rules.points, point_answers, strict=True):
        sums += np.int32(rule.points) * answer.holds
    return Points(rules, point_answers, cap_answers, sums, _lowest_caps(rules.caps, cap_answers, tiers, sums.size))


def steps_of(sums: NDArray[np.int32], step_at: int) -> Tiers:
    """Sums of points (n,) → +1 from ``step_at`` points on, −1 from minus as many down, else 0: never more."""
    return (sums >= step_at).astype(np.int8) - (sums <= -step_at).astype(np.int8)


def stepped(base: Tiers, steps: Tiers, caps: Tiers, count: int) -> Tiers:
    """Base tier numbers (n,), 0 the top of ``count`` → tiers after points and caps; without a tier (``count``) none.

    A customer moves one tier at most, and not beyond the top and the lowest; a cap beats every bonus.
    """
    moved = np.clip(base - steps, 0, count - 1)
    return np.where(base == count, count, np.maximum(moved, caps)).astype(np.int8)


def effects(points: Points, base: Tiers, tiers: tuple[str, ...], revenue: Money) -> tuple[Effect, ...]:
    """For each rule, points first, then caps: whom it moves, which is who would stand elsewhere without it alone."""
    final = stepped(base, points.steps, points.caps, len(tiers))
    found = []
    for place, (rule, answer) in enumerate(_ruled(points)):
        without = _tiers_without(points, place, base, tiers) if answer.holds.any() else final
        moved = without != final
        found.append(
            Effect(
                rule,
                answer.fault,
                int(answer.holds.sum()),
                answer.unknown,
                int((final < without).sum()),
                int((final > without).sum()),
                float(revenue[moved].sum()),
            )
        )
    return tuple(found)


def _ruled(points: Points) -> list[tuple[PointRule | CapRule, Answer]]:
    rules: list[PointRule | CapRule] = [*points.rules.points, *points.rules.caps]
    return list(zip(rules, [*points.point_answers, *points.cap_answers], strict=True))


def _tiers_without(points: Points, place: int, base: Tiers, tiers: tuple[str, ...]) -> Tiers:
    rules, count = points.rules, len(points.rules.points)
    if place < count:
        sums = points.sums - rules.points[place].points * points.point_answers[place].holds
        return stepped(base, steps_of(sums, rules.step_at), points.caps, len(tiers))
    left = [other for other in range(len(rules.caps)) if other != place - count]
    caps, answers = tuple(rules.caps[other] for other in left), tuple(points.cap_answers[other] for other in left)
    return stepped(base, points.steps, _lowest_caps(caps, answers, tiers, base.size), len(tiers))


def _cap_answer(customers: pd.DataFrame, cap: CapRule, tiers: tuple[str, ...]) -> Answer:
    if cap.tier not in tiers:
        return Answer(np.zeros(len(customers), dtype=bool), 0, Fault.NO_TIER)
    return satisfied(customers, cap)


def _lowest_caps(caps: tuple[CapRule, ...], answers: tuple[Answer, ...], tiers: tuple[str, ...], size: int) -> Tiers:
    lowest = np.full(size, NO_CAP, dtype=np.int8)
    for cap, answer in zip(caps, answers, strict=True):
        if cap.tier in tiers:
            lowest[answer.holds] = np.maximum(lowest[answer.holds], tiers.index(cap.tier))
    return lowest


@dataclass(frozen=True)
class Pattern:
    """A ready rule before it is fitted: the best or worst ``share`` of the customers, or else a fixed ``value``."""

    field: str
    test: Test
    points: int
    share: float = 0.0
    value: str | float = ""


PATTERNS: dict[Ready, tuple[Pattern, ...]] = {
    "variety": (
        Pattern("categories", "at_least", 10, share=0.1),
        Pattern("top_category_share", "at_least", -10, share=0.15),
    ),
    "closeness": (
        Pattern("satisfaction", "at_least", 5, share=0.25),
        Pattern("tenure_days", "at_least", 5, share=0.25),
        Pattern("satisfaction", "at_most", -10, share=0.2),
        Pattern("complaints", "at_least", -10, share=0.1),
    ),
    "operation": (
        Pattern("credit", "at_least", 5, value="A"),
        Pattern("gap_variation", "at_most", 5, share=0.2),
        Pattern("overdue_days", "above", -10, value=30.0),
        Pattern("returns_share", "at_least", -10, share=0.1),
    ),
}
NEEDS: dict[Ready, tuple[str, ...]] = {
    "variety": ("categories",),
    "closeness": ("satisfaction", "tenure_days"),
    "operation": ("credit", "gap_variation", "overdue_days"),
    "overdue": ("overdue_days",),
}


def ready_points(customers: pd.DataFrame, key: Ready) -> tuple[PointRule, ...]:
    """Ready rules of one kind as this customer table allows; none where its columns are not there.

    A value that the best or worst share of the customers meets is said with three figures; a column in which all
    customers are alike gives no rule.
    """
    return tuple(
        PointRule(field=p.field, test=p.test, value=value, points=p.points, ready=key)
        for p in PATTERNS.get(key, ())
        if p.field in fields_of(customers)
        for value in _values(customers[p.field], p)
    )


def moves_of(
    customers: pd.DataFrame, rules: TierRules, found: tuple[PointRule, ...], drawn: Tiers, tiers: tuple[str, ...]
) -> tuple[int, int]:
    """How many of n customers stand higher, and lower, once the rules ``found`` are added to those in force."""
    added = rules.model_copy(update={"points": (*rules.points, *found)})
    before, after = (rule_points(customers, each, tiers) for each in (rules, added))
    places = [stepped(drawn, each.steps, each.caps, len(tiers)) for each in (before, after)]
    return int((places[1] < places[0]).sum()), int((places[1] > places[0]).sum())


def ready_caps(customers: pd.DataFrame, tiers: tuple[str, ...]) -> tuple[CapRule, ...]:
    """No better than the last tier but one for who pays more than 90 days late; none without such a column."""
    if "overdue_days" not in fields_of(customers):
        return ()
    held = tiers[max(len(tiers) - 2, 1)]
    return (CapRule(field="overdue_days", test="above", value=OVERDUE_DAYS, tier=held, ready="overdue"),)


def _values(column: pd.Series, pattern: Pattern) -> list[str | float]:
    """The fitted value in a list, nothing where no value would tell customers apart."""
    if pattern.value != "":
        return [pattern.value]
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    values, counts = np.unique(numbers[np.isfinite(numbers)], return_counts=True)
    if values.size < 2:
        return []
    best_first = slice(None, None, -1 if pattern.test == "at_least" else 1)
    meeting = np.cumsum(counts[best_first]) / counts.sum()
    # the widest value that at most the wished share meets; of few distinct values the first, whoever meets it
    last = max(int(np.searchsorted(meeting, pattern.share, side="right")) - 1, 0)
    if meeting[last] > WIDEST * pattern.share:
        return []
    return [_three_figures(float(values[best_first][last]))]


def _three_figures(value: float) -> float:
    return float(f"{value:.3g}")
