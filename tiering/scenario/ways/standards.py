"""Absolute standards: a rule for each tier in the indicators' own units."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from tiering.scenario.touches import Frozen, Measured
from tiering.scenario.ways.way import Way

MOST_CONDITIONS: Final = 12

Sign = Literal[">", ">=", "<=", "<"]


class Condition(Frozen):
    """``indicator`` (a column of the customer table, in its own unit) compared with ``value``."""

    indicator: Annotated[str, Field(min_length=1, max_length=200)]
    sign: Sign
    value: Measured


class TierRule(Frozen):
    """The standard of one tier: all of the conditions, or any of them. Without a condition nobody meets it."""

    need: Literal["all", "any"] = "all"
    conditions: Annotated[tuple[Condition, ...], Field(max_length=MOST_CONDITIONS)] = ()


class Standards(Way):
    """Absolute standards: a rule for each tier but the last, top tier first; the first rule met decides."""

    kind: Literal["standards"] = "standards"
    order: ClassVar[int] = 2
    by_score: ClassVar[bool] = False
    rules: tuple[TierRule, ...]

    def fits(self, tiers: int) -> bool:
        """One rule fewer than tiers."""
        return len(self.rules) == tiers - 1


WAYS = {"standards": Standards}
