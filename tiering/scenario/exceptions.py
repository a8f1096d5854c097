"""What a scenario says beyond weights and lines: rules for points and caps, tiers set by hand, appeals, reviews."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from tiering.scenario.touches import Frozen, Measured, NamesTiers

STEP_AT: Final = 10
Test = Literal["at_least", "above", "at_most", "below", "is", "is_not", "known", "unknown"]
Ready = Literal["", "variety", "closeness", "operation", "overdue", "lapsed", "provisional"]
Decision = Literal["open", "granted", "declined"]
Line = Annotated[str, Field(max_length=200)]
Said = Annotated[str, Field(min_length=1, max_length=2000)]
Who = Annotated[str, Field(min_length=1, max_length=200)]
Buffer = Annotated[float, Field(ge=0, le=20)]


class Condition(Frozen):
    """What a rule asks of a customer: ``test`` of the column ``field`` against ``value``.

    Numbers are compared as numbers, dates as YYYY-MM-DD, grades by rank, other text as a whole, where several
    may be listed with 、 or commas between. ``ready`` names the ready rule it came from, ``name`` is the user's own.
    """

    field: Annotated[str, Field(min_length=1, max_length=200)]
    test: Test
    value: Measured | Line = ""
    name: Line = ""
    ready: Ready = ""


class PointRule(Condition):
    """Points for every customer of whom the condition holds; negative points count against it."""

    points: Annotated[int, Field(ge=-100, le=100)]

    @field_validator("points")
    @classmethod
    def ensure_some(cls, points: int) -> int:
        """A rule without points would say nothing."""
        if points == 0:
            raise ValueError("a rule gives or takes points")
        return points


class CapRule(Condition):
    """No better tier than ``tier`` for every customer of whom the condition holds."""

    tier: Annotated[Line, NamesTiers()]


class TierRules(Frozen):
    """Rules applied to the base tier: points first, one step at most, caps last.

    A sum of ``step_at`` points or more lifts by one tier, of minus as many or less lowers by one.
    """

    points: tuple[PointRule, ...] = ()
    caps: tuple[CapRule, ...] = ()
    step_at: Annotated[int, Field(ge=1, le=1000)] = STEP_AT


class Override(Frozen):
    """A tier set by hand for one customer, up to and including the day it ``expires``; ``since`` the first day."""

    customer_id: Who
    tier: Annotated[Line, NamesTiers()]
    reason: Said
    owner: Who
    expires: date
    since: date | None = None


class Appeal(Frozen):
    """An objection to a tier, with what was answered; ``tier`` is the one objected to, ``asked`` the one wanted."""

    customer_id: Who
    objection: Said
    by: Who
    raised: date | None = None
    tier: Annotated[Line, NamesTiers()] = ""
    asked: Annotated[Line, NamesTiers()] = ""
    decision: Decision = "open"
    answer: Annotated[str, Field(max_length=2000)] = ""


class Ledger(Frozen):
    """Decisions on single customers, in the order in which they were made."""

    overrides: tuple[Override, ...] = ()
    appeals: tuple[Appeal, ...] = ()


class Review(Frozen):
    """The rules of the quarterly review: they hold nobody until they are switched ``on``.

    Attributes
    ----------
    on
        Whether what the rules hold is the tier in force; off, the tier by score is.
    entry, exit
        Points by which a score must lie above a line to move up, and below it to move down.
    confirm
        Consecutive reviews at which the score must lie that far below before the customer moves down.
    stay
        Reviews that a customer stays in a tier after a move, whatever the score.
    grace
        Reviews after the first order during which nobody is moved down.
    """

    on: bool = False
    entry: Buffer = 5.0
    exit: Buffer = 5.0
    confirm: Annotated[int, Field(ge=1, le=4)] = 2
    stay: Annotated[int, Field(ge=0, le=4)] = 0
    grace: Annotated[int, Field(ge=0, le=4)] = 2


AS_DRAWN = Review(entry=0.0, exit=0.0, confirm=1, stay=0, grace=0)
