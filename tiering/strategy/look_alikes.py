"""Categories that customers of the same kind buy and one does not: what to offer next, and what it would be worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.decimals import doubles
from tiering.evaluate import CustomerBase, Tiering
from tiering.views.sales import Period

Rows = NDArray[np.intp]
Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
LEAST_ALIKE = 10
USUAL_SHARE = 0.5
READ = ("customer_id", "category", "order_date", "amount")


@dataclass(frozen=True)
class MissingCategory:
    """Customers (``rows``, most money first) of one tier who do not buy ``category`` as most like them do.

    ``shares`` (m,): how many of each one's like buy it (0..1); ``usual`` (m,): the median those spend on it in the
    window.
    """

    category: str
    tier: int
    rows: Rows
    shares: Values
    usual: Values

    @property
    def money(self) -> float:
        """What they would spend at the medians of their like."""
        return float(self.usual.sum())


@dataclass(frozen=True)
class Spending:
    """What customers spent on categories in a window, one entry for each customer row and category with any.

    ``codes`` are places in ``names``, which is sorted; ``money`` is above zero.
    """

    rows: Rows
    codes: Rows
    money: Values
    names: tuple[str, ...]


def category_spending(base: CustomerBase, window_months: int, orders: pa.Table) -> Spending:
    """Order lines → positive money by customer and category in the window; empty without dates or categories."""
    if base.as_of is None or "category" not in orders.column_names:
        return Spending(np.array([], np.intp), np.array([], np.intp), np.array([]), ())
    lines = Period.months(base.as_of, window_months).lines(orders.select(list(READ)))
    lines = lines.filter(pc.and_(pc.greater(lines["amount"], 0), pc.is_valid(lines["category"])))
    sums = lines.group_by(["customer_id", "category"]).aggregate([("amount", "sum")])
    places = pc.index_in(sums["customer_id"], pa.array(base.customers["customer_id"], pa.string()))
    sums = sums.append_column("row", places).filter(pc.is_valid(places))
    codes, names = pd.factorize(sums["category"].to_pandas().astype(str), sort=True)
    money = doubles(sums["amount_sum"])
    return Spending(sums["row"].to_numpy().astype(np.intp), codes, money, tuple(str(name) for name in names))


def missing_categories(tiering: Tiering, spent: Spending, free: Mask) -> tuple[MissingCategory, ...]:
    """Spending → the categories to offer to ``free`` customers (n,) by tier, most money first; one per customer.

    Alike are buying customers of the same tier and, where it is known, the same industry, ten at least. A category is
    offered where half of them or more buy it; of several the one most of them buy, then the dearer, then by name.
    """
    alike = _alike(tiering, _industries(tiering))
    open_rows = free.copy()
    lacked: dict[tuple[str, int], list[tuple[Rows, _Usual]]] = {}
    for usual in _usual(alike, spent):
        lacking = np.flatnonzero(open_rows & (alike == usual.group))
        lacking = np.setdiff1d(lacking, usual.buyers, assume_unique=True)
        open_rows[lacking] = False
        if lacking.size:
            lacked.setdefault((usual.category, int(tiering.tiers[lacking[0]])), []).append((lacking, usual))
    offers = [_offer(category, tier, parts) for (category, tier), parts in lacked.items()]
    return tuple(sorted(offers, key=lambda offer: (-offer.money, offer.category, offer.tier)))


@dataclass(frozen=True)
class _Usual:
    """A category that half of a group or more buy: its ``buyers`` there and the median they spend."""

    group: int
    category: str
    buyers: Rows
    share: float
    median: float


def _offer(category: str, tier: int, parts: list[tuple[Rows, _Usual]]) -> MissingCategory:
    """The customers of several industries in one offer, most money first, then in their own order."""
    rows = np.concatenate([lacking for lacking, _ in parts])
    shares = np.concatenate([np.full(lacking.size, usual.share) for lacking, usual in parts])
    money = np.concatenate([np.full(lacking.size, usual.median) for lacking, usual in parts])
    order = np.lexsort((rows, -money))
    return MissingCategory(category, tier, rows[order], shares[order], money[order])


def _usual(alike: Rows, spent: Spending) -> list[_Usual]:
    """What is usual in each group of ten or more, in the order in which it is offered."""
    sizes = np.bincount(alike[alike >= 0], minlength=1)
    here = np.flatnonzero(alike[spent.rows] >= 0)
    pairs = alike[spent.rows[here]] * len(spent.names) + spent.codes[here]
    order = np.argsort(pairs, kind="stable")
    entries, pairs = here[order], pairs[order]
    found, starts, buyers = np.unique(pairs, return_index=True, return_counts=True)
    groups = found // max(len(spent.names), 1)
    wanted = (sizes[groups] >= LEAST_ALIKE) & (buyers >= USUAL_SHARE * sizes[groups])
    usual = []
    for pair, start, count, group in zip(found[wanted], starts[wanted], buyers[wanted], groups[wanted], strict=True):
        chosen = entries[start : start + count]
        name, median = spent.names[pair % len(spent.names)], float(np.median(spent.money[chosen]))
        usual.append(_Usual(int(group), name, spent.rows[chosen], float(count / sizes[group]), median))
    return sorted(usual, key=lambda one: (one.group, -one.share, -one.median, one.category))


def _alike(tiering: Tiering, industries: NDArray[np.object_]) -> Rows:
    """Number of the group of buying customers alike (n,), −1 without a tier or revenue."""
    codes = pd.factorize(industries, sort=True)[0]
    groups = tiering.tiers.astype(np.intp) * (codes.max(initial=0) + 1) + codes
    counts = (tiering.tiers < len(tiering.scenario.tiers)) & (tiering.base.revenue > 0)
    return np.where(counts, groups, -1)


def _industries(tiering: Tiering) -> NDArray[np.object_]:
    customers = tiering.base.customers
    if "industry" not in customers:
        return np.full(len(customers), "", dtype=object)
    return customers["industry"].astype(object).fillna("").astype(str).to_numpy(dtype=object)
