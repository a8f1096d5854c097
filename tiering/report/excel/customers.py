"""Sheet of all customers."""

from __future__ import annotations

from typing import Any

from tiering.report.excel.sheets import Sheets
from tiering.report.handout import Handout
from tiering.report.kinds import money_decimals
from tiering.report.labels import column_labels
from tiering.report.tiered_customers import tiered_customers


def write_customers(sheets: Sheets, handout: Handout) -> None:
    """One row per customer, biggest annual revenue first, in the columns of ``tiered_customers``."""
    table = tiered_customers(handout.tiering)
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


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on ``#rrggbb`` (relative luminance after WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"
