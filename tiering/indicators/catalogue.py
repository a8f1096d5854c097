"""The indicators a score can be made of: what each measures, in which unit, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["financial", "behaviour", "relationship", "potential", "risk"]
Unit = Literal["money", "share", "count", "days", "months", "ratio", "level", "grade", "number"]
Scale = Literal["range", "log", "percentile"]

OWN = "own:"
TOLD_BY_ORDERS = frozenset(
    {"amount", "cost", "two_years", "orders", "category", "three_gaps", "product", "new_products"}
)
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
    usual
        Whether it counts without being switched on.
    column
        Column of the customer table it is read from, where that is not its key.
    order
        Words of the column from worst to best, where the user has put them in order.
    """

    key: str
    group: Group
    unit: Unit
    scale: Scale
    needs: str
    more_is_better: bool = True
    usual: bool = True
    column: str = ""
    order: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Column of the customer table."""
        return self.column or self.key

    @property
    def is_own(self) -> bool:
        """Whether the user made it from a column of the upload."""
        return self.key.startswith(OWN)

    @property
    def from_history(self) -> bool:
        """Whether only orders tell it, so that a customer of some weeks cannot have it yet."""
        return self.needs in TOLD_BY_ORDERS


CATALOGUE: tuple[Indicator, ...] = (
    Indicator("annual_revenue", "financial", "money", "log", "amount"),
    Indicator("margin", "financial", "money", "log", "cost"),
    Indicator("growth", "financial", "share", "range", "two_years"),
    Indicator("annual_orders", "financial", "count", "log", "orders"),
    Indicator("average_order_value", "financial", "money", "percentile", "orders"),
    Indicator("margin_rate", "financial", "share", "range", "cost", usual=False),
    Indicator("on_time_payment_share", "financial", "share", "range", "on_time_payment_share"),
    Indicator("payment_days", "financial", "days", "range", "payment_days", more_is_better=False),
    Indicator("financial_standing", "financial", "grade", "range", "financial_standing"),
    Indicator("recency_days", "behaviour", "days", "range", "orders", more_is_better=False),
    Indicator("active_months", "behaviour", "months", "range", "orders"),
    Indicator("categories", "behaviour", "count", "range", "category"),
    Indicator("gap_variation", "behaviour", "ratio", "range", "three_gaps", more_is_better=False),
    Indicator("interactions", "behaviour", "count", "range", "interactions"),
    Indicator("participation", "behaviour", "count", "range", "participation"),
    Indicator("referrals", "behaviour", "count", "range", "referrals"),
    Indicator("feedback", "behaviour", "grade", "range", "feedback"),
    Indicator("new_product_share", "behaviour", "share", "range", "new_products", usual=False),
    Indicator("activity_class", "behaviour", "grade", "range", "activity_class"),
    Indicator("tenure_days", "relationship", "days", "range", "orders"),
    Indicator("satisfaction", "relationship", "level", "range", "satisfaction"),
    Indicator("returns_share", "relationship", "share", "range", "orders", more_is_better=False),
    Indicator("retention", "relationship", "share", "range", "two_years"),
    Indicator("contract_days", "relationship", "days", "range", "contract_end", usual=False),
    Indicator("renewal_rate", "relationship", "share", "range", "renewal_rate"),
    Indicator("complaints", "relationship", "count", "range", "complaints", more_is_better=False),
    Indicator("tickets", "relationship", "count", "range", "tickets", more_is_better=False),
    Indicator("long_term_will", "relationship", "grade", "range", "long_term_will"),
    Indicator("loyalty_class", "relationship", "grade", "range", "loyalty_class"),
    Indicator("trend", "potential", "share", "range", "orders"),
    Indicator("size", "potential", "grade", "range", "size"),
    Indicator("industry_attractiveness", "potential", "grade", "range", "industry_attractiveness"),
    Indicator("wallet", "potential", "money", "log", "wallet"),
    Indicator("wallet_share", "potential", "share", "range", "wallet", more_is_better=False, usual=False),
    Indicator("strategic_value", "potential", "grade", "range", "strategic_value"),
    Indicator("industry_standing", "potential", "grade", "range", "industry_standing"),
    Indicator("silence", "risk", "ratio", "range", "three_gaps", more_is_better=False),
    Indicator("top_category_share", "risk", "share", "range", "category", more_is_better=False),
    Indicator("credit", "risk", "grade", "range", "credit"),
    Indicator("risk_tolerance", "risk", "grade", "range", "risk_tolerance"),
    Indicator("overdue_days", "risk", "days", "range", "overdue_days", more_is_better=False),
    Indicator("overdue_share", "risk", "share", "range", "overdue_share", more_is_better=False),
    Indicator("fault_rate", "risk", "share", "range", "fault_rate", more_is_better=False),
    Indicator("late_response_share", "risk", "share", "range", "late_response_share", more_is_better=False),
    Indicator("top_product_share", "risk", "share", "range", "product", more_is_better=False, usual=False),
)

BY_KEY: dict[str, Indicator] = {indicator.key: indicator for indicator in CATALOGUE}
