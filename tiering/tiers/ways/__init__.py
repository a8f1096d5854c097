"""The base tier of every customer, in whichever way the scenario draws it: one file a way."""

from __future__ import annotations

from typing import Final

from tiering.scenario import Scenario
from tiering.scenario.ways import Way
from tiering.scenario.ways.way import registered_ways
from tiering.tiers.ways.drawing import Drawing, Drawn, Positions, Start, Stock

DRAWINGS: Final[dict[str, Drawing]] = registered_ways(__name__)


def draw(scenario: Scenario, stock: Stock, positions: Positions | None = None) -> Drawn:
    """Scenario with lines + customers → lines in thousandths of a point, and base tiers (n,), 0 the top.

    A way that looks at the indicators themselves has no line by score, and ``positions`` comes back empty.
    ``positions`` given are lines that were drawn elsewhere, by score.
    """
    way = scenario.drawn
    assert way is not None, "complete the scenario first"
    if positions is not None and way.by_score:
        return stock.between(positions)
    return DRAWINGS[way.kind].draw(way, stock)


def proposed(kind: str, start: Start) -> Way | None:
    """What a way of drawing starts from, None where it leaves the lines to be proposed."""
    return DRAWINGS[kind].proposed(start)
