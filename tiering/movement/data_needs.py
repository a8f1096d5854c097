"""Which views the data can show, and what would unlock the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tiering.dataset import Dataset
from tiering.evaluate import CustomerBase
from tiering.metrics.windows import months_before
from tiering.movement.retention import retention_months
from tiering.movement.snapshots import LEAST_DAYS, review_dates

HALF_YEAR = 6


@dataclass(frozen=True)
class Showing:
    """A view, and what the data lacks for it; empty where it can be shown."""

    view: str
    needs: str = ""


@dataclass(frozen=True)
class _Told:
    dataset: Dataset
    base: CustomerBase
    window_months: int

    def customer(self, *names: str) -> bool:
        """Whether one of the columns says something of some customer."""
        customers = self.base.customers
        return any(name in customers and bool(customers[name].notna().any()) for name in names)

    def line(self, name: str) -> bool:
        """Whether the order lines have the column."""
        orders = self.dataset.orders
        return orders is not None and name in orders.column_names and orders[name].null_count < orders.num_rows

    def reaches(self, months: int) -> bool:
        """Whether orders lie so far back that tiers of that day have something to go by."""
        first, as_of = self.dataset.first_order_date, self.base.as_of
        return first is not None and as_of is not None and (months_before(as_of, months) - first).days >= LEAST_DAYS

    def reviews(self) -> bool:
        """Whether there are two dates to move between."""
        as_of = self.base.as_of
        return as_of is not None and len(review_dates(self.dataset.first_order_date, as_of)) > 1

    def two_windows(self) -> bool:
        """Whether two windows lie one after the other."""
        first, as_of = self.dataset.first_order_date, self.base.as_of
        return first is not None and as_of is not None and bool(retention_months(first, as_of, self.window_months))

    def prospects(self) -> bool:
        """Whether customers are listed who never ordered, beside others who did."""
        bought: pd.Series = self.base.customers.get("orders", pd.Series(dtype=float)).notna()
        return bool(bought.any()) and not bool(bought.all())


NEEDS: Final[dict[str, tuple[str, Callable[[_Told], bool]]]] = {
    "pareto": ("amount", lambda told: told.customer("annual_revenue")),
    "margin": ("cost", lambda told: told.customer("margin")),
    "products": ("product", lambda told: told.line("product")),
    "rfm": ("last_order", lambda told: told.customer("recency_days") and told.customer("annual_orders")),
    "lifecycle": ("first_order", lambda told: told.customer("tenure_days")),
    "funnel": ("stage", lambda told: told.customer("stage")),
    "industries": ("industry", lambda told: told.customer("industry")),
    "places": ("region", lambda told: told.customer("region", "city")),
    "groups": ("parent_id", lambda told: told.customer("parent_id")),
    "owners": ("owner", lambda told: told.customer("owner")),
    "existing": ("current_tier", lambda told: told.customer("current_tier")),
    "prospects": ("prospects", _Told.prospects),
    "movement": ("history", _Told.reviews),
    "retention": ("two_windows", _Told.two_windows),
    "backtest": ("half_year", lambda told: told.reaches(HALF_YEAR)),
    "warning": ("three_gaps", lambda told: told.customer("silence")),
    "renewals": ("contract_end", lambda told: told.customer("contract_end")),
    "payments": ("payments", lambda told: told.customer("overdue_days", "overdue_share", "payment_days")),
    "service": ("contacts", lambda told: told.customer("tickets", "complaints", "interactions", "fault_rate")),
}


def showings(dataset: Dataset, base: CustomerBase, window_months: int) -> tuple[Showing, ...]:
    """Dataset and its customers → each view of the product, with what it lacks, in the order of the pages."""
    told = _Told(dataset, base, window_months)
    return tuple(Showing(view, "" if has(told) else needs) for view, (needs, has) in NEEDS.items())
