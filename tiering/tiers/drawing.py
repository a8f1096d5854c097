"""The base tier of every customer, in whichever way the scenario draws it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import BY_KEY, Indicator
from tiering.scenario import Scenario
from tiering.tiers.breaks import natural_breaks
from tiering.tiers.capacity import capacity_lines
from tiering.tiers.cuts import base_tiers, line_positions
from tiering.tiers.majority import majority_tiers
from tiering.tiers.standards import judge
from tiering.ways import Capacity, Majority, NaturalBreaks, Standards

Milli = NDArray[np.int32]
Positions = tuple[int, ...]


@dataclass(frozen=True)
class Stock:
    """What tiers can be drawn from: the customer table (n rows), the indicators at hand, scores and revenue (n,)."""

    customers: pd.DataFrame
    indicators: tuple[Indicator, ...]
    milli: Milli
    revenue: NDArray[np.float64]


def draw(scenario: Scenario, stock: Stock, positions: Positions | None = None) -> tuple[Positions, NDArray[np.int8]]:
    """Scenario with lines + customers → lines in thousandths of a point, and base tiers (n,), 0 the top.

    Standards and majority look at the indicators themselves: they have no line by score, and ``positions`` comes
    back empty. ``positions`` given are lines that were drawn elsewhere, by score.
    """
    match scenario.way:
        case Standards():
            return (), judge(stock.customers, scenario.way).tiers
        case Majority():
            lines = len(scenario.tiers) - 1
            return (), majority_tiers(stock.customers, scenario.way, benefits(stock.indicators), lines)
    drawn = _lines(scenario, stock) if positions is None else positions
    return drawn, base_tiers(stock.milli, drawn)


def benefits(indicators: tuple[Indicator, ...]) -> dict[str, bool]:
    """Key → whether more of it is better, of all known indicators and of those at hand."""
    return {indicator.key: indicator.more_is_better for indicator in (*BY_KEY.values(), *indicators)}


def _lines(scenario: Scenario, stock: Stock) -> Positions:
    match scenario.way:
        case NaturalBreaks():
            return natural_breaks(stock.milli, len(scenario.tiers))
        case Capacity():
            return capacity_lines(scenario.way, stock.milli)
    assert scenario.cuts is not None, "complete the scenario first"
    return line_positions(scenario.cuts, stock.milli, stock.revenue)
