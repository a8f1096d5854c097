"""How far a customer's own orders and quarters lie apart: what tells how much of a short history to believe."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.metrics.windows import Window

QUARTERS: Final = 4
DEVIATIONS = frozenset({"order_value_std", "margin_rate_std", "growth_std", "growth_orders"})


def deviations(sold: pa.Table, window: Window, asked: Collection[str]) -> pd.DataFrame:
    """Positive lines (``customer_id``, ``order_date``, ``amount``, ``cost`` and ``order_id`` where there are any) →
    one row per customer, indexed by ``customer_id``.

    ``order_value_std``: sample deviation of the order values in the window; untold below two orders.
    ``margin_rate_std``: the same of the orders' margin rates, each order weighed by its money. ``growth_std``: of the
    changes of the window's four quarters against those of the window before, in quarters of that window's sales;
    ``growth_orders``: orders in both windows. Untold where nothing stands behind it.
    """
    by_order = _by_order(sold.filter(pc.greater(sold["order_date"], window.prior)))
    inside = by_order[by_order["first"] > np.datetime64(window.start)]
    parts: list[pd.Series | pd.DataFrame] = []
    if "order_value_std" in asked:
        parts.append(inside.groupby("customer_id")["amount"].std(ddof=1).rename("order_value_std"))
    if "margin_rate_std" in asked and "cost" in inside:
        parts.append(_margin_rates(inside))
    if "growth_std" in asked:
        parts.append(_growths(by_order, window))
    return pd.concat(parts, axis=1) if parts else pd.DataFrame()


def _by_order(sold: pa.Table) -> pd.DataFrame:
    """One row per order; an order without a number is the customer's day."""
    key = ["customer_id", "order_id" if "order_id" in sold.column_names else "order_date"]
    sums: list[tuple[object, ...]] = [("amount", "sum"), ("first", "min")]
    if "cost" in sold.column_names:
        sums.append(("cost", "sum", pc.ScalarAggregateOptions(skip_nulls=False)))
    grouped = sold.append_column("first", sold["order_date"]).group_by(key).aggregate(sums)
    ordered = grouped.sort_by([(name, "ascending") for name in key]).to_pandas()
    ordered["first_min"] = ordered["first_min"].to_numpy("datetime64[D]")
    return ordered.rename(columns={"amount_sum": "amount", "cost_sum": "cost", "first_min": "first"})


def _margin_rates(orders: pd.DataFrame) -> pd.Series:
    """Deviation of the margin rates around the customer's own, whose mean weighed by money is its margin rate."""
    told = orders[orders["cost"].notna()]
    margin = told["amount"] - told["cost"]
    parts = told.assign(margin=margin, squares=margin**2 / told["amount"]).groupby("customer_id")
    sums = parts[["amount", "margin", "squares"]].sum()
    count = parts.size()
    apart = (sums["squares"] - sums["margin"] ** 2 / sums["amount"]).clip(lower=0) / sums["amount"]
    return np.sqrt(apart * count / (count - 1).where(count > 1)).rename("margin_rate_std")


def _growths(orders: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Quarters of both windows side by side: their mean change is the growth of the whole."""
    late = orders["first"] > np.datetime64(window.start)
    begin = np.where(late, np.datetime64(window.start), np.datetime64(window.prior))
    end = np.where(late, np.datetime64(window.as_of), np.datetime64(window.start))
    past = (orders["first"].to_numpy("datetime64[D]") - begin) / (end - begin)
    quarter = np.minimum(np.ceil(past * QUARTERS), QUARTERS).astype(int)
    signed = orders["amount"].where(late, -orders["amount"])
    changes = signed.groupby([orders["customer_id"], quarter]).sum().unstack(fill_value=0)
    changes = changes.reindex(columns=range(1, QUARTERS + 1), fill_value=0.0)
    before = orders["amount"].where(~late, 0.0).groupby(orders["customer_id"]).sum()
    steps = changes.mul(QUARTERS).div(before.where(before > 0), axis=0)
    count = orders.groupby("customer_id").size().astype("float64")
    spread = np.sqrt(steps.var(axis=1, ddof=1, skipna=False) * count / QUARTERS)
    return pd.DataFrame({"growth_std": spread, "growth_orders": count})
