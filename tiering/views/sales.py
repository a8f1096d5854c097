"""Order lines summed by customer, product or category over a period, and one customer's by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.decimals import doubles
from tiering.metrics.windows import months_before

Key = Literal["customer_id", "product", "category"]
Basis = Literal["net", "gross"]


@dataclass(frozen=True)
class Period:
    """Days after ``start`` (None: from the first line on) up to and with ``end``."""

    start: date | None
    end: date

    @classmethod
    def months(cls, end: date, months: int | None) -> Period:
        """The last ``months`` calendar months up to ``end``, or everything so far."""
        return cls(None if months is None else months_before(end, months), end)

    def lines(self, orders: pa.Table) -> pa.Table:
        """The order lines of the period."""
        inside = pc.less_equal(orders["order_date"], pa.scalar(self.end))
        if self.start is not None:
            inside = pc.and_(inside, pc.greater(orders["order_date"], pa.scalar(self.start)))
        return orders.filter(inside)


def sales_by(orders: pa.Table, key: Key, period: Period, basis: Basis = "net") -> pd.DataFrame:
    """Order lines → one row per value of ``key``, biggest revenue first, equal revenues in code-point order.

    Columns: ``item`` (empty text where a line names none), ``revenue`` on the chosen basis, ``gross`` (positive lines),
    ``returns`` (≥ 0), ``margin`` (revenue net of returns less cost; NaN where a line of the item has no cost),
    ``first_sale``. On the gross basis an item without a sale is not there.
    """
    read = [name for name in (key, "order_date", "amount", "cost") if name in orders.column_names]
    lines = period.lines(orders.select(read))
    amount = lines["amount"]
    sums = pa.table(
        {
            "item": pc.fill_null(lines[key], ""),
            "net": amount,
            "gross": pc.if_else(pc.greater(amount, 0), amount, pc.multiply(amount, 0)),
            "cost": lines["cost"] if "cost" in lines.column_names else pa.nulls(lines.num_rows, amount.type),
            "sold_on": pc.if_else(pc.greater(amount, 0), lines["order_date"], None),
        }
    )
    totals = sums.group_by("item").aggregate(
        [("net", "sum"), ("gross", "sum"), ("cost", "sum"), ("cost", "count"), ("net", "count"), ("sold_on", "min")]
    )
    return _biggest_first(_sales(totals, basis))


def _sales(totals: pa.Table, basis: Basis) -> pd.DataFrame:
    figures = {
        name: np.nan_to_num(doubles(totals[name]))
        for name in totals.column_names
        if name not in ("item", "sold_on_min")
    }
    costed = figures["cost_count"] == figures["net_count"]
    sales = pd.DataFrame(
        {
            "item": totals["item"].to_pandas().astype(object),
            "revenue": figures["net_sum" if basis == "net" else "gross_sum"],
            "gross": figures["gross_sum"],
            "returns": figures["gross_sum"] - figures["net_sum"],
            "margin": np.where(costed, figures["net_sum"] - figures["cost_sum"], np.nan),
            "first_sale": pd.to_datetime(totals["sold_on_min"].to_pandas()),
        }
    )
    return sales if basis == "net" else sales[sales["gross"] > 0]


def _biggest_first(sales: pd.DataFrame) -> pd.DataFrame:
    ranked = pa.table({"revenue": sales["revenue"].to_numpy(), "item": pa.array(sales["item"], pa.string())})
    order = pc.sort_indices(ranked, [("revenue", "descending"), ("item", "ascending")])
    return sales.iloc[order.to_numpy()].reset_index(drop=True)


def monthly_sales(orders: pa.Table, customer_id: str, as_of: date) -> pd.DataFrame:
    """Order lines → one row per calendar month from the customer's first line to ``as_of``.

    Columns: ``month`` (its first day), ``sales`` (positive lines) and ``returns`` (negative lines, ≤ 0), in money.
    Months without lines are there with zeros; without any line the frame is empty.
    """
    mine = pc.and_(pc.equal(orders["customer_id"], customer_id), pc.less_equal(orders["order_date"], pa.scalar(as_of)))
    lines = orders.filter(mine).select(["order_date", "amount"]).to_pandas(date_as_object=False)
    if lines.empty:
        return pd.DataFrame({"month": [], "sales": [], "returns": []})
    amount = lines["amount"].astype("float64")
    by_month = pd.DataFrame(
        {
            "month": lines["order_date"].dt.to_period("M"),
            "sales": amount.clip(lower=0),
            "returns": amount.clip(upper=0),
        }
    )
    months = pd.period_range(by_month["month"].min(), pd.Period(as_of, "M"), name="month")
    monthly = by_month.groupby("month").sum().reindex(months, fill_value=0.0).reset_index()
    return monthly.assign(month=monthly["month"].dt.to_timestamp())
