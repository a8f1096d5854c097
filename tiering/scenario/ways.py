"""Ways of drawing the lines between tiers beside fixed lines and shares: what each of them lets one choose."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from tiering.scenario import bounds
from tiering.scenario.bounds import Measured
from tiering.scenario.frozen import Frozen

MOST_CONDITIONS: Final = 12
MOST_CRITERIA: Final = 20

Key = Annotated[str, Field(min_length=1, max_length=200)]
Sign = Literal[">", ">=", "<=", "<"]


class NaturalBreaks(Frozen):
    """Lines where the scores fall apart of themselves."""

    kind: Literal["breaks"] = "breaks"


class TierCapacity(Frozen):
    """Account managers of one tier, and the hours a year that one of its customers takes."""

    people: Annotated[float, Field(ge=0, le=bounds.PEOPLE)]
    hours: Annotated[float, Field(gt=0, le=bounds.CUSTOMER_HOURS)]


class Capacity(Frozen):
    """Lines where the account managers' hours end, top tier first; one entry for each tier."""

    kind: Literal["capacity"] = "capacity"
    hours_per_person: Annotated[float, Field(gt=0, le=bounds.YEAR_HOURS)] = 1600.0
    tiers: tuple[TierCapacity, ...]


class Condition(Frozen):
    """``indicator`` (a column of the customer table, in its own unit) compared with ``value``."""

    indicator: Key
    sign: Sign
    value: Measured


class TierRule(Frozen):
    """The standard of one tier: all of the conditions, or any of them. Without a condition nobody meets it."""

    need: Literal["all", "any"] = "all"
    conditions: Annotated[tuple[Condition, ...], Field(max_length=MOST_CONDITIONS)] = ()


class Standards(Frozen):
    """Absolute standards: a rule for each tier but the last, top tier first; the first rule met decides."""

    kind: Literal["standards"] = "standards"
    rules: tuple[TierRule, ...]


class Criterion(Frozen):
    """One voice of the majority: its weight, and for each tier but the last what is good enough and what is too bad.

    ``vetoes`` None: nothing is too bad; a value at the veto already is.
    """

    indicator: Key
    weight: Annotated[int, Field(ge=0, le=100)]
    profiles: tuple[Measured, ...]
    vetoes: tuple[Measured | None, ...] = ()

    @model_validator(mode="after")
    def ensure_steps(self) -> Criterion:
        """From tier to tier the demands go one way, and vetoes, where there are any, are as many."""
        up = all(a >= b for a, b in pairwise(self.profiles))
        if not up and any(a > b for a, b in pairwise(self.profiles)):
            raise ValueError("profiles go up and down")
        if len(self.vetoes) not in (0, len(self.profiles)):
            raise ValueError("one veto for each profile")
        return self


class Majority(Frozen):
    """Majority rule with veto: a tier is reached when enough of the weight says so and nothing is too bad for it."""

    kind: Literal["majority"] = "majority"
    majority: Annotated[float, Field(ge=0.5, le=1)] = 0.65
    criteria: Annotated[tuple[Criterion, ...], Field(max_length=MOST_CRITERIA)] = ()


Way = Annotated[NaturalBreaks | Capacity | Standards | Majority, Field(discriminator="kind")]


def fits(way: NaturalBreaks | Capacity | Standards | Majority, tiers: int) -> bool:
    """Whether the choices of a way are made for this number of tiers."""
    match way:
        case Capacity():
            return len(way.tiers) == tiers
        case Standards():
            return len(way.rules) == tiers - 1
        case Majority():
            return all(len(criterion.profiles) == tiers - 1 for criterion in way.criteria)
    return True
