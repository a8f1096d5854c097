"""The formula's periods out of the orders: how long they can be, and what each customer did in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from tiering.evaluate import Tiering
from tiering.metrics import customer_metrics
from tiering.metrics.history import growth_is_known
from tiering.metrics.windows import months_before
from tiering.strategy.formula.factors import Period, Values

LENGTHS = (12, 6, 3)


def lengths_known(orders: pa.Table, as_of: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Months a period can have so that the one before it is covered too, and so that two periods can be compared."""
    told = tuple(months for months in LENGTHS if growth_is_known(orders, as_of, months))
    compared = tuple(months for months in told if growth_is_known(orders, months_before(as_of, months), months))
    return told, compared


def period_metrics(orders: pa.Table, as_of: date, months: int) -> pd.DataFrame:
    """Metrics of three periods of ``months`` in a row, the last up to ``as_of``, in one pass over the orders."""
    return customer_metrics(orders, [months_before(as_of, months * back) for back in (2, 1, 0)], window_months=months)


def periods(metrics: pd.DataFrame, tiering: Tiering, months: int) -> tuple[Period, Period]:
    """The period before and the present one, for the customers of the tiering in their order."""
    as_of = tiering.base.as_of
    assert as_of is not None, "periods end at a date"
    ids = tiering.base.customers["customer_id"]
    money = "annual_revenue" if tiering.scenario.revenue == "net" else "annual_gross"
    ends = [pd.Timestamp(months_before(as_of, months * back)) for back in (2, 1, 0)]
    first, second, third = (_at(metrics, ids, end, ("annual_orders", money)) for end in ends)
    before = Period(second[1], second[0] > 0, first[0] > 0)
    return before, Period(third[1], third[0] > 0, second[0] > 0)


def _at(metrics: pd.DataFrame, ids: pd.Series, end: pd.Timestamp, columns: Sequence[str]) -> list[Values]:
    """Columns (n,) at one date, 0 for who had no line yet."""
    rows = metrics[metrics["as_of"] == end].set_index("customer_id")
    return [rows[name].reindex(ids).fillna(0.0).to_numpy(np.float64) for name in columns]
