"""Builders of small data by hand: order lines, customers files, and customers with given indicator levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from tiering.dataset import Dataset
from tiering.indicators.matrix import IndicatorMatrix, indicator_matrix
from tiering.scenario import Anchors

# Six indicators of which more is better, on a scale where the raw value is the level.
PLAIN = ("growth", "active_months", "categories", "tenure_days", "satisfaction", "trend")
UNIT_SCALE = Anchors(points=(0.0, 1.0), levels=(0.0, 1.0))


def order_lines(*lines: tuple[Any, ...], columns: Sequence[str] = (), places: int = 2) -> pa.Table:
    """(customer, ISO date, amount as text, further cells …) per line → orders; ``columns`` name the further cells."""
    names = ("customer_id", "order_date", "amount", *columns)
    cells = dict(zip(names, zip(*lines, strict=True), strict=True))
    money = pa.decimal128(18, places)
    table = {
        "customer_id": pa.array(cells.pop("customer_id"), pa.string()),
        "order_date": pa.array([date.fromisoformat(day) for day in cells.pop("order_date")], pa.date32()),
        "amount": pa.array([Decimal(amount) for amount in cells.pop("amount")], money),
    }
    if "cost" in cells:
        costs = [None if cost is None else Decimal(cost) for cost in cells.pop("cost")]
        table["cost"] = pa.array(costs, money)
    return pa.table(table | {name: pa.array(values, pa.string()) for name, values in cells.items()})


def dataset(orders: pa.Table | None = None, customers: pa.Table | None = None) -> Dataset:
    """The tables as cleaned data of one session."""
    return Dataset(orders, customers, pa.table({}), (), "fingerprint")


def levelled(levels: Mapping[str, Sequence[float | None]]) -> IndicatorMatrix:
    """Levels 0..1 by indicator (one of ``PLAIN``), one figure per customer, None for not known → their matrix."""
    customers = pd.DataFrame({key: pd.Series(values, dtype="float64") for key, values in levels.items()})
    return indicator_matrix(customers, dict.fromkeys(PLAIN, UNIT_SCALE))
