"""What the studio needs to count final tiers by itself while a line is dragged: shares by the lines, and paths."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import Tiering
from tiering.tiers.score import UNSCORED
from tiering.tiers.totals import Shift, line_shifts, score_bins, tier_totals
from tiering.ui.studio.payload import Path


def shares_above(tiering: Tiering) -> list[float]:
    """Cumulative share on or above each line, of revenue where lines are drawn by it, else of customers."""
    by_revenue = tiering.scenario.cuts is not None and tiering.scenario.cuts.kind == "revenue"
    totals = tier_totals(tiering.base_tiers, tiering.base.revenue, len(tiering.scenario.tiers))
    held = totals.revenue if by_revenue else totals.customers.astype(np.float64)
    total = held[:-1].sum()
    lines = len(tiering.positions)
    return (np.cumsum(held[:-2]) / total).tolist()[:lines] if total > 0 else [0.0] * lines


def customers_above(tiering: Tiering) -> list[int]:
    """Customers on or above each line, before any rule."""
    return [int((tiering.scores.milli >= position).sum()) for position in tiering.positions]


def studio_paths(tiering: Tiering) -> list[Path]:
    """Whom rules and decisions by hand take elsewhere, by tenth of a point; none where the lines alone decide."""
    if tiering.settlement is None:
        return []
    milli, revenue = tiering.scores.milli, tiering.base.revenue
    paths: list[Path] = []
    for final, rows in tiering.settlement.paths:
        counts, money = score_bins(milli[rows], revenue[rows])
        filled = np.flatnonzero(counts)
        unscored = rows[milli[rows] == UNSCORED]
        paths.append(
            {
                "tiers": final.tolist(),
                "bins": [(int(bin), int(counts[bin]), round(float(money[bin]), 2)) for bin in filled],
                "unscored": (int(unscored.size), float(revenue[unscored].sum())),
            }
        )
    return paths


def changing_shifts(tiering: Tiering) -> tuple[Shift, ...]:
    """What a line moved by one percent would change in the end, rules and decisions by hand considered."""
    final = None if tiering.settlement is None else tiering.settlement.final
    return line_shifts(tiering.scores.milli, tiering.base.revenue, tiering.positions, final)
