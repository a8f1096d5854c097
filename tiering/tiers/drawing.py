"""The base tier of every customer, in whichever way the scenario draws it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.scenario import Scenario
from tiering.scenario.ways import Capacity, Majority, NaturalBreaks, Standards
from tiering.tiers.breaks import natural_breaks
from tiering.tiers.capacity import capacity_lines
from tiering.tiers.cuts import base_tiers, line_positions
from tiering.tiers.majority import majority_tiers
from tiering.tiers.readings import Readings
from tiering.tiers.standards import judge

Milli = NDArray[np.int32]
Positions = tuple[int, ...]


@dataclass(frozen=True)
class Stock:
    """What tiers can be drawn from: the indicators of n customers, their scores and revenue (n,)."""

    readings: Readings
    milli: Milli
    revenue: NDArray[np.float64]


def draw(scenario: Scenario, stock: Stock, positions: Positions | None = None) -> tuple[Positions, NDArray[np.int8]]:
    """Scenario with lines + customers → lines in thousandths of a point, and base tiers (n,), 0 the top.

    Standards and majority look at the indicators themselves: they have no line by score, and ``positions`` comes
    back empty. ``positions`` given are lines that were drawn elsewhere, by score.
    """
    match scenario.way:
        case Standards():
            return (), judge(stock.readings, scenario.way).tiers
        case Majority():
            return (), majority_tiers(stock.readings, scenario.way, len(scenario.tiers) - 1)
    drawn = _lines(scenario, stock) if positions is None else positions
    return drawn, base_tiers(stock.milli, drawn)


def _lines(scenario: Scenario, stock: Stock) -> Positions:
    match scenario.way:
        case NaturalBreaks():
            return natural_breaks(stock.milli, len(scenario.tiers))
        case Capacity():
            return capacity_lines(scenario.way, stock.milli)
    assert scenario.cuts is not None, "complete the scenario first"
    return line_positions(scenario.cuts, stock.milli, stock.revenue)
