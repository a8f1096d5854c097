"""What each class of customers buys, the part each product plays, and who takes up new ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.decimals import doubles
from tiering.metrics import history_months
from tiering.metrics.windows import months_before
from tiering.views.sales import Key, Period, sales_by

Role = Literal["new", "retire", "value", "cash", "regular"]
ROLES: tuple[Role, ...] = ("cash", "value", "new", "retire", "regular")
Codes = NDArray[np.integer]


@dataclass(frozen=True)
class RoleRule:
    """When a product plays which part, tested in the order of `product_roles`; shares are 0..1.

    ``cash_share``: at least this share of revenue. ``margin_lead``: margin rate at least this far above the rate of
    all products. ``new_months``: first sold within so many months. ``retire_share``: at most this share of revenue,
    and either falling by ``retire_fall`` or more, or returned by ``retire_returns`` or more.
    """

    cash_share: float = 0.05
    margin_lead: float = 0.05
    new_months: int = 6
    retire_share: float = 0.02
    retire_fall: float = 0.2
    retire_returns: float = 0.1


def class_purchases(orders: pa.Table, key: Key, period: Period, customers: pd.Series, codes: Codes) -> pd.DataFrame:
    """Order lines → one row per value of ``key`` and class with purchases: ``item``, ``code``, ``revenue`` (positive
    lines), ``share`` (0..1 of what the customers of that class buy).

    ``customers`` (ids) and ``codes`` (class of each: tier, industry …; negative where it has none) belong together; a
    line of nobody in them is left out.
    """
    lines = period.lines(orders.select(["customer_id", key, "order_date", "amount"]))
    lines = lines.filter(pc.greater(lines["amount"], 0))
    bought = pa.table(
        {
            "item": pc.fill_null(lines[key], ""),
            "code": class_of_lines(lines, customers, codes),
            "revenue": lines["amount"],
        }
    )
    sums = bought.group_by(["item", "code"]).aggregate([("revenue", "sum")])
    purchases = pd.DataFrame(
        {
            "item": sums["item"].to_pandas().astype(object),
            "code": sums["code"].to_numpy(),
            "revenue": doubles(sums["revenue_sum"]),
        }
    )
    known = purchases[purchases["code"] >= 0].sort_values(["item", "code"], ignore_index=True)
    return known.assign(share=known["revenue"] / known.groupby("code")["revenue"].transform("sum"))


def buyers(orders: pa.Table, key: Key, item: str, period: Period) -> set[str]:
    """Ids of the customers with a positive line of an item in the period; empty text for lines that name none."""
    lines = period.lines(orders.select(["customer_id", key, "order_date", "amount"]))
    sold = pc.and_(pc.greater(lines["amount"], 0), pc.equal(pc.fill_null(lines[key], ""), item))
    return set(lines.filter(sold)["customer_id"].unique().to_pylist())


def class_of_lines(lines: pa.Table, customers: pd.Series, codes: Codes) -> pa.ChunkedArray:
    """Class of the customer of each line, −1 where it is nobody of ``customers``."""
    class_of = pa.array(np.append(codes, -1).astype(np.int64))
    places = pc.index_in(lines["customer_id"], pa.array(customers, pa.string()))
    return pc.take(class_of, pc.fill_null(places, len(customers)))


def product_figures(orders: pa.Table, as_of: date, months: int = 12) -> pd.DataFrame:
    """Order lines → one row per product sold in the window, biggest revenue first.

    Columns: ``item``, ``revenue`` (net), ``share`` (0..1 of the positive sum), ``growth`` against the window before
    (NaN where the orders do not reach back to its start, or nothing was sold then), ``margin_rate``,
    ``returns_share``, ``age_months`` (whole months since the first sale ever).
    """
    sales = sales_by(orders, "product", Period.months(as_of, months)).set_index("item")
    start = months_before(as_of, months)
    before = sales_by(orders, "product", Period(months_before(start, months), start)).set_index("item")
    ever = sales_by(orders, "product", Period(None, as_of)).set_index("item")
    prior = before["revenue"].reindex(sales.index)
    covered = ever["first_sale"].min() <= pd.Timestamp(months_before(start, months)) + pd.Timedelta(days=31)
    positive = sales["revenue"].clip(lower=0)
    return pd.DataFrame(
        {
            "revenue": sales["revenue"],
            "share": positive / positive.sum() if positive.sum() > 0 else 0.0,
            "growth": sales["revenue"] / prior.where(prior > 0) - 1 if covered else np.nan,
            "margin": sales["margin"],
            "margin_rate": sales["margin"] / sales["revenue"].where(sales["revenue"] > 0),
            "returns_share": sales["returns"] / sales["gross"].where(sales["gross"] > 0),
            "age_months": _months_since(ever["first_sale"].reindex(sales.index), as_of),
        }
    ).reset_index()


def product_roles(figures: pd.DataFrame, rule: RoleRule, history_months: int) -> NDArray[np.object_]:
    """Figures of products → a role for each: new, to be retired, value-added, cash-flow, or regular, first match.

    Nothing is called new in data that reach back less than twice ``new_months``; a figure that is not known meets no
    condition.
    """
    sold, revenue = figures["revenue"].clip(lower=0), figures["margin"].where(figures["revenue"] > 0)
    rate = revenue.sum() / sold[revenue.notna()].sum() if revenue.notna().any() else np.nan
    told = history_months >= 2 * rule.new_months
    weak = (figures["growth"] <= -rule.retire_fall) | (figures["returns_share"] >= rule.retire_returns)
    tests = {
        "new": told & (figures["age_months"] < rule.new_months),
        "retire": (figures["share"] <= rule.retire_share) & weak,
        "value": figures["margin_rate"] >= rate + rule.margin_lead,
        "cash": figures["share"] >= rule.cash_share,
    }
    return np.select([test.to_numpy(dtype=bool) for test in tests.values()], list(tests), "regular").astype(object)


def _months_since(first: pd.Series, as_of: date) -> pd.Series:
    months = (as_of.year - first.dt.year) * 12 + as_of.month - first.dt.month
    return months - (first.dt.day > as_of.day)


def new_products(orders: pa.Table, as_of: date, new_months: int) -> list[str] | None:
    """Products sold for the first time within ``new_months`` before ``as_of``, in code-point order.

    None where nothing can be called new: the orders reach back less than twice as far.
    """
    if history_months(orders, as_of) < 2 * new_months:
        return None
    lines = Period(None, as_of).lines(orders.select(["product", "order_date", "amount"]))
    lines = lines.filter(pc.and_(pc.greater(lines["amount"], 0), pc.is_valid(lines["product"])))
    first = lines.group_by("product").aggregate([("order_date", "min")])
    since = pa.scalar(months_before(as_of, new_months))
    return sorted(first.filter(pc.greater(first["order_date_min"], since))["product"].to_pylist())


def new_product_uptake(
    orders: pa.Table, period: Period, items: list[str], customers: pd.Series, codes: Codes
) -> pd.DataFrame:
    """Order lines → one row per class 0..: how far its customers have taken up the products named in ``items``.

    Columns: ``buyers`` (customers with a positive line in the period), ``takers`` (of them, with one of the items),
    ``taker_share`` (0..1, NaN without buyers), ``revenue`` (positive lines of the items), ``revenue_share`` (0..1 of
    what the class buys, NaN where it buys nothing).
    """
    lines = period.lines(orders.select(["customer_id", "product", "order_date", "amount"]))
    lines = lines.filter(pc.greater(lines["amount"], 0))
    per_customer = pd.DataFrame(
        {
            "customer": lines["customer_id"].to_pandas().astype(object),
            "code": class_of_lines(lines, customers, codes).to_numpy(),
            "revenue": doubles(lines["amount"]),
            "is_new": pc.is_in(lines["product"], pa.array(items, pa.string())).to_numpy(zero_copy_only=False),
        }
    )
    per_customer = per_customer.assign(new_revenue=np.where(per_customer["is_new"], per_customer["revenue"], 0.0))
    by_customer = per_customer[per_customer["code"] >= 0].groupby(["code", "customer"], sort=True)
    sums = by_customer[["revenue", "new_revenue", "is_new"]].agg(
        {"revenue": "sum", "new_revenue": "sum", "is_new": "any"}
    )
    by_class = sums.groupby("code").agg(
        buyers=("revenue", "size"), takers=("is_new", "sum"), bought=("revenue", "sum"), revenue=("new_revenue", "sum")
    )
    uptake = by_class.reindex(range(int(codes.max(initial=-1)) + 1), fill_value=0)
    return uptake.assign(
        taker_share=uptake["takers"] / uptake["buyers"].where(uptake["buyers"] > 0),
        revenue_share=uptake["revenue"] / uptake["bought"].where(uptake["bought"] > 0),
    ).reset_index(drop=True)
