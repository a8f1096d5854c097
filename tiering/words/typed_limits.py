"""Limits as people write them: 1,000,000 or 100万, 25%, AAA; read and written back in the indicator's own unit."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from tiering.indicators.catalogue import Indicator
from tiering.indicators.levels import CREDIT_GRADES, ORDERED_COLUMNS, ordered_level
from tiering.ingest.values.numbers import number_text, number_value
from tiering.scenario.touches import MEASURED
from tiering.words.catalogue import MINUS, Words

MOST_DECIMALS = 10
TOLD_FIGURES = 15
MOST_GROUPED = 1e15


def limit_text(value: float, indicator: Indicator | None, words: Words) -> str:
    """A limit as it can be written again: ``0.25`` of a share → ``25%``, level 9 of credit → ``AAA``."""
    if indicator is not None and indicator.unit == "share":
        return figure_text(value, is_share=True)
    grades = _grades(indicator, words)
    if float(value).is_integer() and 0 <= value < len(grades):
        return grades[int(value)]
    return figure_text(value, is_share=False)


def figure_text(value: float, is_share: bool) -> str:
    """A number as people write it, without decimals that say nothing: ``1234567.5`` → ``1,234,567.5``; shares in
    percent, ``0.25`` → ``25%``.
    """
    if is_share:
        return figure_text(value * 100, is_share=False) + "%"
    if abs(value) >= MOST_GROUPED:
        return f"{value:g}"
    told = Decimal(f"{value:.{TOLD_FIGURES}g}")  # the sixteenth figure of a sum is how it was stored, not what it is
    text = f"{told:,.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", MINUS)


def limit_value(text: str, indicator: Indicator | None, words: Words) -> float | None:
    """The limit a text means; None where it means none. A bare number above 1 for a share is a percentage."""
    written = text.strip()
    grades = [grade.lower() for grade in _grades(indicator, words)]
    if written.lower() in grades:
        return float(grades.index(written.lower()))
    number = _number(written)
    if (
        number is not None
        and indicator is not None
        and indicator.unit == "share"
        and "%" not in written.replace("％", "%")
    ):
        return number / 100 if abs(number) > 1 else number
    return number if number is not None else _level(written, indicator)


def _number(written: str) -> float | None:
    taken = number_text(written)
    value = None if taken is None else number_value(taken, ".")
    return None if value is None or not abs(float(value)) <= MEASURED else float(value)


def _level(written: str, indicator: Indicator | None) -> float | None:
    """Rank of a word in a column of ordered words."""
    if indicator is None or indicator.key not in ORDERED_COLUMNS:
        return None
    level = float(ordered_level(pd.Series([written], dtype=object), indicator.key).iloc[0])
    return None if np.isnan(level) else level


def _grades(indicator: Indicator | None, words: Words) -> tuple[str, ...]:
    if indicator is None:
        return ()
    if indicator.order:
        return indicator.order
    if indicator.key == "credit":
        return CREDIT_GRADES
    return tuple(words(f"size.{step}") for step in range(4)) if indicator.key == "size" else ()
