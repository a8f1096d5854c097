"""Past dates the data can show, the customers as they stood on one, and which of them ordered again by a later one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from tiering.metrics import customer_metrics
from tiering.metrics.windows import months_before

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Progress = Callable[[float], None]

FEATURES = ("recency", "orders", "tenure", "annual_orders", "annual_revenue")
COUNTED = {  # what each is the logarithm of, and what is added: a few days say little of who ordered lately
    "recency": ("recency_days", 30.0),
    "orders": ("orders", 0.0),
    "tenure": ("tenure_days", 1.0),
    "annual_orders": ("annual_orders", 1.0),
}
LEAST_DAYS = 60  # a date before which less is known tells nothing of a customer
MOST_REVIEWS = 9


@dataclass(frozen=True)
class Snapshot:
    """Who had ordered by ``day``, one row each in code-point order of ``ids``, with what was known of them then.

    ``features`` has the columns of `FEATURES`, logarithms all; ``table`` the customer metrics they are made of.
    """

    day: date
    ids: NDArray[np.object_]
    features: pd.DataFrame
    table: pd.DataFrame


def snapshots(
    orders: pa.Table, as_of: date, months: int, progress: Progress | None = None, windows: int = 2
) -> list[Snapshot]:
    """The customers ``windows`` horizons ago, and so on to ``as_of``, from one pass over the orders."""
    days = [months_before(as_of, months * back) for back in range(windows, -1, -1)]
    metrics = customer_metrics(orders, days, progress=progress)
    return [_snapshot(day, metrics[metrics["as_of"] == pd.Timestamp(day)]) for day in days]


def bought_between(before: Snapshot, after: Snapshot) -> Flags:
    """Whether each customer of ``before`` ordered again by ``after``."""
    return orders_between(before, after) > 0


def orders_between(before: Snapshot, after: Snapshot) -> Values:
    """How many orders each customer of ``before`` placed from then to ``after``."""
    rows = pd.Index(after.ids).get_indexer(pd.Index(before.ids))
    placed = after.table["orders"].to_numpy(dtype=np.float64)[rows] - before.table["orders"].to_numpy(dtype=np.float64)
    return np.asarray(placed)


def _snapshot(day: date, metrics: pd.DataFrame) -> Snapshot:
    table = metrics[metrics["orders"] > 0].sort_values("customer_id").reset_index(drop=True)
    ids = table["customer_id"].to_numpy(dtype=object)
    order = np.argsort(ids, kind="stable")
    table, ids = table.iloc[order].reset_index(drop=True), ids[order]
    spent = table["annual_revenue"].clip(lower=0).to_numpy()
    usual = np.median(spent[spent > 0]) if (spent > 0).any() else 1.0
    columns = {
        name: np.log(table[column].to_numpy(dtype=np.float64) + offset) for name, (column, offset) in COUNTED.items()
    }
    features = pd.DataFrame(columns | {"annual_revenue": np.log1p(spent / usual)})
    return Snapshot(day, ids, features[list(FEATURES)], table)


def review_dates(first: date | None, as_of: date, step_months: int = 3, most: int = MOST_REVIEWS) -> tuple[date, ...]:
    """Dates ``step_months`` apart up to ``as_of``, ascending, each with at least 60 days of orders before it.

    Examples
    --------
    >>> review_dates(date(2024, 1, 1), date(2024, 9, 30), 3)
    (datetime.date(2024, 3, 30), datetime.date(2024, 6, 30), datetime.date(2024, 9, 30))
    """
    if first is None:
        return ()
    days = [months_before(as_of, step * step_months) for step in range(most)]
    return tuple(sorted(day for day in days if (day - first).days >= LEAST_DAYS))


def first_needed(as_of: date, reviews: int, step_months: int = 3) -> date:
    """Day on which the orders must begin at the latest for so many review dates up to ``as_of``.

    Examples
    --------
    >>> first_needed(date(2024, 9, 30), 2)
    datetime.date(2024, 5, 1)
    """
    return months_before(as_of, (reviews - 1) * step_months) - timedelta(days=LEAST_DAYS)


def full_window(first: date | None, day: date, window_months: int) -> bool:
    """Whether the orders fill the window up to ``day``; where they do not, it still grows from date to date.

    The data may begin late by 1/24 of the window.
    """
    if first is None:
        return False
    start = months_before(day, window_months)
    return (first - start).days - 1 <= (day - start).days / 24
