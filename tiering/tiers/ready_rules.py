"""Ready rules: variety of needs, closeness of the relation, quality of operation, fitted to the data at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tiering.scenario.exceptions import CapRule, PointRule, Ready, Test, TierRules
from tiering.tiers.conditions import fields_of
from tiering.tiers.points import Tiers, rule_points, stepped

OVERDUE_DAYS = 90.0
WIDEST = 1.5  # times its share a rule may hold of where few values are shared by many; beyond that it tells nothing


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
