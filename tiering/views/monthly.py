"""One customer's sales month by month, for the eye."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


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
