"""Profit and loss of each tier, what retention has to save to pay for service, and the curve of cumulative profit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering
from tiering.strategy.resources.load import served_now
from tiering.strategy.resources.services import (
    Values,
    customer_hours,
    customer_margins,
    served_as,
    tier_services,
)


def tier_pnl(tiering: Tiering) -> pd.DataFrame:
    """One row per tier, top first.

    Columns: ``name``, ``customers``, ``revenue``, ``margin``, ``service_cost`` (hours of those who are served,
    `served_now`, at the cost of an hour), ``contribution`` (margin − service cost), ``keeping`` and ``winning`` (cost
    of keeping one customer for a year, of winning one), ``uplift_value`` (margin that the assumed uplift keeps or wins
    with those served), ``break_even`` (share of the tier's customers that the service must keep from leaving in a year
    to pay for itself; NaN where nothing is earned or nobody served).
    Sums over the tiers are those of the file.
    """
    tiers, services, own = served_as(tiering), tier_services(tiering.scenario), tiering.scenario.resources
    parts = len(services)
    customers = np.bincount(tiers, minlength=parts)
    margin: Values = np.bincount(tiers, customer_margins(tiering), parts).astype(np.float64)
    margins, served = customer_margins(tiering), served_now(tiering)
    cost: Values = np.bincount(tiers, customer_hours(tiering) * served, parts).astype(np.float64) * own.cost_per_hour
    gained: Values = np.bincount(tiers, np.maximum(margins, 0.0) * served, parts).astype(np.float64)
    keeping = np.array([service.hours for service in services]) * own.cost_per_hour
    return pd.DataFrame(
        {
            "name": [service.name for service in services],
            "customers": customers,
            "revenue": np.bincount(tiers, tiering.base.revenue, parts),
            "margin": margin,
            "service_cost": cost,
            "contribution": margin - cost,
            "keeping": keeping,
            "winning": keeping * own.win_times,
            "uplift_value": gained * np.array([service.uplift for service in services]),
            "break_even": np.where(cost > 0, 1.0, np.nan)
            * break_even_lift(cost, margin, keeping * customers.astype(np.float64) * own.win_times),
        }
    )


def break_even_lift(cost: Values, margin: Values, winning: Values) -> Values:
    """Share of customers to be kept so that ``cost`` is paid: one kept brings its margin and spares winning another.

    All arguments (k,) are sums over a tier; NaN where there is no margin. What winning spares counts up to the margin
    once more: nobody would pay beyond that to replace a customer. Above 1 the service cannot pay.
    """
    worth = margin + np.minimum(winning, margin)
    return np.divide(cost, worth, out=np.full(len(cost), np.nan), where=worth > 0)


def whale_curve(profit: Values) -> Values:
    """Profit per customer (n,) → running share of the whole profit, most profitable first; empty without a profit.

    It climbs above 1 where some customers cost more than they bring.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5).
    """
    whole = float(profit.sum())
    if whole <= 0:
        return np.empty(0)
    curve: Values = np.cumsum(np.sort(profit)[::-1]) / whole
    return curve
