"""How the tiers are drawn, in sentences: for pages, papers and the command line alike; one file a way."""

from __future__ import annotations

from typing import Final

from tiering.evaluate import Tiering
from tiering.said.ways.saying import Saying
from tiering.scenario.ways.way import registered_ways
from tiering.words import Words

SAYINGS: Final[dict[str, Saying]] = registered_ways(__name__)


def tier_sentences(tiering: Tiering, words: Words) -> list[str]:
    """For each tier, best first, what one has to be or to reach for it."""
    return SAYINGS[tiering.scenario.line_kind].drawn(tiering, words)


def unjudged(tiering: Tiering, words: Words, currency: str = "") -> list[str]:
    """What the way of drawing could not judge in this data."""
    return SAYINGS[tiering.scenario.line_kind].unjudged(tiering, currency, words)


def requirement_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """What the rules of a customer's tier and of the next one up ask, where tiers are not drawn by score."""
    return SAYINGS[tiering.scenario.line_kind].asked(tiering, row, words)
