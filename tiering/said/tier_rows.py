"""What each tier holds and is worth, row by row, as papers and the command line show it."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import Tiering
from tiering.said.kinds import Kind

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("tier", "text"),
    ("customers", "count"),
    ("customer_share", "share"),
    ("revenue", "money"),
    ("revenue_share", "share"),
    ("average", "money"),
)

UNKNOWN = (None, None, None)
TierRow = tuple[str, int, float, float | None, float | None, float | None]


def tier_rows(tiering: Tiering, unscored: str) -> list[TierRow]:
    """One row per tier, and one for the customers without a score where there are any.

    Columns: name, customers, their share, revenue in the window, its share, average per customer. Money that the data
    does not tell, and the average of nobody, is None.
    """
    totals, known = tiering.totals, knows_revenue(tiering)
    names = [*tiering.scenario.tiers, unscored]
    everybody = int(totals.customers.sum())
    rows = []
    for position, name in enumerate(names):
        count, revenue = int(totals.customers[position]), float(totals.revenue[position])
        if count or position < len(tiering.scenario.tiers):
            average = revenue / count if count else None
            money = (revenue, float(totals.shares[position]), average) if known else UNKNOWN
            rows.append((name, count, count / everybody, *money))
    return rows


def total_row(tiering: Tiering, name: str) -> TierRow:
    """All customers together, in the columns of ``tier_rows``."""
    count, revenue = int(tiering.totals.customers.sum()), float(tiering.totals.revenue.sum())
    money = (revenue, float(tiering.totals.shares.sum()), revenue / count) if knows_revenue(tiering) else UNKNOWN
    return (name, count, 1.0, *money)


def knows_revenue(tiering: Tiering, rows: np.ndarray | slice = slice(None)) -> bool:
    """Whether the data tells any revenue of these customers: where it does not, nothing is said rather than nought."""
    customers = tiering.base.customers
    return "annual_revenue" in customers and bool(customers["annual_revenue"][rows].notna().any())
