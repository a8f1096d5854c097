"""Rules in words: what a condition asks, what a rule is called, what an entry of the ledger has come to."""

from __future__ import annotations

from collections.abc import Iterable

from tiering.indicators.catalogue import BY_KEY
from tiering.said.labels import column_labels
from tiering.scenario.exceptions import CapRule, Condition, PointRule
from tiering.tiers.provisional import LAPSED, PROVISIONAL
from tiering.words import Words
from tiering.words.typed_limits import figure_text

SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<", "is": "=", "is_not": "≠"}


def field_label(field: str, words: Words) -> str:
    """A column as people know it: ours in their language, the file's own under its own name."""
    return column_labels([field], words)[0]


def field_labels(fields: Iterable[str], words: Words) -> dict[str, str]:
    """Columns → labels, each different from the others."""
    names = list(fields)
    return dict(zip(names, column_labels(names, words), strict=True))


def is_share(field: str) -> bool:
    """Whether the values of a column are shares, said in percent."""
    return field == "margin_rate" or (field in BY_KEY and BY_KEY[field].unit == "share")


def value_text(condition: Condition) -> str:
    """The value as people write it: 500,000, 20%, AAA, 2026-12-31."""
    value = condition.value
    return figure_text(value, is_share(condition.field)) if isinstance(value, float) else str(value)


def condition_text(condition: Condition, words: Words) -> str:
    """``采购品类数 ≥ 4``; ``credit rating not known``."""
    label = field_label(condition.field, words)
    if condition.test in ("known", "unknown"):
        return words(f"rules.asks.{condition.test}", field=label)
    return f"{label} {SIGNS[condition.test]} {value_text(condition)}"


def rule_name(rule: PointRule | CapRule, words: Words) -> str:
    """The user's own name of a rule, that of the ready rule with its condition, or the condition."""
    text = condition_text(rule, words)
    if rule.name:
        return rule.name
    if rule.ready in (LAPSED, PROVISIONAL):
        return words(f"rules.ready.{rule.ready}")
    return words("rules.ready_name", kind=words(f"rules.ready.{rule.ready}"), condition=text) if rule.ready else text


def points_text(points: int, words: Words) -> str:
    """Points with their sign."""
    return ("+" if points > 0 else "") + words.number(points)
