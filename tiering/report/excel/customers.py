"""Sheets of all customers, of those who are in another tier than before, and of what to do with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering, scores_in_points, tier_names
from tiering.report.excel.sheets import Sheets, write_text
from tiering.report.handout import Handout
from tiering.said.call_lists import CallListContext, call_list, card, labels
from tiering.said.colours import ink_on
from tiering.said.kinds import money_decimals
from tiering.said.labels import column_labels
from tiering.said.provisional import provisional_labels
from tiering.said.tables import knows_revenue
from tiering.said.tiered_customers import tiered_customers
from tiering.strategy.actions import Action
from tiering.strategy.situation import Situation
from tiering.tiers.provisional import provisional_names
from tiering.tiers.totals import movers
from tiering.words import Words

ALWAYS = ("customer_id", "customer_name", "score", "base_tier", "tier")
MONEY_DECIMALS = 2
MOST_LISTED = 5_000
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_customers(sheets: Sheets, handout: Handout) -> None:
    """One row per customer, biggest annual revenue first, in the columns of ``tiered_customers`` that hold anything."""
    table = provisional_labels(tiered_customers(handout.tiering, words=handout.words), handout.words)
    table = table[[name for name in table if name in ALWAYS or table[name].replace("", None).notna().any()]]
    labels = column_labels(table.columns, handout.words)
    name = handout.words("report.sheet.customers")
    sheet = sheets.add_table(name, table, labels, money_decimals(handout.dataset))
    names = [str(column) for column in table]
    sheet.freeze_panes(1, 2 if "customer_name" in names else 1)
    for column in ("base_tier", "tier"):
        colour_tiers(sheets, sheet, handout, (names.index(column), len(table)))


def colour_tiers(sheets: Sheets, sheet: Any, handout: Handout, place: tuple[int, int]) -> None:
    """Colour the tier names of a column (its number, its rows) wherever they change."""
    column, rows = place
    for name, colour in zip(handout.tiering.scenario.tiers, handout.colours, strict=False):
        quoted = '"' + name.replace('"', '""') + '"'
        look = sheets.book.add_format({"bg_color": colour, "font_color": ink_on(colour)})
        rule = {"type": "cell", "criteria": "==", "value": quoted, "format": look}
        sheet.conditional_format(1, column, max(rows, 1), column, rule)


def write_movers(sheets: Sheets, handout: Handout, baseline: Tiering) -> None:
    """One row per mover, biggest annual revenue first; a sentence where nobody moved."""
    words = handout.words
    table = movers_table(handout.tiering, baseline, words)
    headers = column_labels(table.columns, words)
    sheet = sheets.add_table(words("report.sheet.movers"), table, headers, money_decimals(handout.dataset))
    names = [str(column) for column in table]
    sheet.freeze_panes(1, 2 if "customer_name" in names else 1)
    if table.empty:
        write_text(sheet, 2, 0, words("tiers.movers_none"))
    for column in ("before", "after"):
        colour_tiers(sheets, sheet, handout, (names.index(column), len(table)))


def movers_table(tiering: Tiering, baseline: Tiering, words: Words) -> pd.DataFrame:
    """Two tierings of the same customers → one row per mover.

    Columns: ``customer_id``, ``customer_name`` where known, ``before``, ``after`` (tier names), ``direction``,
    ``annual_revenue`` where known, ``score_before``, ``score_after``, ``standing`` (empty, or how a newcomer stands).
    """
    moved = movers(baseline.tiers, tiering.tiers, tiering.base.revenue)
    customers = tiering.base.customers.iloc[moved.rows].reset_index(drop=True)
    unscored = words("tier.unscored")
    known = [name for name in ("customer_id", "customer_name") if name in customers]
    listed = pd.DataFrame(
        {
            **{name: customers[name] for name in known},
            "before": [name or unscored for name in tier_names(baseline)[moved.rows]],
            "after": [name or unscored for name in tier_names(tiering)[moved.rows]],
            "direction": np.where(moved.after < moved.before, words("movers.up"), words("movers.down")),
            **({"annual_revenue": tiering.base.revenue[moved.rows]} if knows_revenue(tiering) else {}),
            "score_before": scores_in_points(baseline)[moved.rows],
            "score_after": scores_in_points(tiering)[moved.rows],
            "standing": provisional_names(tiering.base.matrix, tiering.drawn)[moved.rows],
        }
    )
    return provisional_labels(listed, words)


def write_actions(sheets: Sheets, handout: Handout) -> None:
    """All actions of the tiers on one sheet, then one sheet for each kind with the customers to call.

    A sheet lists at most 5,000 customers, most money first; nothing where there is nothing to do.
    """
    found = handout.moves
    if not found:
        return
    known = CallListContext(Situation(handout.tiering, handout.evidence), handout.dataset.currency)
    write_overview(sheets, known, found, handout.words)
    for kind in dict.fromkeys(action.kind for action in found):
        name = handout.words(f"strategy.move.{kind}.label")
        _write_list(sheets, name, (_first(action) for action in found if action.kind == kind), (known, handout.words))


def call_lists_workbook(known: CallListContext, kept: Sequence[Action], words: Words) -> bytes:
    """A workbook with a first sheet on all actions and one sheet for each."""
    book = Sheets(known.tiering.base.as_of)
    tiers = [*known.tiering.scenario.tiers, ""]
    write_overview(book, known, kept, words)
    for place, action in enumerate(kept):
        name = f"{place + 1} {tiers[action.tier]} {words(f'strategy.move.{action.kind}.label')}"
        _write_list(book, name, [action], (known, words))
    return book.finished()


def write_overview(sheets: Sheets, known: CallListContext, kept: Sequence[Action], words: Words) -> None:
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


def _write_list(sheets: Sheets, name: str, kept: Iterable[Action], told: tuple[CallListContext, Words]) -> None:
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
