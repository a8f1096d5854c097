"""What is known of each customer, as plain columns of numbers that rules and KPIs read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import CustomerBase
from tiering.indicators.levels import ordered_level
from tiering.movement.rhythm import silence_tails

Values = NDArray[np.float64]

LEAST_HISTORY_DAYS = 182
READ = (
    "annual_revenue", "prior_revenue", "annual_orders", "recency_days", "gaps", "gap_mean_days", "gap_log_mean",
    "categories", "annual_gross", "annual_returns", "returns_share", "margin", "margin_rate", "growth",
    "recent_half_revenue", "earlier_half_revenue", "satisfaction", "tenure_days",
    "wallet", "wallet_share", "overdue_days", "tickets", "fault_rate",
)  # fmt: skip
# What a file must hold for a column, as a code with words of its own.
NEED_OF: dict[str, str] = {
    "annual_revenue": "amount",
    "recency_days": "orders",
    "tail": "three_gaps",
    "categories": "category",
    "margin_rate": "cost",
    "margin": "cost",
    "growth": "two_years",
    "earlier_half_revenue": "two_halves",
    "satisfaction": "satisfaction",
    "satisfaction_share": "satisfaction",
    "returns_share": "orders",
    "credit_level": "credit",
    "overdue_days": "credit",
    "wallet": "wallet",
    "wallet_share": "wallet",
    "tickets": "tickets",
    "fault_rate": "tickets",
    "settled_tenure_days": "half_year",
}


@dataclass(frozen=True)
class Evidence:
    """Known columns of n customers, float64, NaN where a customer's value is missing.

    Beside the columns of the customer table: ``tail`` (probability of a longer silence by own rhythm),
    ``satisfaction_share`` (0..1 of the scale), ``credit_level`` (0 the worst grade), ``settled_tenure_days`` (tenure
    where the data is long enough to tell new customers from the first ones of the file).
    """

    columns: Mapping[str, Values]
    customers: int
    satisfaction_top: float

    def column(self, key: str) -> Values:
        """Column (n,), all NaN when the data has none: every comparison with it is then false."""
        return self.columns[key] if key in self.columns else np.full(self.customers, np.nan)

    def lacks(self, key: str) -> str:
        """Code of what the data would need for the column; empty when it is there."""
        return "" if key in self.columns else NEED_OF.get(key, "orders")


def evidence_of(base: CustomerBase) -> Evidence:
    """Customer base → evidence; a column without a single known value counts as absent."""
    table = base.customers
    read = {key: _numbers(table[key]) for key in READ if key in table}
    top = scale_top(read.get("satisfaction", np.array([])))
    columns = read | _derived(read, top) | _credit(table)
    return Evidence({k: v for k, v in columns.items() if np.isfinite(v).any()}, len(table), top)


def scale_top(satisfaction: Values) -> float:
    """Top of the scale the scores are on: 5, 10 or 100, the smallest that holds them all."""
    highest = float(np.nanmax(satisfaction, initial=0.0))
    return next((top for top in (5.0, 10.0) if highest <= top), 100.0)


def _derived(read: Mapping[str, Values], top: float) -> dict[str, Values]:
    derived: dict[str, Values] = {}
    if {"gaps", "gap_mean_days", "gap_log_mean", "recency_days"} <= set(read):
        names = ("gaps", "gap_mean_days", "gap_log_mean", "recency_days")
        derived["tail"] = silence_tails(*(read[name] for name in names))
    if "satisfaction" in read:
        derived["satisfaction_share"] = read["satisfaction"] / top
    if np.nanmax(read.get("tenure_days", np.array([])), initial=0.0) >= LEAST_HISTORY_DAYS:
        derived["settled_tenure_days"] = read["tenure_days"]
    if "margin" in read and "margin_rate" not in read and "annual_revenue" in read:
        sold = np.where(read["annual_revenue"] > 0, read["annual_revenue"], np.nan)
        derived["margin_rate"] = read["margin"] / sold
    return derived


def _credit(table: pd.DataFrame) -> dict[str, Values]:
    """Levels of credit grades; a column of numbers has a scale of its own and no weak end we could know."""
    if "credit" not in table or pd.api.types.is_numeric_dtype(table["credit"]):
        return {}
    codes, words = pd.factorize(table["credit"])
    levels = ordered_level(pd.Series(words, dtype=object), "credit").to_numpy()
    return {"credit_level": np.append(levels, np.nan)[codes]}


def _numbers(column: pd.Series) -> Values:
    return pd.to_numeric(column, errors="raise").to_numpy(dtype=np.float64, na_value=np.nan)
