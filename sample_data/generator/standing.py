"""What a sales team would note about a customer from its orders: its stage, and the tier given a year ago."""

from __future__ import annotations

import numpy as np

from sample_data.generator.lines import Lines
from sample_data.generator.market import DAYS, Floats

TIERS = ("S", "A", "B", "C")
TIER_LINES = (0.05, 0.20, 0.50)
GUT_FEELING = 0.06
LAST_REVIEW = DAYS - 365
ONE_MONTH, THREE_MONTHS, ONE_YEAR = 31, 92, 365


def stages(lines: Lines, count: int) -> list[str]:
    """Stage of each customer at the end of the window, ``demand`` for those who never ordered."""
    sold = lines.at(lines.quantity > 0)
    first, last = np.full(count, DAYS), np.full(count, -1)
    np.minimum.at(first, sold.customer, sold.day)
    np.maximum.at(last, sold.customer, sold.day)
    age, silence = DAYS - first, DAYS - last
    cases = [last < 0, silence > ONE_YEAR, age <= ONE_MONTH, age <= THREE_MONTHS, last == first]
    return np.select(cases, ["demand", "churn", "contract", "delivery", "operation"], "repurchase").tolist()


def tiers_a_year_ago(rng: np.random.Generator, lines: Lines, count: int) -> list[str | None]:
    """Tier by the revenue of the year before last review, some moved by gut feeling; None for later customers."""
    revenue = _revenue(lines, count, LAST_REVIEW - ONE_YEAR, LAST_REVIEW)
    known = _revenue(lines, count, -1, LAST_REVIEW) > 0
    rank = np.empty(count)
    rank[np.argsort(-revenue, kind="stable")] = np.arange(count) / known.sum()
    step = np.searchsorted(TIER_LINES, rank, side="right")
    moved = np.where(rng.random(count) < GUT_FEELING, rng.choice([-1, 1], count), 0)
    step = np.clip(step + moved, 0, len(TIERS) - 1)
    return [TIERS[at] if old else None for at, old in zip(step, known, strict=True)]


def _revenue(lines: Lines, count: int, after: int, until: int) -> Floats:
    inside = (lines.day >= after) & (lines.day < until)
    revenue = np.zeros(count)
    np.add.at(revenue, lines.customer[inside], lines.amount[inside])
    return revenue
