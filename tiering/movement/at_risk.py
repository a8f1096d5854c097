"""What is at stake with the customers a warning names: whom to call first, and how much of each tier it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.movement.warning import AMBER_LEVEL, RED_LEVEL, Warnings

Values = NDArray[np.float64]
Rows = NDArray[np.intp]
KNOWN_ENOUGH = 0.5  # of the revenue: below, the margins known say too little of the others


@dataclass(frozen=True)
class Worth:
    """Money a year (n,), what it is, and for how many customers it is estimated from the overall margin rate."""

    money: Values
    basis: Literal["margin", "revenue"]
    estimated: int = 0


def annual_worth(customers: pd.DataFrame, revenue: Values) -> Worth:
    """Annual margin of each customer; revenue where the margins of less than half of it are known.

    A customer whose margin is not known gets the rate of all whose margin is. Nobody is worth less than 0.
    """
    margin = customers["margin"].to_numpy(dtype=np.float64) if "margin" in customers else np.full(len(revenue), np.nan)
    known, sold = np.isfinite(margin), np.maximum(revenue, 0.0)
    covered = sold[known].sum()
    if covered <= 0 or covered < KNOWN_ENOUGH * sold.sum():
        return Worth(sold, "revenue")
    rate = margin[known].sum() / covered
    guessed = ~known & (sold > 0)
    return Worth(np.maximum(np.where(known, margin, rate * sold), 0.0), "margin", int(guessed.sum()))


def at_risk(warnings: Warnings, active: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Level (n,) of those who still order: who has not ordered in the window is lost already, and 0 here."""
    return np.where(active & (warnings.level > 0), warnings.level, 0).astype(np.int8)


def call_order(level: NDArray[np.int8], absent: Values, money: Values) -> tuple[Rows, Values]:
    """Warned customers, most at stake first, and what is: probability of no order (n,) × the horizon's money (n,).

    Equal stakes stay in the order of the customers; one that cannot be told (NaN) comes last.
    """
    rows = np.flatnonzero(level > 0)
    stake = absent[rows] * money[rows]
    order = np.argsort(np.where(np.isnan(stake), np.inf, -stake), kind="stable")
    return rows[order], stake[order]


def risk_by_tier(level: NDArray[np.int8], revenue: Values, tiers: NDArray[np.int8], count: int) -> pd.DataFrame:
    """One row per tier, best first: customers and annual revenue, of them red and amber, and their revenue share."""
    rows = []
    for tier in range(count):
        members = tiers == tier
        red, amber = members & (level == RED_LEVEL), members & (level == AMBER_LEVEL)
        whole = float(np.maximum(revenue[members], 0).sum())
        money = [float(np.maximum(revenue[some], 0).sum()) for some in (red, amber)]
        rows.append((tier, int(members.sum()), whole, int(red.sum()), int(amber.sum()), *money))
    names = ["tier", "customers", "revenue", "red", "amber", "red_revenue", "amber_revenue"]
    table = pd.DataFrame(rows, columns=names)
    risky = table["red_revenue"] + table["amber_revenue"]
    return table.assign(risk_share=np.where(table["revenue"] > 0, risky / table["revenue"].where(lambda x: x > 0), 0.0))
