"""Lines at cumulative shares of the customers, best score first."""

from __future__ import annotations

from tiering.scenario.ways.cuts import Cuts
from tiering.tiers.cuts import PROPOSED_SHARES, crossings
from tiering.tiers.ways.drawing import Drawing, Drawn, Stock


def draw(cuts: Cuts, stock: Stock) -> Drawn:
    """The smallest set of best scores that reaches each share, the crossing customer and all ties included."""
    return stock.between(crossings(stock.milli, None, cuts.lines))


WAYS = {"share": Drawing(draw, lambda start: Cuts(kind="share", lines=PROPOSED_SHARES[start.tiers]))}
