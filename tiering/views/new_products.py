"""Who takes up new products."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.decimals import doubles
from tiering.metrics import history_months
from tiering.metrics.windows import months_before
from tiering.views.products import Codes, class_of_lines
from tiering.views.sales import Period


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
