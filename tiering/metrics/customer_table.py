"""The exact totals of metrics.sql turned into one typed row per customer and date, ratios included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.metrics.windows import Window

COLUMNS = (
    "as_of", "customer_id", "revenue", "gross_revenue", "first_order", "last_order", "recency_days", "tenure_days",
    "orders", "annual_revenue", "annual_gross", "annual_returns", "annual_orders", "prior_revenue",
    "average_order_value", "growth", "active_months", "recent_half_revenue", "earlier_half_revenue",
    "gaps", "gap_mean_days", "gap_std_days", "categories", "top_category", "top_category_share",
    "returns_share", "margin", "margin_rate",
)  # fmt: skip


def customer_table(totals: pa.Table, windows: Sequence[Window], orders_from: date | None) -> pd.DataFrame:
    """One row per snapshot and customer of ``totals`` → the columns of `COLUMNS`, money as float64, dates as datetime64.

    Each decimal becomes a double once, here; ratios without a meaning are NaN. ``orders_from`` is the first day of
    the data, which decides whether a window before is covered and growth can be told.
    """
    known = {name: _numbers(totals[name]) for name in totals.column_names if name not in _WORDS}
    snapshot = known["snapshot"].astype(np.int64)
    as_of = np.array([w.as_of for w in windows], "datetime64[D]").astype(np.int64)[snapshot]
    covered = np.array([orders_from is not None and w.is_preceded_by(orders_from) for w in windows], bool)
    columns = {
        "as_of": _days(as_of.astype(float)),
        "customer_id": totals["customer_id"].to_pandas(),
        **_value(known, covered[snapshot]),
        **_rhythm(known, as_of),
        **_breadth(known, totals["top_category"]),
        **_margin(known),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


_WORDS = ("customer_id", "top_category")


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return pc.cast(column, pa.float64()).to_numpy()


def _days(numbers: np.ndarray) -> np.ndarray:
    """Day numbers → datetime64[s], NaN → NaT."""
    known = ~np.isnan(numbers)
    days = np.full(len(numbers), "NaT", "datetime64[D]")
    days[known] = numbers[known].astype(np.int64).astype("datetime64[D]")
    return days.astype("datetime64[s]")


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, NaN where there is no positive whole."""
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)


def _counts(numbers: np.ndarray) -> np.ndarray:
    return np.nan_to_num(numbers).astype(np.int64)


def _value(known: dict[str, np.ndarray], covered: np.ndarray) -> dict[str, np.ndarray]:
    """Money up to the date, in the window and before it; a window without lines is worth 0."""
    names = (
        "revenue", "gross_revenue", "annual_revenue", "annual_gross", "annual_returns", "prior_revenue",
        "recent_half_revenue", "earlier_half_revenue",
    )  # fmt: skip
    money = {name: np.nan_to_num(known[name]) for name in names}
    growth = _share(money["annual_revenue"], money["prior_revenue"]) - 1
    return money | {
        "orders": _counts(known["orders"]),
        "annual_orders": _counts(known["annual_orders"]),
        "average_order_value": _share(money["annual_revenue"], np.nan_to_num(known["annual_orders"])),
        "growth": np.where(covered, growth, np.nan),
        "returns_share": _share(money["annual_returns"], money["annual_gross"]),
    }


def _rhythm(known: dict[str, np.ndarray], as_of: np.ndarray) -> dict[str, np.ndarray]:
    """Dates of the first and last order, and mean and sample standard deviation of the gaps between sale days."""
    gaps, total = np.nan_to_num(known["gaps"]), np.nan_to_num(known["gap_days"])
    spread = gaps * np.nan_to_num(known["gap_squares"]) - total**2
    return {
        "first_order": _days(known["first_order"]),
        "last_order": _days(known["last_order"]),
        "recency_days": as_of - known["last_order"],
        "tenure_days": as_of - known["first_order"],
        "active_months": _counts(known["active_months"]),
        "gaps": gaps.astype(np.int64),
        "gap_mean_days": _share(total, gaps),
        "gap_std_days": np.sqrt(_share(spread, gaps * (gaps - 1))),
    }


def _breadth(known: dict[str, np.ndarray], top_category: pa.ChunkedArray) -> dict[str, object]:
    return {
        "categories": known["categories"],
        "top_category": top_category.to_pandas(),
        "top_category_share": _share(known["top_sold"], known["categorised"]),
    }


def _margin(known: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Revenue less cost in the window, NaN when any of its lines lacks a cost."""
    costed = np.nan_to_num(known["annual_uncosted"]) == 0
    margin = np.where(costed, np.nan_to_num(known["annual_margin"]), np.nan)
    return {"margin": margin, "margin_rate": _share(margin, np.nan_to_num(known["annual_revenue"]))}
