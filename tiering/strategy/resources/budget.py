"""Profit and loss of each tier, what is spent today and what a budget best buys."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Responses:
    """What spending x brings per tier: ``ceiling`` · (1 − e^(−``speed`` · x)); both (k,), in money and per money."""

    ceiling: Values
    speed: Values

    def brought(self, spent: Values) -> Values:
        """Money a year (k,) that spending brings."""
        return self.ceiling * -np.expm1(-self.speed * spent)

    def last_unit(self, spent: Values) -> Values:
        """What the last unit of money spent brings (k,)."""
        return self.ceiling * self.speed * np.exp(-self.speed * spent)


def responses(ceiling: Values, spent_today: Values, reached: float) -> Responses:
    """Curves through today's point: what is spent today reaches the share ``reached`` (0..1) of the ceiling.

    Where nothing is spent today there is no point to go through: that tier brings nothing.
    """
    speed = np.divide(-np.log1p(-reached), spent_today, out=np.zeros(len(spent_today)), where=spent_today > 0)
    return Responses(np.where(spent_today > 0, ceiling, 0.0), speed)


def best_budget(curves: Responses, budget: float) -> tuple[Values, float]:
    """Spending (k,) of ``budget`` that brings most, and what one unit more would bring.

    Every tier that gets anything has the same marginal return λ: x = ln(ceiling · speed / λ) / speed; a tier whose
    first unit brings less than λ gets nothing (water-filling by the Kuhn-Tucker conditions).

    References
    ----------
    Everett (1963), Operations Research 11; Little (1970), Management Science 16 (ADBUDG: response by judgement).
    """
    first = curves.ceiling * curves.speed
    order = np.argsort(-first, kind="stable")
    usable = order[first[order] > 0]
    spent = np.zeros(len(first))
    if not usable.size or budget <= 0:
        return spent, float(first.max(initial=0.0))
    level = _level(np.log(first[usable]), 1 / curves.speed[usable], budget)
    spent[usable] = np.maximum(np.log(first[usable]) - level, 0.0) / curves.speed[usable]
    return spent, float(np.exp(level))


def _level(logs: Values, widths: Values, budget: float) -> float:
    """ln λ at which the sum of width · (log − ln λ) over the tiers above it is the budget; ``logs`` descending."""
    levels = (np.cumsum(logs * widths) - budget) / np.cumsum(widths)
    below = np.append(logs[1:], -np.inf)
    return float(levels[np.argmax(levels >= below)])


@dataclass(frozen=True)
class Spending:
    """``tiers``: one row per tier with ``name``, ``today``, ``best``, ``brings_today``, ``brings_best`` (money a year).

    ``budget``: what is spread; ``last_unit``: what one unit of money more would bring; None where nothing brings any.
    """

    tiers: pd.DataFrame
    budget: float
    last_unit: float


def spending(tiering: Tiering) -> Spending:
    """Tiers → what is spent today beside the best spread of the scenario's budget (None: of the same sum).

    A tier's response goes through today's point: its assumed uplift on its margin, the share ``reached`` of a
    ceiling that no spending passes.
    """
    pnl, own = tier_pnl(tiering), tiering.scenario.resources
    today = pnl["service_cost"].to_numpy()
    ceiling = pnl["uplift_value"].clip(lower=0).to_numpy() / own.reached
    curves = responses(ceiling, today, own.reached)
    budget = float(today.sum()) if own.budget is None else own.budget
    best, last_unit = best_budget(curves, budget)
    tiers = pd.DataFrame(
        {
            "name": pnl["name"],
            "today": today,
            "best": best,
            "brings_today": curves.brought(today),
            "brings_best": curves.brought(best),
        }
    )
    return Spending(tiers, budget, last_unit)


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
