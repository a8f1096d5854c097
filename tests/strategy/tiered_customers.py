"""Hand-made customers with given scores, for the strategy tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tiering.evaluate import CustomerBase, Tiering
from tiering.indicators.matrix import indicator_matrix
from tiering.scenario import Cuts, Scenario
from tiering.strategy.recommend import Recommendation, recommendations
from tiering.tiers.cuts import base_tiers
from tiering.tiers.score import Scores, level_covariance
from tiering.tiers.totals import tier_totals

# A customer who calls for nothing: orders every 30 days, last 20 days ago, content, paying, of usual margin.
CALM: dict[str, Any] = {
    "annual_revenue": 100_000.0,
    "prior_revenue": 100_000.0,
    "recent_half_revenue": 50_000.0,
    "earlier_half_revenue": 50_000.0,
    "annual_gross": 102_000.0,
    "annual_returns": 2_000.0,
    "returns_share": 2_000 / 102_000,
    "annual_orders": 12,
    "recency_days": 20.0,
    "tenure_days": 900.0,
    "gaps": 30,
    "gap_mean_days": 30.0,
    "gap_log_mean": 3.3446317,  # shape 9, as of a spread of 10 days
    "categories": 4.0,
    "top_category": "Valves",
    "growth": 0.0,
    "margin": 30_000.0,
    "margin_rate": 0.30,
    "satisfaction": 4.0,
    "credit": "AA",
    "wallet": 200_000.0,
    "wallet_share": 0.5,
}
FOUR = ("S", "A", "B", "C")
LINES = {2: (50.0,), 3: (80.0, 60.0), 4: (80.0, 60.0, 40.0), 5: (80.0, 60.0, 40.0, 20.0)}


def customers(*changes: dict[str, Any]) -> pd.DataFrame:
    """One row per dict, calm but for what the dict says; a value None is missing."""
    names = ({"customer_id": f"C{row:02d}", "customer_name": f"Firm {row}"} for row in range(len(changes)))
    return pd.DataFrame([{**name, **CALM, **changed} for name, changed in zip(names, changes, strict=True)])


def tiering_of(
    table: pd.DataFrame, points: list[float], tiers: tuple[str, ...] = FOUR, goal: str = "balanced"
) -> Tiering:
    """Tiering in which the customers have exactly these scores (NaN: none), lines at 80, 60 and 40 for four tiers."""
    table = table.reset_index(drop=True)
    matrix = indicator_matrix(table, {})
    known = "annual_revenue" in table
    revenue = table["annual_revenue"].fillna(0.0).to_numpy(float) if known else np.zeros(len(table))
    base = CustomerBase(table, matrix, revenue, level_covariance(matrix), date(2026, 9, 30))
    milli = np.array([-1 if np.isnan(p) else round(p * 1000) for p in points], dtype=np.int32)
    lines = LINES[len(tiers)]
    positions = tuple(round(line * 1000) for line in lines)
    numbers = base_tiers(milli, positions)
    scenario = Scenario(tiers=tiers, goal=goal, weights={"annual_revenue": 1}, cuts=Cuts(lines=lines))
    totals = tier_totals(numbers, revenue, len(tiers))
    return Tiering(base, scenario, Scores(milli, None), positions, numbers, numbers, totals)


def moves(table: pd.DataFrame, points: list[float], tiers: tuple[str, ...] = FOUR) -> dict[int, str]:
    """Row → kind of the recommendation it is in; rows without one are left out."""
    found = recommendations(tiering_of(table, points, tiers))
    return {int(row): part.kind for part in found for row in part.rows}


def only(found: tuple[Recommendation, ...]) -> Recommendation:
    """The one recommendation there is."""
    assert len(found) == 1, [part.kind for part in found]
    return found[0]
