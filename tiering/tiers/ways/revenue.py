"""Lines at cumulative shares of the revenue, in score order."""

from __future__ import annotations

from typing import Final

import numpy as np

from tiering.scenario.ways.cuts import Cuts
from tiering.tiers.cuts import crossings
from tiering.tiers.ways.drawing import Drawing, Drawn, Stock

PARETO_SHARES: Final[dict[int, tuple[float, ...]]] = {
    2: (0.80,),
    3: (0.80, 0.95),
    4: (0.50, 0.80, 0.95),
    5: (0.50, 0.70, 0.85, 0.95),
    6: (0.40, 0.60, 0.75, 0.85, 0.95),
}


def draw(cuts: Cuts, stock: Stock) -> Drawn:
    """The best scores that make each share of the sum of positive revenues, the crossing customer and ties included."""
    return stock.between(crossings(stock.milli, np.maximum(stock.revenue, 0.0), cuts.lines))


WAYS = {"revenue": Drawing(draw, lambda start: Cuts(kind="revenue", lines=PARETO_SHARES[start.tiers]))}
