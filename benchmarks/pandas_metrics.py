"""The same metrics by pandas as well as one can write them: integer keys, money as cents, each column read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tiering.metrics.windows import Window, window_of

NAMES = ["customer_id", "order_id", "category"]
DAYS = 1 << 16  # more than any day number: customer × DAYS + day is one key
CATEGORIES = 1 << 8
COUNTED = ["orders", "annual_orders", "active_months", "categories", "annual_revenue", "annual_gross", "annual_cost"]
COUNTED += ["recent_half_revenue", "prior_revenue"]


@dataclass(frozen=True)
class Reduced:
    """What all dates share: one row per customer and day, per order, per customer, category and day."""

    days: pd.DataFrame
    orders: pd.DataFrame
    sales: pd.DataFrame


def pandas_metrics(path: Path, as_of: Sequence[date]) -> pd.DataFrame:
    """One row per snapshot date and customer, sorted, with what `customer_metrics` tells but plain differences."""
    lines, names = _read(path)
    reduced = Reduced(_days(lines), _orders(lines), _sales(lines))
    del lines
    metrics = pd.concat([_snapshot(reduced, window_of(day, 12)) for day in as_of], ignore_index=True)
    metrics["customer_id"] = names["customer_id"][metrics.pop("customer")]
    metrics["top_category"] = pd.Series(names["category"]).reindex(metrics["top_category"]).array
    return metrics.sort_values(["as_of", "customer_id"], ignore_index=True)


def _read(path: Path) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    table = pq.read_table(path, columns=[*NAMES, "order_date", "amount", "cost"], read_dictionary=NAMES)
    codes = {name: table[name].unify_dictionaries().combine_chunks() for name in NAMES}
    numbers = {
        "day": table["order_date"].cast(pa.int32()).to_numpy().astype(np.int64),
        "net": _cents(table["amount"]),
        "cost": _cents(table["cost"]),
    }
    keys = {name: code.indices.to_numpy().astype(np.int64) for name, code in codes.items()}
    names = {name: codes[name].dictionary.to_numpy(zero_copy_only=False) for name in ("customer_id", "category")}
    return pd.DataFrame(keys | numbers, copy=False), names


def _cents(amounts: pa.ChunkedArray) -> np.ndarray:
    words = amounts.combine_chunks()
    return np.frombuffer(words.buffers()[1], np.int64)[::2][words.offset : words.offset + len(words)]


def _days(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per customer and day, sorted, with the gap to the customer's sale day before."""
    lines["gross"] = lines["net"].clip(lower=0)
    lines["key"] = lines["customer_id"] * DAYS + lines["day"]
    days = lines.groupby("key", sort=True)[["net", "gross", "cost"]].sum().reset_index()
    days["customer"], days["day"] = days["key"] // DAYS, days["key"] % DAYS
    sales = days.loc[days["gross"] > 0, ["customer", "day"]]
    days["gap"] = sales["day"].diff().where(sales["customer"].diff() == 0)
    days["month"] = days["day"].to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return days.drop(columns="key")


def _orders(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per order: its customer and the day of its first sale."""
    sales = lines.loc[lines["net"] > 0, ["customer_id", "order_id", "day"]]
    orders = int(sales["order_id"].max()) + 1
    key = sales["customer_id"].to_numpy() * orders + sales["order_id"].to_numpy()
    first = sales["day"].groupby(key, sort=False).min()
    return pd.DataFrame({"customer": first.index.to_numpy() // orders, "day": first.to_numpy()})


def _sales(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per customer, category and day with sales."""
    sales = lines.loc[lines["net"] > 0, ["key", "category", "net"]]
    sold = sales["net"].groupby((sales["key"] * CATEGORIES + sales["category"]).to_numpy(), sort=False).sum()
    key, category = np.divmod(sold.index.to_numpy(), CATEGORIES)
    return pd.DataFrame({"customer": key // DAYS, "day": key % DAYS, "category": category, "sold": sold.to_numpy()})


def _snapshot(reduced: Reduced, window: Window) -> pd.DataFrame:
    now, half, start, prior = (
        int(np.datetime64(day).astype(int)) for day in (window.as_of, window.half, window.start, window.prior)
    )
    days, orders = _between(reduced.days, None, now), _between(reduced.orders, None, now)
    metrics = _so_far(days, orders)
    _add_year(metrics, _between(days, start, now), _between(orders, start, now))
    metrics["recent_half_revenue"] = _between(days, half, now).groupby("customer")["net"].sum() / 100
    metrics["prior_revenue"] = _between(days, prior, start).groupby("customer")["net"].sum() / 100
    _add_breadth(metrics, _between(reduced.sales, start, now))
    metrics[COUNTED] = metrics[COUNTED].fillna(0)
    prior_revenue = metrics["prior_revenue"].where(metrics["prior_revenue"] > 0)
    metrics["growth"] = metrics["annual_revenue"] / prior_revenue - 1
    metrics["recency_days"], metrics["tenure_days"] = now - metrics["last_order"], now - metrics["first_order"]
    return metrics.reset_index().assign(as_of=pd.Timestamp(window.as_of))


def _between(rows: pd.DataFrame, after: int | None, until: int) -> pd.DataFrame:
    day = rows["day"].to_numpy()
    return rows[day <= until] if after is None else rows[(day <= until) & (day > after)]


def _so_far(days: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    by_customer = days.groupby("customer")
    metrics = by_customer[["net", "gross"]].sum().set_axis(["revenue", "gross_revenue"], axis=1) / 100
    metrics[["gaps", "gap_mean_days", "gap_std_days"]] = by_customer["gap"].agg(["count", "mean", "std"])
    begun = orders.groupby("customer")["day"].agg(["size", "min", "max"])
    metrics[["orders", "first_order", "last_order"]] = begun
    return metrics


def _add_year(metrics: pd.DataFrame, days: pd.DataFrame, orders: pd.DataFrame) -> None:
    totals = days.groupby("customer")[["net", "gross", "cost"]].sum() / 100
    metrics[["annual_revenue", "annual_gross", "annual_cost"]] = totals
    metrics["annual_orders"] = orders.groupby("customer").size()
    sold = days.loc[days["gross"] > 0, ["customer", "month"]]
    metrics["active_months"] = sold.drop_duplicates().groupby("customer").size()


def _add_breadth(metrics: pd.DataFrame, sales: pd.DataFrame) -> None:
    sold = sales.groupby(["customer", "category"], sort=True)["sold"].sum().reset_index()
    by_customer = sold.groupby("customer")
    top = sold.loc[by_customer["sold"].idxmax()].set_index("customer")
    metrics["categories"], metrics["top_category"] = by_customer.size(), top["category"]
    metrics["top_category_share"] = top["sold"] / by_customer["sold"].sum()
