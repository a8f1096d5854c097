"""What tiers are drawn from, and what each way of drawing them brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways import Way
from tiering.tiers.cuts import base_tiers
from tiering.tiers.indicator_values import Readings

Milli = NDArray[np.int32]
Positions = tuple[int, ...]
Drawn = tuple[Positions, NDArray[np.int8]]


@dataclass(frozen=True)
class Stock:
    """What tiers can be drawn from: the indicators of n customers, their scores and revenue (n,)."""

    readings: Readings
    milli: Milli
    revenue: NDArray[np.float64]

    def between(self, positions: Positions) -> Drawn:
        """Lines in thousandths of a point, descending, and the base tiers they give."""
        return positions, base_tiers(self.milli, positions)


@dataclass(frozen=True)
class Start:
    """What the first choices of a way are proposed from.

    Attributes
    ----------
    readings, weights
        The customers' indicators, and the weights of those that the score can count.
    tiers
        How many tiers there are.
    hours, hours_per_person
        Hours a year for one customer of each tier, top tier first, and those of one account manager.
    """

    readings: Readings
    weights: Mapping[str, int]
    tiers: int
    hours: tuple[float, ...]
    hours_per_person: float


@dataclass(frozen=True)
class Drawing:
    """One way of drawing tiers.

    Attributes
    ----------
    draw
        Its choices + customers → lines in thousandths of a point, none where it has no line by score, and base tiers
        (n,), 0 the top.
    proposed
        What it starts from; None where the lines are proposed with every scenario that leaves them open.
    """

    draw: Callable[[Any, Stock], Drawn]
    proposed: Callable[[Start], Way | None]
