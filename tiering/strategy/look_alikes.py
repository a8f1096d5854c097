"""Categories that customers of the same kind buy and one does not: what to offer next, and what it would be worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.views.sales import Period

Rows = NDArray[np.intp]
LEAST_ALIKE = 10
USUAL_SHARE = 0.5
LEAST_REVENUE = 0.0


@dataclass(frozen=True)
class MissingCategory:
    """Customers (``rows``, biggest first) of one tier and industry who do not buy ``category`` as most like them do.

    ``share``: how many of their like buy it (0..1); ``usual``: the median those spend on it in the window.
    """

    category: str
    tier: int
    industry: str
    rows: Rows
    share: float
    usual: float

    @property
    def money(self) -> float:
        """What they would spend at the median of their like."""
        return float(self.usual * len(self.rows))


def missing_categories(tiering: Tiering, orders: pa.Table, free: NDArray[np.bool_]) -> tuple[MissingCategory, ...]:
    """Order lines → the categories to offer to ``free`` customers (n,), most money first; one offer per customer.

    Alike are buying customers of the same tier and, where it is known, the same industry, ten at least. A category is
    offered where half of them or more buy it; of several the one most of them buy, then the dearer, then by name.
    """
    spent = _spending(tiering, orders)
    if spent.empty:
        return ()
    alike = _alike(tiering)
    offers = []
    for group in np.unique(alike[alike >= 0]):
        members = np.flatnonzero((alike == group) & (tiering.base.revenue > LEAST_REVENUE))
        if members.size >= LEAST_ALIKE:
            offers += _offers(tiering, spent.reindex(members, fill_value=0.0), members, free)
    return tuple(sorted(offers, key=lambda offer: (-offer.money, offer.category, offer.tier, offer.industry)))


def _offers(tiering: Tiering, spent: pd.DataFrame, members: Rows, free: NDArray[np.bool_]) -> list[MissingCategory]:
    buying = spent > 0
    shares, usual = buying.mean(), spent.where(buying).median()
    wanted = [str(name) for name in spent if shares[str(name)] >= USUAL_SHARE]
    wanted.sort(key=lambda name: (-shares[name], -usual[name], name))
    open_rows, offers = free[members].copy(), []
    for name in wanted:
        lacking = open_rows & ~buying[name].to_numpy()
        open_rows &= ~lacking
        if lacking.any():
            industry, tier = _industries(tiering)[members[0]], int(tiering.tiers[members[0]])
            offers.append(
                MissingCategory(name, tier, industry, members[lacking], float(shares[name]), float(usual[name]))
            )
    return offers


def _spending(tiering: Tiering, orders: pa.Table) -> pd.DataFrame:
    """Money of positive lines in the window: one row per customer row with any, one column per category."""
    as_of = tiering.base.as_of
    if as_of is None or "category" not in orders.column_names:
        return pd.DataFrame()
    period = Period.months(as_of, tiering.scenario.window_months)
    lines = period.lines(orders.select(["customer_id", "category", "order_date", "amount"]))
    lines = lines.filter(pc.and_(pc.greater(lines["amount"], 0), pc.is_valid(lines["category"])))
    sums = lines.group_by(["customer_id", "category"]).aggregate([("amount", "sum")])
    table = pd.DataFrame(
        {
            "row": pc.index_in(sums["customer_id"], pa.array(tiering.base.customers["customer_id"], pa.string())),
            "category": sums["category"].to_pandas().astype(str),
            "spent": sums["amount_sum"].cast(pa.float64()).to_pandas(),
        }
    ).dropna()
    return table.pivot_table(index="row", columns="category", values="spent", aggfunc="sum", fill_value=0.0)


def _alike(tiering: Tiering) -> Rows:
    """Number of the group of customers alike (n,), −1 without a tier."""
    codes = pd.factorize(_industries(tiering), sort=True)[0]
    groups = tiering.tiers.astype(np.intp) * (codes.max(initial=0) + 1) + codes
    return np.where(tiering.tiers < len(tiering.scenario.tiers), groups, -1)


def _industries(tiering: Tiering) -> NDArray[np.object_]:
    customers = tiering.base.customers
    if "industry" not in customers:
        return np.full(len(customers), "", dtype=object)
    return customers["industry"].astype(object).fillna("").astype(str).to_numpy(dtype=object)
