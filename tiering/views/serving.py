"""What it costs to serve a customer, beyond the goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.views.sales import Period


@dataclass(frozen=True)
class ServingRates:
    """Assumed money per order, per returned line, and per customer with any line in the period; all 0 or more."""

    per_order: float = 0.0
    per_return: float = 0.0
    per_customer: float = 0.0

    @property
    def are_set(self) -> bool:
        """Whether anything is assumed at all."""
        return (self.per_order, self.per_return, self.per_customer) != (0.0, 0.0, 0.0)


def serving_counts(orders: pa.Table, period: Period) -> pd.DataFrame:
    """Order lines → one row per customer with a line in the period, by id: ``orders`` and ``returns``.

    ``orders``: distinct orders with a positive line (without order numbers, days); ``returns``: negative lines.
    """
    numbered = "order_id" if "order_id" in orders.column_names else "order_date"
    lines = period.lines(orders.select(list(dict.fromkeys(("customer_id", numbered, "order_date", "amount")))))
    sold = pc.greater(lines["amount"], 0)
    order = pc.fill_null(lines[numbered].cast(pa.string()), lines["order_date"].cast(pa.string()))
    counted = pa.table(
        {
            "customer": lines["customer_id"],
            "order": pc.if_else(sold, order, pa.scalar(None, pa.string())),
            "returned": pc.less(lines["amount"], 0).cast(pa.int64()),
        }
    )
    sums = counted.group_by("customer").aggregate([("order", "count_distinct"), ("returned", "sum")])
    return pd.DataFrame(
        {"orders": sums["order_count_distinct"].to_numpy(), "returns": sums["returned_sum"].to_numpy()},
        index=pd.Index(sums["customer"].to_pylist(), dtype=object),
    ).sort_index()


def cost_to_serve(counts: pd.DataFrame, rates: ServingRates, items: pd.Series) -> np.ndarray:
    """Counts by customer and rates → money for each of ``items`` (ids, n), 0 for who is not in the counts."""
    money = rates.per_customer + rates.per_order * counts["orders"] + rates.per_return * counts["returns"]
    return money.reindex(items).fillna(0.0).to_numpy(dtype=np.float64)
