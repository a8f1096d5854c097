"""Credibility: values drawn towards what is usual where a history is short, and how much of them is one's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import Indicator
from tiering.indicators.deviations import DEVIATIONS, QUARTERS
from tiering.scenario import Anchors

STRONGEST_PULL = 1e12  # customers who do not differ beyond chance
OUTER = (0.05, 0.95)  # ratios beyond, of next to nothing, would decide alone what is usual
Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Basis:
    """What stands behind the mean of an indicator.

    Attributes
    ----------
    weight
        Column of the customer table: orders (or gaps) behind the mean.
    deviation
        Column: deviation of what the mean is made of, per unit of weight.
    mean
        Column of the mean itself, where the indicator is made of it: money at the rate, or silence in own gaps.
    parts
        Parts the mean is made of, where it is not made of as many as ``weight`` says.
    is_ratio
        Whether a few values of next to nothing may lie far beyond all others.
    """

    weight: str
    deviation: str
    mean: str = ""
    parts: int = 0
    is_ratio: bool = False


BASES = {
    "average_order_value": Basis("annual_orders", "order_value_std"),
    "margin": Basis("annual_orders", "margin_rate_std", mean="margin_rate", is_ratio=True),
    "margin_rate": Basis("annual_orders", "margin_rate_std", is_ratio=True),
    "growth": Basis("growth_orders", "growth_std", parts=QUARTERS, is_ratio=True),
    "silence": Basis("gaps", "gap_std_days", mean="gap_mean_days"),
}


def figures_behind(counted: Collection[str]) -> frozenset[str]:
    """Figures of the order lines that the indicators of ``counted`` are drawn by."""
    bases = [BASES[key] for key in counted if key in BASES]
    return DEVIATIONS & {name for basis in bases for name in (basis.weight, basis.deviation)}


def pull_of(customers: pd.DataFrame, raw: Figures, indicator: Indicator) -> tuple[float, float] | None:
    """Customer table and raw values (n,) → what all say together: collective mean and pull in orders.

    None for indicators that are no means of orders, and where the orders do not tell.
    """
    basis = BASES.get(indicator.key)
    if basis is None or not {basis.weight, basis.deviation} <= set(customers):
        return None
    weight, deviation = np.nan_to_num(_column(customers, basis.weight)), _column(customers, basis.deviation)
    mean = _means(customers, raw, basis)
    if basis.is_ratio and np.isfinite(mean).any():
        low, high = np.nanquantile(mean, OUTER)
        mean = np.where((mean >= low) & (mean <= high), mean, np.nan)
    freedom = np.where(np.isfinite(deviation), (basis.parts or weight) - 1, 0)
    found = fitted_credibility(mean, weight, deviation**2 * freedom, freedom)
    return None if found is None else (found.collective, min(found.pull, STRONGEST_PULL))


def shrunk_values(customers: pd.DataFrame, raw: Figures, indicator: Indicator, anchors: Anchors) -> Figures:
    """Raw values (n,) → the same drawn towards the collective of ``anchors``, by the share of own data.

    A ratio counts no further than the ends of its scale before it is drawn.
    """
    basis = BASES.get(indicator.key)
    if basis is None or shares_of_own(customers, indicator, anchors) is None:
        return raw
    weight, own = np.nan_to_num(_column(customers, basis.weight)), _means(customers, raw, basis)
    if indicator.scale == "range" and not basis.mean and len(anchors.points) > 1:
        own = np.clip(own, anchors.points[0], anchors.points[-1])
    drawn = credible_means(own, weight, anchors.collective, anchors.pull)
    if not basis.mean:
        return drawn
    over, under = (own, drawn) if indicator.unit == "ratio" else (drawn, own)
    return raw * np.divide(over, under, out=np.ones_like(own), where=np.isfinite(own) & (under != 0))


def shares_of_own(customers: pd.DataFrame, indicator: Indicator, anchors: Anchors) -> Figures | None:
    """Share of own data (n,) in an indicator's values, 0..1; None where it is all the customer's own."""
    basis = BASES.get(indicator.key)
    if basis is None or not anchors.pull or not {basis.weight, basis.mean or basis.weight} <= set(customers):
        return None
    return credibility_weight(np.nan_to_num(_column(customers, basis.weight)), anchors.pull)


def _means(customers: pd.DataFrame, raw: Figures, basis: Basis) -> Figures:
    """The means (n,) behind an indicator, where it counts at all."""
    return np.where(np.isfinite(raw), _column(customers, basis.mean), np.nan) if basis.mean else raw


def _column(customers: pd.DataFrame, name: str) -> Figures:
    return customers[name].to_numpy(dtype="float64", na_value=np.nan)


@dataclass(frozen=True)
class Credibility:
    """What all customers together say.

    Attributes
    ----------
    collective
        The mean a customer without any history is given.
    pull
        s² / a: the weight of history at which half of the estimate is the customer's own. Infinite where customers
        do not differ beyond chance.
    between, within
        a and s²: variance of the customers' true means, and of one observation of weight 1 around its own mean.
    """

    collective: float
    pull: float
    between: float
    within: float


def credibility_weight(weight: Figures, pull: float) -> Figures:
    """Weight of history (n,) → share of own data Z = w / (w + s² / a), 0..1."""
    return np.divide(weight, weight + pull, out=np.zeros_like(weight), where=weight > 0)


def credible_means(mean: Figures, weight: Figures, collective: float, pull: float) -> Figures:
    """Own means (n,) → Z · own + (1 − Z) · collective; NaN where there is no own mean."""
    share = credibility_weight(weight, pull)
    return share * mean + (1 - share) * collective


def fitted_credibility(mean: Figures, weight: Figures, squares: Figures, freedom: Figures) -> Credibility | None:
    """Means and total weights of n customers, and the weighted squares around each mean → what all say together.

    ``squares`` (n,) is Σ w · (x − mean)² over a customer's observations, ``freedom`` (n,) their number less one.
    None where nothing can be said: fewer than two customers, or nobody observed twice.

    References
    ----------
    Bühlmann & Straub (1970), Glaubwürdigkeit für Schadensätze; unbiased estimators. Example of Hachemeister (1975).
    """
    known = np.isfinite(mean) & (weight > 0)
    mean, weight = mean[known], weight[known]
    degrees = float(np.nansum(np.maximum(freedom[known], 0)))
    if mean.size < 2 or degrees == 0:
        return None
    within = float(np.nansum(squares[known]) / degrees)
    total = weight.sum()
    middle = (weight * mean).sum() / total
    spread = (weight * (mean - middle) ** 2).sum() - (mean.size - 1) * within
    between = float(max(spread / (total - (weight**2).sum() / total), 0.0))
    if between == 0:
        return Credibility(float(middle), float("inf"), 0.0, within)
    share = credibility_weight(weight, within / between)
    return Credibility(float((share * mean).sum() / share.sum()), within / between, between, within)
