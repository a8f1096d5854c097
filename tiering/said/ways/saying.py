"""What can be said of a way of drawing the tiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tiering.evaluate import Tiering
from tiering.words import Words


def nothing(*asked: object) -> list[str]:
    """No sentence: the way has nothing to tell."""
    return []


@dataclass(frozen=True)
class Saying:
    """What is said of one way, each a list of sentences.

    Attributes
    ----------
    drawn
        For each tier, best first, what one has to be or to reach for it.
    unjudged
        What it could not judge in this data, with the currency of the money.
    asked
        Of the customer in a row of a base: what the rule of its tier and of the next one up asks, and what it has.
    """

    drawn: Callable[[Tiering, Words], list[str]]
    unjudged: Callable[[Tiering, str, Words], list[str]] = nothing
    asked: Callable[[Tiering, int, Words], list[str]] = nothing
