"""What is spent today and what a budget best buys: the same last yuan earns the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.strategy.resources.pnl import tier_pnl

Values = NDArray[np.float64]


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
