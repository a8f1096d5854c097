"""Sheets of what to do: all actions, and call lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from tiering.report.excel.sheets import Sheets
from tiering.report.handout import Handout
from tiering.said.call_lists import Told, call_list, card, labels
from tiering.strategy.actions import Action
from tiering.strategy.situation import Situation
from tiering.words import Words

MONEY_DECIMALS = 2
MOST_LISTED = 5_000
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_actions(sheets: Sheets, handout: Handout) -> None:
    """All actions of the tiers on one sheet, then one sheet for each kind with the customers to call.

    A sheet lists at most 5,000 customers, most money first; nothing where there is nothing to do.
    """
    found = handout.moves
    if not found:
        return
    known = Told(Situation(handout.tiering, handout.evidence), handout.dataset.currency)
    write_overview(sheets, known, found, handout.words)
    for kind in dict.fromkeys(action.kind for action in found):
        name = handout.words(f"strategy.move.{kind}.label")
        _write_list(sheets, name, (_first(action) for action in found if action.kind == kind), (known, handout.words))


def call_lists_workbook(known: Told, kept: Sequence[Action], words: Words) -> bytes:
    """A workbook with a first sheet on all actions and one sheet for each."""
    book = Sheets(known.tiering.base.as_of)
    tiers = [*known.tiering.scenario.tiers, ""]
    write_overview(book, known, kept, words)
    for place, action in enumerate(kept):
        name = f"{place + 1} {tiers[action.tier]} {words(f'strategy.move.{action.kind}.label')}"
        _write_list(book, name, [action], (known, words))
    return book.finished()


def write_overview(sheets: Sheets, known: Told, kept: Sequence[Action], words: Words) -> None:
    """One row an action: tier, what to do, customers, money, due day."""
    tiers = [*known.tiering.scenario.tiers, ""]
    overview = pd.DataFrame(
        {
            "tier": [tiers[action.tier] for action in kept],
            "title": [card(known, action, words)["title"] for action in kept],
            "customers": [action.rows.size for action in kept],
            "money": [action.total for action in kept],
            "due": [action.due for action in kept],
        }
    )
    headers = [words(f"actions.{name}") for name in ("tier", "title", "customers", "money", "due_column")]
    sheets.add_table(words("actions.overview"), overview, headers, MONEY_DECIMALS)


def _write_list(sheets: Sheets, name: str, kept: Iterable[Action], told: tuple[Told, Words]) -> None:
    """The customers of some actions, most money first, on a sheet of their own."""
    known, words = told
    rows = pd.concat([call_list(known, action, words) for action in kept], ignore_index=True)
    rows = rows.sort_values("money", ascending=False, kind="stable", ignore_index=True).head(MOST_LISTED)
    said = labels(rows, words)
    clean = name.translate(FORBIDDEN_IN_SHEET_NAMES)[:LONGEST_SHEET_NAME]
    sheets.add_table(clean, rows[list(said)], list(said.values()), MONEY_DECIMALS)


def _first(action: Action) -> Action:
    """No more customers than a sheet lists; they stand with most money first."""
    return Action(
        action.kind, action.tier, action.rows[:MOST_LISTED], action.money[:MOST_LISTED], action.due, action.source
    )
