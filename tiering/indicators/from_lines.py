"""Figures that need products or single orders: read from the order lines only where they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.decimals import doubles
from tiering.indicators.deviations import DEVIATIONS, deviations
from tiering.metrics.windows import Window, window_of

PRODUCT_FIGURES = frozenset({"top_product_share", "new_product_share"})


def line_figures(
    orders: pa.Table, as_of: date, window_months: int, asked: Collection[str], orders_from: date | None = None
) -> pd.DataFrame | None:
    """Order lines → one row per customer with sales in the window: ``customer_id`` and the figures of ``asked``.

    ``top_product_share``: the product sold most, as a share of sales. ``new_product_share``: products that nobody
    bought before the window; untold where the orders, known to begin at ``orders_from`` or with the first sale at hand,
    do not cover the window before. The others: see `deviations`.
    Returns are left out. None where the orders have nothing of it.
    """
    window = window_of(as_of, window_months)
    sold = _sold(orders, as_of)
    parts = []
    if not PRODUCT_FIGURES.isdisjoint(asked) and "product" in orders.column_names:
        parts.append(_product_figures(sold, window, orders_from).set_index("customer_id"))
    if not DEVIATIONS.isdisjoint(asked):
        parts.append(deviations(sold, window, asked))
    if not sum(part.shape[1] for part in parts):
        return None
    table = pd.concat(parts, axis=1)
    return table[[name for name in table if name in asked]].rename_axis("customer_id").reset_index()


def _sold(orders: pa.Table, as_of: date) -> pa.Table:
    """Positive lines up to the date, money as double: these are shares and deviations, not sums of money."""
    positive = pc.and_(pc.greater(orders["amount"], 0), pc.less_equal(orders["order_date"], as_of))
    names = ["customer_id", "order_date", "amount", *({"product", "order_id", "cost"} & set(orders.column_names))]
    sold = orders.select(names).filter(positive)
    for money in {"amount", "cost"} & set(names):
        sold = sold.set_column(names.index(money), money, pa.array(doubles(sold[money])))
    return sold


def _in_window(sold: pa.Table, window: Window) -> pa.Table:
    return sold.filter(pc.greater(sold["order_date"], window.start))


def _product_figures(sold: pa.Table, window: Window, orders_from: date | None) -> pd.DataFrame:
    first = sold.group_by("product").aggregate([("order_date", "min")])
    fresh = first.filter(pc.greater(first["order_date_min"], window.start))["product"]
    known = _in_window(sold, window)
    known = known.filter(known["product"].is_valid())
    by_product = known.group_by(["customer_id", "product"]).aggregate([("amount", "sum")]).sort_by("product")
    is_new = pc.is_in(by_product["product"], value_set=fresh.combine_chunks())
    amount = by_product["amount_sum"]
    by_product = by_product.append_column("new", pc.if_else(is_new, amount, 0.0))
    totals = by_product.group_by("customer_id").aggregate(
        [("amount_sum", "sum"), ("amount_sum", "max"), ("new", "sum")]
    )
    figures = totals.to_pandas().rename(columns={"amount_sum_sum": "all", "amount_sum_max": "top", "new_sum": "fresh"})
    told = window.is_preceded_by(orders_from or pc.min(sold["order_date"]).as_py())
    return pd.DataFrame(
        {
            "customer_id": figures["customer_id"],
            "top_product_share": figures["top"] / figures["all"],
            "new_product_share": figures["fresh"] / figures["all"] if told else np.nan,
        }
    )
