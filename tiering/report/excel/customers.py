"""Sheets of all customers, and of those who are in another tier than before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering, scores_in_points, tier_names
from tiering.report.excel.sheets import Sheets, write_text
from tiering.report.handout import Handout
from tiering.said.colours import ink_on
from tiering.said.kinds import money_decimals
from tiering.said.labels import column_labels
from tiering.said.standing import standing_said
from tiering.said.tier_rows import knows_revenue
from tiering.said.tiered_customers import tiered_customers
from tiering.tiers.movers import movers
from tiering.tiers.provisional import standing_names
from tiering.words import Words

ALWAYS = ("customer_id", "customer_name", "score", "base_tier", "tier")


def write_customers(sheets: Sheets, handout: Handout) -> None:
    """One row per customer, biggest annual revenue first, in the columns of ``tiered_customers`` that hold anything."""
    table = standing_said(tiered_customers(handout.tiering, words=handout.words), handout.words)
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
            "standing": standing_names(tiering.base.matrix, tiering.drawn)[moved.rows],
        }
    )
    return standing_said(listed, words)
