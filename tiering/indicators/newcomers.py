"""Customers too new for a whole window: whose figures are put on one, and who is tiered provisionally by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import Indicator
from tiering.metrics.windows import LATE_START_SHARE
from tiering.scenario.measures import Newcomers

DAYS_A_MONTH = 365.25 / 12
FLOWS = frozenset({"annual_revenue", "margin", "annual_orders", "active_months"})
AGED = frozenset({"tenure_days", "growth", "retention", "trend"})
COMPANY = frozenset(
    {
        "size",
        "industry_attractiveness",
        "wallet",
        "strategic_value",
        "industry_standing",
        "credit",
        "financial_standing",
        "risk_tolerance",
    }
)

Factors = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class HistoryStatus:
    """How the history of each customer (n,) is read.

    Attributes
    ----------
    factor
        What money and counts of the window are multiplied by: 1, or 2 − tenure / window for a newcomer, which is
        what there is, and the rest of the window at the own pace as far as the part known of it carries.
    fresh
        Tenure is shorter than the window: nothing that takes a whole one is held against the customer.
    provisional
        Tenure is shorter than the months asked for, or there is no order yet.
    apart
        Provisional, and something is known of the company or its potential: no figure of the orders is used. The
        others are tiered by their orders so far.
    """

    factor: Factors
    fresh: Flags
    provisional: Flags
    apart: Flags

    def read(self, raw: Factors, indicator: Indicator) -> Factors:
        """Raw values (n,) of an indicator as they count: on a whole window, or not known yet."""
        if indicator.key in FLOWS:
            raw = raw * self.factor
        unknown = self.fresh if indicator.key in AGED else np.zeros_like(self.fresh)
        return np.where(unknown | (self.apart & indicator.from_history), np.nan, raw)


def history_status(
    customers: pd.DataFrame, newcomers: Newcomers, window_months: int, as_of: date | None
) -> HistoryStatus | None:
    """Customer table → how each history is read; None where all are read as they are.

    A customer counts as new when the data reach back a window and the first order lies in the later half of it:
    otherwise nobody can tell a new customer from one whose earlier orders are not in the file. Where they reach back
    further, an earlier first order counts as well, as long as half a window without orders lies before it.
    Figures are never put on a window from less than ``newcomers.months`` of tenure, and what the rest of a window
    would bring counts only by the share of it that is known: the first months of those who stay are the best ones.
    """
    if not newcomers.annualise or "tenure_days" not in customers:
        return None
    tenure = customers["tenure_days"].to_numpy(dtype="float64", na_value=np.nan)
    window = window_months * DAYS_A_MONTH
    reach = _reach(tenure, newcomers, as_of)
    fresh = (tenure < window) & (tenure <= reach - window / 2) & (reach >= window * (1 - LATE_START_SHARE))
    early = fresh & (tenure < newcomers.months * DAYS_A_MONTH)
    factor = np.where(fresh & ~early, 2 - tenure / window, 1.0)
    never = np.isnan(tenure) & newcomers.prospects
    if not (fresh.any() or never.any()):
        return None
    return HistoryStatus(factor, fresh, early | never, never | (early & _known_apart(customers)))


def _known_apart(customers: pd.DataFrame) -> Flags:
    """Of whom (n,) the table holds something about the company or what it could buy."""
    told = [customers[name].notna().to_numpy() for name in COMPANY & set(customers)]
    return np.any(told, axis=0) if told else np.zeros(len(customers), dtype=bool)


def with_first_day(newcomers: Newcomers, customers: pd.DataFrame, as_of: date | None) -> Newcomers:
    """The same choices with the first days of the data at hand, so that they stay when the oldest customer goes."""
    known = "tenure_days" in customers and customers["tenure_days"].notna().any()
    if newcomers.data_from is not None or as_of is None or not known:
        return newcomers
    first = as_of - timedelta(days=int(customers["tenure_days"].max()))
    ordered = pd.to_datetime(customers["first_order"]).min() if "first_order" in customers else pd.NaT
    begun = None if pd.isna(ordered) else ordered.date()
    return newcomers.model_copy(update={"data_from": first, "orders_from": begun})


def _reach(tenure: Factors, newcomers: Newcomers, as_of: date | None) -> float:
    """Days from the beginning of the data to ``as_of``."""
    if newcomers.data_from is not None and as_of is not None:
        return float((as_of - newcomers.data_from).days)
    return float(np.nanmax(tenure)) if np.isfinite(tenure).any() else 0.0
