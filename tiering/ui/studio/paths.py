"""What the studio needs to count final tiers by itself while a line is dragged: shares by the lines, and paths."""

from __future__ import annotations

from typing import Literal

import numpy as np

from tiering.evaluate import Tiering
from tiering.tiers.score import UNSCORED
from tiering.tiers.totals import Shift, line_shifts, score_bins, tier_totals
from tiering.ui.studio.payload import Path


def shares_above(tiering: Tiering) -> list[float]:
    """Cumulative share on or above each line, of revenue where lines are drawn by it, else of customers."""
    by_revenue = tiering.scenario.line_kind == "revenue"
    totals = tier_totals(tiering.base_tiers, tiering.base.revenue, len(tiering.scenario.tiers))
    held = totals.revenue if by_revenue else totals.customers.astype(np.float64)
    total = held[:-1].sum()
    lines = len(tiering.positions)
    return (np.cumsum(held[:-2]) / total).tolist()[:lines] if total > 0 else [0.0] * lines


def line_mode(tiering: Tiering) -> Literal["score", "share", "revenue"]:
    """What a line that was dragged is kept as; lines drawn in another way become lines by score."""
    cuts = tiering.scenario.cuts
    return cuts.kind if cuts is not None and tiering.scenario.way is None else "score"


def tier_stacks(tiering: Tiering) -> list[list[int]]:
    """Where no line by score parts the tiers: customers of each tier by tenth of a point, bins as in ``counts``."""
    if tiering.positions:
        return []
    milli, revenue = tiering.scores.milli, tiering.base.revenue
    members = (tiering.tiers == tier for tier in range(len(tiering.scenario.tiers)))
    return [score_bins(milli[rows], revenue[rows])[0].tolist() for rows in members]


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
