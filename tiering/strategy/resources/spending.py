"""Today's service cost of the tiers against the best spread of a budget, by assumed responses."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tiering.evaluate import Tiering
from tiering.strategy.resources.budget import best_budget, responses
from tiering.strategy.resources.pnl import tier_pnl


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
