"""Lines at fixed scores."""

from __future__ import annotations

from tiering.scenario.ways.cuts import Cuts
from tiering.tiers.score import MILLI
from tiering.tiers.ways.drawing import Drawing, Drawn, Stock


def draw(cuts: Cuts, stock: Stock) -> Drawn:
    """Each line where it was set; a score on it belongs to the upper tier."""
    return stock.between(tuple(round(line * MILLI) for line in cuts.lines))


WAYS = {"score": Drawing(draw, lambda start: None)}
