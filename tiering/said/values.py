"""Figures as people read them: each unit in the form of the language."""

from __future__ import annotations

import math

from tiering.indicators.catalogue import Indicator
from tiering.indicators.levels import CREDIT_GRADES
from tiering.words import Words

_DIGITS = {"count": 0, "days": 0, "months": 0, "ratio": 2, "level": 1, "grade": 0}


def shown_value(value: float | None, indicator: Indicator, words: Words, currency: str) -> str:
    """A raw value of an indicator with its unit: ``¥1.2M``, ``18.4%``, ``74 days``; a dash where missing."""
    if value is None or math.isnan(value):
        return "–"
    if indicator.unit == "money":
        return words.money(value, currency)
    if indicator.unit == "share":
        return words.percent(value, 1)
    if indicator.order:
        return indicator.order[min(max(round(value), 0), len(indicator.order) - 1)]
    if indicator.key == "credit":
        return CREDIT_GRADES[min(max(round(value), 0), len(CREDIT_GRADES) - 1)]
    if indicator.key == "size":
        return words(f"size.{min(max(round(value), 0), 3)}")
    if indicator.unit in ("grade", "number"):
        return words.number(value, 0 if float(value).is_integer() else 2)
    return words(f"unit.{indicator.unit}", value=words.number(value, _DIGITS[indicator.unit]))
