"""Customers in groups: how many, how much they bring, and tiers of groups beside those of their sites."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.evaluate import Tiering, customer_base, tier_customers
from tiering.scenario.exceptions import Ledger
from tiering.tiers.groups import Grouping, grouping

# what a group has is what its sites have together; anything else is that of the parent, or of its biggest site
TOGETHER = (
    "annual_revenue", "annual_orders", "margin", "wallet", "complaints", "tickets", "interactions", "referrals",
)  # fmt: skip
FIRST, LAST = ("first_order",), ("last_order", "contract_end")
Codes = NDArray[np.integer]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class GroupTiers:
    """Groups of two or more sites, and their sites.

    ``groups``: one row per group, biggest annual revenue first: ``group``, ``annual_revenue``, ``tier`` (number),
    ``sites``, ``apart`` (sites in another tier). ``sites``: one row per site of these groups: ``row`` (in the
    tiering), ``group``, ``tier``, ``group_tier``, ``annual_revenue``, ``apart`` (tiers above the group's: positive,
    below: negative, 0 without a tier). ``circular``: rows whose parents run in a circle.
    """

    groups: pd.DataFrame
    sites: pd.DataFrame
    circular: NDArray[np.intp]

    @property
    def contradictions(self) -> pd.DataFrame:
        """Sites in another tier than their group, furthest apart first, then biggest revenue."""
        apart = self.sites[self.sites["apart"] != 0]
        order = np.lexsort((-apart["annual_revenue"].to_numpy(), -apart["apart"].abs().to_numpy()))
        return apart.iloc[order].reset_index(drop=True)


def group_tiers(dataset: Dataset, tiering: Tiering) -> GroupTiers:
    """Data + its tiers → tiers at the level of groups. Scales and lines are those of the sites; hands do not count."""
    customers = tiering.base.customers
    found = grouping(customers)
    groups = _tiered_groups(dataset, tiering, found)
    together = found.sizes > 1
    rows = np.flatnonzero(together)
    tier_of = dict(zip(groups["customer_id"], groups["tier"], strict=True))
    sites = pd.DataFrame(
        {
            "row": rows,
            "group": found.groups[rows],
            "tier": tiering.tiers[rows].astype(np.int64),
            "group_tier": [tier_of[group] for group in found.groups[rows]],
            "annual_revenue": tiering.base.revenue[rows],
        }
    )
    count = len(tiering.scenario.tiers)
    rated = (sites["tier"] < count) & (sites["group_tier"] < count)
    sites["apart"] = (sites["group_tier"] - sites["tier"]).where(rated, 0).astype(np.int64)
    return GroupTiers(_with_sites(groups, sites), sites, np.flatnonzero(found.circular))


def _tiered_groups(dataset: Dataset, tiering: Tiering, found: Grouping) -> pd.DataFrame:
    """One row per group, single customers included: id, annual revenue, tier number."""
    same = {"anchors": dict(tiering.base.matrix.anchors), "ledger": Ledger()}
    scenario = tiering.scenario.model_copy(update=same)
    base = customer_base(grouped_dataset(dataset, tiering, found), scenario, tiering.base.as_of)
    tiers = tier_customers(base, scenario, tiering.positions or None).tiers
    return pd.DataFrame(
        {"customer_id": base.customers["customer_id"], "annual_revenue": base.revenue, "tier": tiers.astype(np.int64)}
    )


def grouped_dataset(dataset: Dataset, tiering: Tiering, found: Grouping) -> Dataset:
    """The same data with each group as one customer."""
    group_of = dict(zip(tiering.base.customers["customer_id"], found.groups, strict=True))
    orders, customers = dataset.orders, dataset.customers
    payments, contacts = (
        None if lines is None else _renamed(lines, group_of) for lines in (dataset.payments, dataset.contacts)
    )
    if orders is not None:
        orders = _renamed(orders, group_of)
    if customers is not None:
        rank = {who: row for row, who in enumerate(tiering.base.customers["customer_id"])}
        customers = _merged(customers, group_of, rank)
    return replace(dataset, orders=orders, customers=customers, payments=payments, contacts=contacts)


def _renamed(orders: pa.Table, group_of: dict[Hashable, Any]) -> pa.Table:
    ids = orders["customer_id"].to_pandas().map(lambda who: group_of.get(who, who))
    place = orders.column_names.index("customer_id")
    return orders.set_column(place, "customer_id", pa.array(ids, pa.string()))


def _merged(customers: pa.Table, group_of: dict[Hashable, Any], rank: dict[Hashable, int]) -> pa.Table:
    """One row per group: the parent's own row, else that of its biggest site, with what counts together added up."""
    listed = customers.to_pandas(date_as_object=True)
    listed = listed.assign(_group=listed["customer_id"].map(lambda who: group_of.get(who, who)))
    listed["_rank"] = listed["customer_id"].map(lambda who: rank.get(who, len(rank)))
    listed["_below"] = listed["customer_id"] != listed["_group"]
    by_group = listed.groupby("_group", sort=True)
    first = listed.sort_values(["_below", "_rank"], kind="stable").groupby("_group", sort=True).nth(0)
    first = first.sort_values("_group").set_index("_group")
    for names, how in ((TOGETHER, "sum"), (FIRST, "min"), (LAST, "max")):
        for name in set(names) & set(listed.columns):
            first[name] = by_group[name].agg(lambda own, how=how: _together(own, how))
    first["customer_id"] = first.index
    return pa.Table.from_pandas(first.drop(columns=["_rank", "_below"]), preserve_index=False)


def _together(own: pd.Series, how: str) -> Any:
    """Sum, earliest or latest of what is known; missing where nothing is."""
    known = pd.to_numeric(own, errors="coerce").dropna() if how == "sum" else own.dropna()
    return getattr(known, how)() if len(known) else None


def _with_sites(groups: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    counted = sites.groupby("group").agg(sites=("row", "size"), apart=("apart", lambda apart: int((apart != 0).sum())))
    listed = groups.rename(columns={"customer_id": "group"}).merge(counted, left_on="group", right_index=True)
    return listed.reset_index(drop=True)


def group_totals(codes: Codes, revenue: Values, groups: int) -> pd.DataFrame:
    """Group number (n,) and revenue (n,) → one row per group 0..groups − 1, those without a customer included.

    Columns: ``customers``, ``customer_share`` (0..1 of all), ``revenue``, ``revenue_share`` (0..1 of the positive sum;
    0 where nobody has any). A negative code is no group and counts in the wholes alone.
    """
    known = codes >= 0
    customers = np.bincount(codes[known], minlength=groups)
    positive = np.bincount(codes[known], weights=np.maximum(revenue[known], 0.0), minlength=groups)
    whole = float(np.maximum(revenue, 0.0).sum())
    return pd.DataFrame(
        {
            "customers": customers,
            "customer_share": customers / max(codes.size, 1),
            "revenue": np.bincount(codes[known], weights=revenue[known], minlength=groups),
            "revenue_share": positive / whole if whole > 0 else np.zeros(groups),
        }
    )
