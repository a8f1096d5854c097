"""The indicators a score can be made of: what each measures, in which unit, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["financial", "behaviour", "relationship", "potential", "risk"]
Unit = Literal["money", "share", "count", "days", "months", "ratio", "level", "grade"]
Scale = Literal["range", "log", "percentile"]

GROUPS: tuple[Group, ...] = ("financial", "behaviour", "relationship", "potential", "risk")


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes
    ----------
    key
        Name in scenarios, files and texts; also the column of the customer table it is read from.
    needs
        What the file must hold for it, as a text key: a column (``cost``) or a length of history (``two_years``).
    """

    key: str
    group: Group
    unit: Unit
    scale: Scale
    needs: str
    more_is_better: bool = True


CATALOGUE: tuple[Indicator, ...] = (
    Indicator("annual_revenue", "financial", "money", "log", "amount"),
    Indicator("margin", "financial", "money", "log", "cost"),
    Indicator("growth", "financial", "share", "range", "two_years"),
    Indicator("annual_orders", "financial", "count", "log", "orders"),
    Indicator("average_order_value", "financial", "money", "percentile", "orders"),
    Indicator("recency_days", "behaviour", "days", "range", "orders", more_is_better=False),
    Indicator("active_months", "behaviour", "months", "range", "orders"),
    Indicator("categories", "behaviour", "count", "range", "category"),
    Indicator("gap_variation", "behaviour", "ratio", "range", "three_gaps", more_is_better=False),
    Indicator("tenure_days", "relationship", "days", "range", "orders"),
    Indicator("satisfaction", "relationship", "level", "range", "satisfaction"),
    Indicator("returns_share", "relationship", "share", "range", "orders", more_is_better=False),
    Indicator("trend", "potential", "share", "range", "orders"),
    Indicator("size", "potential", "grade", "range", "size"),
    Indicator("silence", "risk", "ratio", "range", "three_gaps", more_is_better=False),
    Indicator("top_category_share", "risk", "share", "range", "category", more_is_better=False),
    Indicator("credit", "risk", "grade", "range", "credit"),
)

BY_KEY: dict[str, Indicator] = {indicator.key: indicator for indicator in CATALOGUE}
