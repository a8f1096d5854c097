"""What each tier holds and is worth, row by row, as papers and the command line show it."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.report.kinds import Kind

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("tier", "text"),
    ("customers", "count"),
    ("customer_share", "share"),
    ("revenue", "money"),
    ("revenue_share", "share"),
    ("average", "money"),
)

TierRow = tuple[str, int, float, float, float, float]


def tier_rows(tiering: Tiering, unscored: str) -> list[TierRow]:
    """One row per tier, and one for the customers without a score where there are any.

    Columns: name, customers, their share, revenue in the window, its share, average per customer.
    """
    totals = tiering.totals
    names = [*tiering.scenario.tiers, unscored]
    everybody = int(totals.customers.sum())
    rows = []
    for position, name in enumerate(names):
        count, revenue = int(totals.customers[position]), float(totals.revenue[position])
        if count or position < len(tiering.scenario.tiers):
            share, average = count / everybody, revenue / count if count else 0.0
            rows.append((name, count, share, revenue, float(totals.shares[position]), average))
    return rows


def total_row(tiering: Tiering, name: str) -> TierRow:
    """All customers together, in the columns of ``tier_rows``."""
    count, revenue = int(tiering.totals.customers.sum()), float(tiering.totals.revenue.sum())
    return (name, count, 1.0, revenue, float(tiering.totals.shares.sum()), revenue / count)
