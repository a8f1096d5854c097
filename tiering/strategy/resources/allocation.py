"""The service levels the customers would get if each hour went where it earns most, beside those of their tiers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.strategy.resources.levels import BestLevels, best_levels
from tiering.strategy.resources.load import Capacity, capacity, served_now
from tiering.strategy.resources.services import Values, customer_margins, served_as, tier_services


@dataclass(frozen=True)
class Allocation:
    """What is and what would be best.

    Attributes
    ----------
    best
        Its levels: 0 no personal service, 1 that of the last tier, … the number of tiers that of the top tier.
    now
        Level of each customer (n,) by its tier today.
    worth
        Margin a year (n, levels) that each level keeps or wins, as assumed.
    capacity
        The hours there are.
    served
        Who gets the service of its tier today (n,).
    """

    best: BestLevels
    now: np.ndarray
    worth: Values
    hours: Values
    capacity: Capacity
    served: NDArray[np.bool_]

    @property
    def value_now(self) -> float:
        """What today's levels keep or win with those who are served: the same as in the profit of the tiers."""
        rows = np.flatnonzero(self.served)
        return float(self.worth[rows, self.now[rows]].sum())

    @property
    def hours_now(self) -> float:
        """Hours today's levels ask for."""
        return float(self.hours[self.now].sum())

    @property
    def gains(self) -> Values:
        """Margin a year (n,) by which the best level beats that of the tier; negative where hours are given up."""
        rows = np.arange(len(self.now))
        gains: Values = self.worth[rows, self.best.levels] - self.worth[rows, self.now]
        return gains


def allocation(tiering: Tiering, seconds: float = 2.0) -> Allocation:
    """Tiers → the best service levels under the capacity.

    A level is worth the customer's margin times the level's uplift; a customer without margin is worth nothing at
    any level. All uplifts off by a band move every worth alike: the levels stay the best, the sums move by the band.
    """
    services = tier_services(tiering.scenario)[::-1]
    uplift = np.array([0.0, *(service.uplift for service in services)])
    hours = np.array([0.0, *(service.hours for service in services)])
    worth = np.maximum(customer_margins(tiering), 0.0)[:, None] * uplift
    there = capacity(tiering)
    best = best_levels(worth, np.broadcast_to(hours, worth.shape), there.hours, seconds)
    return Allocation(best, len(services) - served_as(tiering), worth, hours, there, served_now(tiering))
