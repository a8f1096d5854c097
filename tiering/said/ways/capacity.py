"""Lines where the account managers' hours end, in sentences."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.said.ways.cuts import line_sentences
from tiering.said.ways.saying import Saying
from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.words import Words


def _sentences(tiering: Tiering, words: Words) -> list[str]:
    """For each tier the line it begins at, and its people."""
    capacity = tiering.scenario.way
    assert isinstance(capacity, Capacity)
    staff = (_staff_text(tier, words) for tier in capacity.tiers)
    return [words.listed(pair) for pair in zip(line_sentences(tiering, words), staff, strict=True)]


def _staff_text(staff: TierCapacity, words: Words) -> str:
    return words("ways.drawn.staff", people=words.number(staff.people, 1), hours=words.number(staff.hours, 1))


WAYS = {"capacity": Saying(_sentences)}
