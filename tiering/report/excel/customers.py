"""Sheet of all customers."""

from __future__ import annotations

from typing import Any

from tiering.report.excel.sheets import Sheets
from tiering.report.handout import Handout
from tiering.said.colours import ink_on
from tiering.said.kinds import money_decimals
from tiering.said.labels import column_labels
from tiering.said.standing import standing_said
from tiering.said.tiered_customers import tiered_customers

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
