"""Lines drawn where the account managers' hours end, and how loaded each tier's people are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.tiers.cuts import NOBODY, PROPOSED_SHARES
from tiering.tiers.score import BINS, TOP, UNSCORED
from tiering.tiers.ways.drawing import Drawing, Drawn, Start, Stock

LEAST_HOURS = 0.1
_HALF_A_PERSON = 2
_HEADROOM = 1.05  # in the last tier, for those who share a tenth of a point and would not all fit above
_STEP = TOP // BINS

Milli = NDArray[np.int32]


@dataclass(frozen=True)
class Load:
    """Hours a year one tier's customers need, and the hours its people have."""

    customers: int
    needed: float
    available: float

    @property
    def over(self) -> float:
        """Hours needed beyond those there are, 0 where they suffice."""
        return max(self.needed - self.available, 0.0)


def capacity_lines(capacity: Capacity, milli: Milli) -> tuple[int, ...]:
    """Scores (n,) → lines in thousandths, descending, on tenths of a point.

    From the top each tier takes as many customers as its people can serve, and no more: whoever shares a tenth of
    a point stays together, and where they would not all fit they begin the next tier. Time left over in a tier does
    not serve the next one. The last tier takes the rest, whatever that means for its people: see ``tier_loads``.
    """
    from_top = np.bincount(milli[milli != UNSCORED] // _STEP, minlength=BINS + 1)[::-1]
    above = np.append(0, np.cumsum(from_top))
    lines, taken = [], 0
    for tier in capacity.tiers[:-1]:
        reach = int(np.searchsorted(above, above[taken] + served(capacity, tier), side="right")) - 1
        # beyond the last customer there is nothing to reach for: the line rests where the tier is full
        taken = max(taken, min(reach, int(np.searchsorted(above, above[-1]))))
        lines.append(min((BINS + 1 - taken) * _STEP, NOBODY))
    return tuple(lines)


def served(capacity: Capacity, tier: TierCapacity) -> int:
    """Customers that the people of a tier can serve in a year."""
    return floor(tier.people * capacity.hours_per_person / tier.hours + 1e-9)


def tier_loads(capacity: Capacity, customers: Sequence[int]) -> tuple[Load, ...]:
    """Customers of each tier → hours needed and available."""
    return tuple(
        Load(int(count), float(count * tier.hours), tier.people * capacity.hours_per_person)
        for tier, count in zip(capacity.tiers, customers, strict=True)
    )


def proposed_capacity(customers: int, hours: Sequence[float], hours_per_person: float) -> Capacity:
    """As many people (in halves) as the customary shares of the customers would take.

    ``hours``: a year for one customer of each tier, top tier first.
    """
    hours = [max(each, LEAST_HOURS) for each in hours]
    expected = np.diff([0.0, *PROPOSED_SHARES[len(hours)], 1.0]) * customers
    expected[-1] *= _HEADROOM
    needed = expected * hours / hours_per_person
    people = [ceil(_HALF_A_PERSON * n) / _HALF_A_PERSON for n in needed]
    return Capacity(
        hours_per_person=hours_per_person,
        tiers=tuple(TierCapacity(people=n, hours=each) for n, each in zip(people, hours, strict=True)),
    )


def _draw(capacity: Capacity, stock: Stock) -> Drawn:
    return stock.between(capacity_lines(capacity, stock.milli))


def _proposed(start: Start) -> Capacity:
    return proposed_capacity(start.readings.count, start.hours, start.hours_per_person)


WAYS = {"capacity": Drawing(_draw, _proposed)}
