"""How a tier is held between two reviews, so that customers near a line do not go up and down."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tiering.scenario.frozen import Frozen

Buffer = Annotated[float, Field(ge=0, le=20)]


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
