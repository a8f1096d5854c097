"""The workbook while its sheets are written: the cell formats, text that is always text, and long tables."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import xlsxwriter

from tiering.report.excel.rows import LongTable, Progress, with_rows
from tiering.report.safe import cell_text
from tiering.said.kinds import Kind, kind_of

NUMBER_FORMS: dict[Kind, str] = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "score": "0.000",
    "money": "#,##0.00",
    "share": "0.0%",
    "count": "#,##0",
    "ratio": "0.00",
    "number": "General",
}
HEADER = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#EEF1F4", "bottom": 1}
NARROWEST, WIDEST = 9, 48
ROW_HEIGHT, HEADER_HEIGHT = 17, 34
A4, PAGE_NUMBER = 9, "&C&P / &N"
PAGE_WIDTH = 190  # characters that can still be read on one page across
SAMPLE_ROWS = 1_000
_WIDTHS: dict[Kind, int] = {"date": 11, "score": 9, "money": 15, "share": 9, "count": 9, "ratio": 9}


class Sheets:
    """A workbook in the making; ``finished`` gives its bytes.

    Text is never taken for a formula or a link. A long table is a header and a pattern row until the end.
    """

    def __init__(self, made_on: date | None) -> None:
        self._file = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self._file, options)
        # the same tiers give the same bytes; a day without a time would be passed over for the clock
        self.book.set_properties({"created": datetime.combine(made_on or date(2000, 1, 1), time())})
        self._formats: dict[str, Any] = {}
        self._tables: dict[int, LongTable] = {}

    def form(self, kind: Kind, **look: object) -> Any:
        """Cell format of a kind of value, with further properties of xlsxwriter."""
        key = f"{kind} {sorted(look.items())}"
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"num_format": NUMBER_FORMS[kind], **look})
        return self._formats[key]

    def add(self, name: str) -> Any:
        """A new empty sheet."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(PAGE_NUMBER)
        sheet.fit_to_pages(1, 0)
        return sheet

    def add_table(self, name: str, table: pd.DataFrame, headers: Sequence[str], money_decimals: int) -> Any:
        """A new sheet with a long table: frozen and filterable header, typed columns, fitting widths."""
        sheet = self.add(name)
        columns = tuple(table.iloc[:, place] for place in range(table.shape[1]))
        kinds = tuple(kind_of(column) for column in columns)
        widths = [column_width(*place) for place in zip(columns, kinds, headers, strict=True)]
        for place, (kind, header, width) in enumerate(zip(kinds, headers, widths, strict=True)):
            write_text(sheet, 0, place, header, self.form("text", **header_look(kind)))
            sheet.set_column(place, place, width)
            if len(table):
                sheet.write_blank(1, place, None, self.form(kind, **_indented(kind)))
        sheet.freeze_panes(1, 0)
        sheet.set_default_row(ROW_HEIGHT)
        sheet.set_row(0, HEADER_HEIGHT)
        _print_setup(sheet, sum(widths))
        sheet.autofilter(0, 0, max(len(table), 1), len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(table) + 1}"})
        if len(table):
            self._tables[len(self.book.worksheets())] = LongTable(columns, kinds, money_decimals)
        return sheet

    def finished(self, progress: Progress | None = None) -> bytes:
        """The workbook's bytes."""
        self.book.close()
        return with_rows(self._file.getvalue(), self._tables, progress)


def _indented(kind: Kind) -> dict[str, object]:
    """Text a little off the figures that stand before it."""
    return {"indent": 1} if kind == "text" else {}


def header_look(kind: Kind) -> dict[str, object]:
    """Header over text or over figures."""
    return HEADER | (_indented(kind) if kind in ("text", "date") else {"align": "right"})


def _print_setup(sheet: Any, width: float) -> None:
    """On paper the header stands on every page; where a table takes more than one page across, its first column too."""
    across = math.ceil(width / PAGE_WIDTH)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_rows(0)
    if across > 1:
        sheet.repeat_columns(0)


def write_text(sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
    """Text into a cell. The writer takes ``<r>…</r>`` for markup of its own: a blank behind it keeps it text."""
    clean = cell_text(text)
    sheet.write_string(row, column, clean + " " if clean.startswith("<r>") else clean, form)


def column_width(column: pd.Series, kind: Kind, header: str) -> float:
    """Width in characters that shows most values, and the header in two lines."""
    values = _WIDTHS.get(kind, 0) or _text_width(column)
    word = max(map(display_width, header.split()), default=0) if header.isascii() else 0
    return float(min(max(values, display_width(header) / 2 + 3, word + 3, NARROWEST), WIDEST))


def display_width(text: str) -> int:
    """Columns a text takes on screen: two for each wide character."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _text_width(column: pd.Series) -> int:
    shown = column.head(SAMPLE_ROWS).dropna().map(lambda cell: display_width(str(cell)[:WIDEST]))
    return int(shown.quantile(0.95)) + 2 if len(shown) else 0
