"""Workbooks → grids: cells as they are shown, merged cells filled, the sheets that hold a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.text_grid import ensure_size
from tiering.problems import DataProblem, Problem

WHOLE_DIGITS = 10**15


@dataclass(frozen=True)
class SheetCells:
    """Cells of one sheet from its first row on, with its merged ranges ((row, column), (row, column))."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def read_sheets(path: Path, limits: Limits) -> list[SheetCells]:
    """Cells of all visible sheets that hold anything.

    Raises
    ------
    DataProblem
        DAMAGED, PASSWORD, EMPTY.
    """
    import python_calamine as calamine

    try:
        file = path.open("rb")  # by content: a path would be read as its ending says
        workbook = calamine.CalamineWorkbook.from_filelike(file)
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        found = [_cells(workbook, name, limits) for name in names]
    except calamine.PasswordError as error:
        raise DataProblem(Problem.PASSWORD) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise DataProblem(Problem.DAMAGED, kind="Excel") from error
    filled = [sheet for sheet in found if sheet is not None]
    if not filled:
        raise DataProblem(Problem.EMPTY)
    return filled


def _cells(workbook: Any, name: str, limits: Limits) -> SheetCells | None:
    sheet = workbook.get_sheet_by_name(name)
    if not sheet.height or not sheet.width:
        return None
    ensure_size(sheet.total_width, sheet.total_height, limits)
    rows = sheet.to_python(skip_empty_area=False)
    return SheetCells(name, rows, _merged(sheet))


def _merged(sheet: Any) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(sheet.merged_cell_ranges or [])


def sheet_grid(sheet: SheetCells, first_line: int = 1) -> Grid:
    """Grid of one sheet; lines are row numbers as the program shows them."""
    columns = list(zip(*sheet.rows, strict=True))
    texts = [column_text(column) for column in columns]
    while len(texts) > 1 and not any(texts[-1][0]):
        texts.pop()
    lines = np.arange(first_line, first_line + len(sheet.rows), dtype=np.int32)
    notes: list[dict[str, Any]] = []
    filled = _fill_down(texts, sheet.merged)
    if filled:
        notes.append({"code": "filled_down", "cells": filled})
    grid = Grid([pa.array(cells, pa.string()) for cells, _ in texts], lines, native=[native for _, native in texts])
    grid.notes = notes
    grid.joiner = ","
    grid.facts = {"sheet": sheet.name}
    return grid


def _fill_down(texts: list[tuple[list[str], bool]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Write the value of a merged cell into each row it spans; number of cells filled."""
    filled = 0
    for (top, left), (bottom, right) in merged:
        if left != right or bottom == top or left >= len(texts):
            continue
        column = texts[left][0]
        for row in range(top + 1, min(bottom + 1, len(column))):
            if not column[row] and column[top]:
                column[row] = column[top]
                filled += 1
    return filled


def column_text(column: Sequence[Any]) -> tuple[list[str], bool]:
    """Cells of a column as shown, and whether its numbers are cells of numbers."""
    types = set(map(type, column))
    if types == {str}:
        return list(column), False
    shown: dict[tuple[type, Any], str] = {}
    writers: dict[type, Callable[[Any], str]] = {
        float: number_shown,
        int: number_shown,
        bool: lambda value: "TRUE" if value else "FALSE",
        datetime: _moment_shown,
        timedelta: _duration_shown,
        date: str,
        time: str,
    }

    def text(value: Any) -> str:
        if type(value) is str:
            return value
        key = (type(value), value)
        if key not in shown:
            shown[key] = writers.get(type(value), str)(value)
        return shown[key]

    return [text(value) for value in column], bool(types & {float, int})


def number_shown(value: float) -> str:
    """Number as a person would type it: 15 digits count, none behind the point where it is whole.

    Examples
    --------
    >>> number_shown(71351.07000000001), number_shown(17850.0)
    ('71351.07', '17850')
    """
    if abs(value) < WHOLE_DIGITS and value == int(value):
        return str(int(value))
    return f"{Decimal(format(value, '.15g')):f}"


def _moment_shown(moment: datetime) -> str:
    if moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    return str(moment.replace(microsecond=0))


def _duration_shown(duration: timedelta) -> str:
    seconds = round(duration.total_seconds())
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
