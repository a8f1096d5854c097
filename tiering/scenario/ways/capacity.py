"""Capacity: lines where the account managers' hours end."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tiering.scenario import touches
from tiering.scenario.touches import Frozen
from tiering.scenario.ways.way import Way


class TierCapacity(Frozen):
    """Account managers of one tier, and the hours a year that one of its customers takes."""

    people: Annotated[float, Field(ge=0, le=touches.PEOPLE)]
    hours: Annotated[float, Field(gt=0, le=touches.CUSTOMER_HOURS)]


class Capacity(Way):
    """Lines where the account managers' hours end, top tier first; one entry for each tier."""

    kind: Literal["capacity"] = "capacity"
    order: ClassVar[int] = 3
    hours_per_person: Annotated[float, Field(gt=0, le=touches.YEAR_HOURS)] = 1600.0
    tiers: tuple[TierCapacity, ...]

    def fits(self, tiers: int) -> bool:
        """One entry for each tier."""
        return len(self.tiers) == tiers


WAYS = {"capacity": Capacity}
