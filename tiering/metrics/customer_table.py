"""The exact totals of metrics.sql as one typed row per snapshot date and customer, ratios included."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from tiering.decimals import doubles
from tiering.metrics.windows import Window

COLUMNS = (
    "as_of", "customer_id", "revenue", "gross_revenue", "first_order", "last_order", "recency_days", "tenure_days",
    "orders", "annual_revenue", "annual_gross", "annual_returns", "annual_orders", "prior_revenue",
    "average_order_value", "growth", "active_months", "recent_half_revenue", "earlier_half_revenue",
    "gaps", "gap_mean_days", "gap_std_days", "gap_log_mean", "categories", "top_category", "top_category_share",
    "returns_share", "margin", "margin_rate",
)  # fmt: skip
MONEY = (
    "revenue", "gross_revenue", "annual_revenue", "annual_gross", "annual_returns", "annual_margin", "prior_revenue",
    "recent_half_revenue", "earlier_half_revenue", "category_sold", "top_category_sold",
)  # fmt: skip
LOG_UNIT = 2.0**-24  # of the whole numbers in which metrics.sql sums logarithms
NAMES = ("customer_id", "top_category")
Numbers = dict[str, np.ndarray]


def customer_table(
    totals: pa.Table, windows: Sequence[Window], covered: Sequence[bool], columns: Collection[str]
) -> pd.DataFrame:
    """One row of exact ``totals`` → one row with the columns of `COLUMNS`; a ratio without a meaning is NaN.

    Money becomes float64 here and only here. ``covered`` says of each window whether the data cover the window
    before it, ``columns`` what the orders hold: without costs there is no margin, without categories no count.
    """
    known = {name: _numbers(totals[name]) for name in totals.column_names if name not in NAMES}
    snapshot = known.pop("snapshot")
    as_of = np.array([window.as_of for window in windows], "datetime64[D]").astype(np.int64)[snapshot]
    answers = known | {
        "as_of": _days(as_of),
        **{name: totals[name].to_pandas() for name in NAMES},
        **_ratios(known),
        **_dates(known, as_of),
        **_rhythm(known),
        "growth": np.where(np.array(covered, bool)[snapshot], _growth(known), np.nan),
        **_costs(known, "cost" in columns),
        "categories": np.where("category" in columns, known["categories"], np.nan),
    }
    return pd.DataFrame({name: answers[name] for name in COLUMNS}, copy=False)


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return doubles(column) if pa.types.is_decimal(column.type) else column.to_numpy()


def _days(numbers: np.ndarray) -> np.ndarray:
    """Day numbers → datetime64[s], NaN → NaT."""
    missing = np.isnan(numbers)
    days = np.where(missing, 0, numbers).astype(np.int64).astype("datetime64[D]").astype("datetime64[s]")
    days[missing] = np.datetime64("NaT")
    return days


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, NaN where there is no positive whole."""
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)


def _ratios(known: Numbers) -> Numbers:
    return {
        "average_order_value": _share(known["annual_revenue"], known["annual_orders"]),
        "returns_share": _share(known["annual_returns"], known["annual_gross"]),
        "top_category_share": _share(known["top_category_sold"], known["category_sold"]),
    }


def _growth(known: Numbers) -> np.ndarray:
    return _share(known["annual_revenue"], known["prior_revenue"]) - 1


def _dates(known: Numbers, as_of: np.ndarray) -> Numbers:
    first, last = known["first_order"].astype(float), known["last_order"].astype(float)
    return {
        "first_order": _days(first),
        "last_order": _days(last),
        "recency_days": as_of - last,
        "tenure_days": as_of - first,
    }


def _rhythm(known: Numbers) -> Numbers:
    """Mean, sample deviation and mean logarithm of the gaps from their count and sums, all whole numbers."""
    gaps, total = known["gaps"], known["gap_days"]
    return {
        "gap_mean_days": _share(total, gaps),
        "gap_std_days": np.sqrt(_share(gaps * known["gap_squares"] - total**2, gaps * (gaps - 1))),
        "gap_log_mean": _share(known["gap_logs"] * LOG_UNIT, gaps),
    }


def _costs(known: Numbers, costed: bool) -> Numbers:
    """Margin of the window, NaN where a line of it has no cost."""
    told = (known["annual_uncosted"] == 0) & costed
    margin = np.where(told, known["annual_margin"], np.nan)
    return {"margin": margin, "margin_rate": _share(margin, known["annual_revenue"])}
