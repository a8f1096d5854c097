"""Everything to do now, ordered by the money at stake: each move with its customers and the day it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.scenario import Scenario
from tiering.strategy.evidence import Evidence, Values
from tiering.strategy.look_alikes import MissingCategory, Spending, category_spending, missing_categories
from tiering.strategy.recommend import Recommendation, at_stake
from tiering.strategy.situation import Situation

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
# Customary days until a move should be done, counted from the date of the data.
DUE_DAYS: dict[str, int] = {
    "protect": 3, "collect": 7, "fix": 7, "check_in": 14, "remind": 14, "welcome": 14, "win_back": 30, "grow": 45,
    "cross": 45, "wallet": 60, "right_size": 60, "watch": 60, "broaden": 60,
}  # fmt: skip


@dataclass(frozen=True)
class Action:
    """One move for some customers of one tier; ``money`` (m,) is at stake with each of ``rows`` (m,), biggest first.

    ``due`` is None where the data has no date. ``source`` holds the facts behind it.
    """

    kind: str
    tier: int
    rows: Rows
    money: Values
    due: date | None
    source: Recommendation | MissingCategory

    @property
    def total(self) -> float:
        """Money at stake with all of them."""
        return float(self.money.sum())

    def among(self, wanted: Mask) -> Action:
        """The same move for the wanted customers (n,) only."""
        kept = wanted[self.rows]
        return Action(self.kind, self.tier, self.rows[kept], self.money[kept], self.due, self.source)


def actions(
    tiering: Tiering,
    evidence: Evidence,
    found: tuple[Recommendation, ...],
    bought: pa.Table | Spending | None,
    today: date | None = None,
) -> tuple[Action, ...]:
    """Recommendations ``found`` and, for customers none of them names, the category that most of their like buy.

    ``bought`` are the order lines or what has been counted of them; None where there are none. Most money at stake
    first; no customer is in two of them. Days are due counted from ``today``, where that is after the data ends.
    """
    now, start = Situation(tiering, evidence), counted_from(tiering.base.as_of, today)
    made = [
        Action(
            part.kind, part.tier, part.rows, at_stake(now, part.basis, part.rows), _due(part.kind, tiering, start), part
        )
        for part in found
    ]
    if bought is not None:
        spent = (
            category_spending(tiering.base, tiering.scenario.window_months, bought)
            if isinstance(bought, pa.Table)
            else bought
        )
        free = now.open_to_more.copy()
        for part in found:
            free[part.rows] = False
        for offer in missing_categories(tiering, spent, free):
            made.append(Action("cross", offer.tier, offer.rows, offer.usual, _due("cross", tiering, start), offer))
    return ordered(made)


def ordered(made: list[Action]) -> tuple[Action, ...]:
    """Actions that name anybody, most money at stake first."""
    return tuple(sorted((part for part in made if part.rows.size), key=lambda part: -part.total))


def days_until_due(scenario: Scenario, kind: str) -> int:
    """Days until a kind of action should be done, from today or a later end of the data: own ones, else customary."""
    return scenario.playbooks.due_days.get(kind, DUE_DAYS[kind])


def counted_from(as_of: date | None, today: date | None) -> date | None:
    """The day from which something to do is counted: the end of the data, or today where that is later."""
    return as_of if as_of is None or today is None else max(as_of, today)


def _due(kind: str, tiering: Tiering, start: date | None) -> date | None:
    return None if start is None else start + timedelta(days=days_until_due(tiering.scenario, kind))
