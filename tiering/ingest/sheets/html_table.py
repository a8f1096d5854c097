"""HTML tables saved as spreadsheets, as many ERP exports are → grids; only the text of cells is taken."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pyarrow as pa

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.text_grid import ensure_size
from tiering.problems import DataProblem, Problem

TEXT_CHARSETS = re.compile(r"utf|us-ascii|ascii|gb|big5|hz|iso|latin|cp|windows|win|mac|koi8|shift|sjis|euc|ks_c|tis")


class _Tables(HTMLParser):
    """Rows of every table, cells as text; XML spreadsheets use the names Row, Cell and Table alike."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.span = 1
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rsplit(":", maxsplit=1)[-1]
        if name in {"script", "style"}:
            self.silent += 1
        elif name == "table":
            self.tables.append([])
        elif name in {"tr", "row"} and self.tables:
            self._close_cell()
            self.tables[-1].append([])
        elif name in {"td", "th", "cell"} and self.tables and self.tables[-1]:
            self._close_cell()
            self.cell = []
            wanted = dict(attrs).get("colspan") or "1"
            self.span = min(int(wanted), 1000) if wanted.isdecimal() else 1
        elif name == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        name = tag.rsplit(":", maxsplit=1)[-1]
        if name in {"script", "style"}:
            self.silent = max(0, self.silent - 1)
        elif name in {"td", "th", "cell", "tr", "row", "table"}:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def _close_cell(self) -> None:
        if self.cell is None or not self.tables or not self.tables[-1]:
            return
        self.tables[-1][-1] += ["".join(self.cell).strip(), *[""] * (self.span - 1)]
        self.cell = None


def declared_charset(head: bytes) -> str | None:
    """Encoding the page names for itself, GB2312 and GBK read as their superset; None where it is none of a text."""
    found = re.search(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]+)""", head[:4096], re.IGNORECASE)
    name = found[1].decode("ascii").lower() if found else None
    if name is None or not TEXT_CHARSETS.match(name):
        return None
    try:
        return "gb18030" if name in {"gb2312", "gbk", "gb18030"} else codecs.lookup(name).name
    except LookupError:
        return None


def html_grid(text: str, encoding: str, limits: Limits) -> Grid:
    """Grid of the largest table of a page.

    Raises
    ------
    DataProblem
        HTML_NOT_EXCEL where there is no table with rows.
    """
    page = _Tables()
    page.feed(text)
    page.close()
    tables = [[row for row in table if row] for table in page.tables]
    rows = max(tables, key=lambda table: sum(map(len, table)), default=[])
    if len(rows) < 2:
        raise DataProblem(Problem.HTML_NOT_EXCEL)
    width = max(map(len, rows))
    ensure_size(width, len(rows), limits)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    cells: list[Any] = [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]
    grid = Grid(cells, np.arange(1, len(rows) + 1, dtype=np.int32))
    grid.facts = {"encoding": encoding, "format": "html"}
    grid.notes.append({"code": "html_table"})
    return grid
