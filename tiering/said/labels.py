"""Headers, customers and values as people read them, in their language."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from tiering.indicators.catalogue import Indicator
from tiering.indicators.levels import CREDIT_GRADES
from tiering.words import Words

_DIGITS = {"count": 0, "days": 0, "months": 0, "ratio": 2, "level": 1, "grade": 0}


def column_labels(names: Iterable[str], words: Words) -> list[str]:
    """Machine names of columns → headers, each different from the others (a second "X" becomes "X_2")."""
    labels: dict[str, None] = {}
    for name in names:
        label = _label(name, words)
        unique, number = label, 2
        while unique in labels:
            unique, number = f"{label}_{number}", number + 1
        labels[unique] = None
    return list(labels)


def indicator_label(key: str, words: Words) -> str:
    """Label of an indicator; a key from elsewhere as it is."""
    text = f"indicator.{key}.label"
    return words(text) if words.has(text) else key


def reason_label(reason: str, words: Words) -> str:
    """Why a row was set aside, in words; a reason without words keeps its code."""
    key = f"setaside.{reason}"
    return words(key) if words.has(key) else reason


def reason_counts(counts: dict[str, int], words: Words) -> str:
    """``{"no_customer": 3}`` → ``No customer: 3``, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    colon = words.locale.colon
    return words.listed(f"{reason_label(reason, words)}{colon}{words.number(count)}" for reason, count in ordered)


def _label(name: str, words: Words) -> str:
    keys = (f"column.{name}", f"indicator.{name}.label", f"field.{name}.label")
    return next((words(key) for key in keys if words.has(key)), name)


def customer_label(customers: pd.DataFrame, row: int) -> str:
    """Name of the customer in ``row``, its id where it has none."""
    # one cell at a time: a row of a wide table costs a hundred times as much
    name = customers["customer_name"].iat[row] if "customer_name" in customers else None
    return named(name, str(customers["customer_id"].iat[row]))


def customer_labels(customers: pd.DataFrame) -> list[str]:
    """Name of each customer, its id where it has none."""
    ids = customers["customer_id"].astype(str).tolist()
    if "customer_name" not in customers:
        return ids
    names = customers["customer_name"].tolist()
    return [named(name, given) for name, given in zip(names, ids, strict=True)]


def named(name: object, given: str) -> str:
    """The name, the id where there is no name."""
    return name if isinstance(name, str) and name else given


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
