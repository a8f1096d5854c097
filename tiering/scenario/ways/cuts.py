"""Fixed lines: scores, or cumulative shares of customers or of revenue."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from pydantic import model_validator

from tiering.scenario.ways.way import Way

CutKind = Literal["score", "share", "revenue"]


class Cuts(Way):
    """Where the lines between tiers lie, top line first.

    ``score``: points 0..100, descending, on tenths of a point; a score on the line belongs to the upper tier.
    ``share``: cumulative share of customers above the line, ascending. ``revenue``: cumulative share of revenue
    above the line in score order, the crossing customer included, ascending.
    """

    kind: CutKind = "score"
    order: ClassVar[int] = 1
    lines: tuple[float, ...]

    def fits(self, tiers: int) -> bool:
        """One line fewer than tiers."""
        return len(self.lines) == tiers - 1

    @model_validator(mode="after")
    def ensure_ordered(self) -> Cuts:
        """Lines are within range and in order, those by score on tenths."""
        top = 100.0 if self.kind == "score" else 1.0
        ordered = sorted(self.lines, reverse=self.kind == "score")
        if list(self.lines) != ordered or any(not 0 <= line <= top for line in self.lines):
            raise ValueError("cut lines out of order or out of range")
        if self.kind == "score" and any(abs(line * 10 - round(line * 10)) > 1e-6 for line in self.lines):
            raise ValueError("cut lines by score off the tenths of a point")
        return self


WAYS = dict.fromkeys(get_args(CutKind), Cuts)
