"""Values drawn towards what is usual where a history is short, and how much of them is the customer's own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.indicators.catalogue import Indicator
from tiering.indicators.credibility import Figures, credible_means, fitted_credibility, own_share
from tiering.scenario import Anchors

WEIGHED_BY = {"average_order_value": ("annual_orders", "order_value_std")}
STRONGEST_PULL = 1e12  # customers who do not differ beyond chance


def pull_of(customers: pd.DataFrame, raw: Figures, indicator: Indicator) -> tuple[float, float] | None:
    """Customer table and raw values (n,) → what all say together: collective mean and pull in orders.

    None for indicators that are no means of orders, and where the orders do not tell.
    """
    columns = WEIGHED_BY.get(indicator.key)
    if columns is None or not set(columns) <= set(customers):
        return None
    weight, deviation = (customers[name].to_numpy(dtype="float64", na_value=np.nan) for name in columns)
    weight = np.nan_to_num(weight)
    found = fitted_credibility(
        raw, weight, deviation**2 * (weight - 1), np.where(np.isfinite(deviation), weight - 1, 0)
    )
    return None if found is None else (found.collective, min(found.pull, STRONGEST_PULL))


def believed(customers: pd.DataFrame, raw: Figures, indicator: Indicator, anchors: Anchors) -> Figures:
    """Raw values (n,) → the same drawn towards the collective of ``anchors``, by the share of own data."""
    share = shares_of_own(customers, indicator, anchors)
    if share is None:
        return raw
    weight = customers[WEIGHED_BY[indicator.key][0]].to_numpy(dtype="float64", na_value=np.nan)
    return credible_means(raw, np.nan_to_num(weight), anchors.collective, anchors.pull)


def shares_of_own(customers: pd.DataFrame, indicator: Indicator, anchors: Anchors) -> Figures | None:
    """Share of own data (n,) in an indicator's values, 0..1; None where it is all the customer's own."""
    columns = WEIGHED_BY.get(indicator.key)
    if columns is None or not anchors.pull or columns[0] not in customers:
        return None
    weight = customers[columns[0]].to_numpy(dtype="float64", na_value=np.nan)
    return own_share(np.nan_to_num(weight), anchors.pull)
