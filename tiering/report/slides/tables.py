"""Native tables of a slide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from tiering.report.slides.sheet import ACCENT, INK, Box, Sheet, rgb
from tiering.report.story import Table
from tiering.report.widths import PADDING, POINT, column_widths, least_widths, lines_needed, shown
from tiering.said.colours import ink_on

SIZES = (16, 14, 13, 12)
ROW, LINE = 2.1, 1.25  # heights of a row and of a further line, in units of the text's size
WHITE, BAND = "#ffffff", "#f3f6f9"


def add_table(sheet: Sheet, room: Box, whole: Table) -> int:
    """A table with a header, its columns as wide as their text asks for, tier cells in the tier's colour → the number
    of last rows for which there was no room.
    """
    table, size = fitting(whole, room)
    rows, columns = len(table.rows) + 1, len(table.headers)
    made = sheet.slide.shapes.add_table(rows, columns, *room.emu).table
    _plain_style(made)
    widths = column_widths(table, room.width, size)
    for column, width in enumerate(widths):
        made.columns[column].width = Inches(width)
    for row, cells in enumerate((table.headers, *table.rows)):
        made.rows[row].height = Inches(row_height(cells, widths, size))
        for column, text in enumerate(cells):
            _write(sheet, made.cell(row, column), text, (table, row, column), size)
    return len(whole.rows) - len(table.rows)


def fitting(table: Table, room: Box) -> tuple[Table, int]:
    """The table with as many of its first rows as fit, and the largest size of text at which most of them do."""
    for size in SIZES:
        if sum(least_widths(table, size)) <= room.width and table_height(table, room.width, size) <= room.height:
            return table, size
    rows = len(table.rows)
    while rows > 1 and table_height(replace(table, rows=table.rows[:rows]), room.width, SIZES[-1]) > room.height:
        rows -= 1
    return replace(table, rows=table.rows[:rows]), SIZES[-1]


def table_height(table: Table, width: float, size: int) -> float:
    """Height in inches of a table ``width`` inches wide."""
    widths = column_widths(table, width, size)
    return sum(row_height(cells, widths, size) for cells in (table.headers, *table.rows))


def row_height(cells: tuple[str, ...], widths: list[float], size: int) -> float:
    """Height in inches of a row whose longest cell wraps."""
    lines = max(lines_needed([shown(text)], width - PADDING, size) for text, width in zip(cells, widths, strict=True))
    return size * POINT * (ROW + LINE * (lines - 1))


def _write(sheet: Sheet, cell: Any, text: str, place: tuple[Table, int, int], size: int) -> None:
    table, row, column = place
    tier = sheet.story.colours.get(text) if row and column == table.tiers else None
    ground = ACCENT if row == 0 else tier or (BAND if row % 2 == 0 else WHITE)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ground)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(PADDING / 2)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if table.numeric[column] else PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * 1.25)
    ink = WHITE if row == 0 else ink_on(tier) if tier else INK
    sheet.run(paragraph, text, size, bold=row == 0, colour=ink)


def _plain_style(made: Any) -> None:
    """Without the template's own banding and borders."""
    properties = made._tbl.tblPr
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No style, no grid"
    properties.set("bandRow", "0")
