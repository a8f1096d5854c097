"""Which sheet of a workbook is the table: the only one, the obvious one, or the one somebody is asked for."""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tiering.ingest.bytes.guard import WorkbookFacts, ensure_harmless
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.header import Header, find_header
from tiering.ingest.sheets.workbook_grids import read_sheets, sheet_grid
from tiering.problems import DataProblem, Problem

ALL = "*"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MUCH_LARGER = 5


def workbook_grid(
    path: Path, zipped: bool, answers: Mapping[str, Any], limits: Limits
) -> tuple[Grid, list[dict[str, Any]]]:
    """Grid of the sheet that is the table, and the question where several could be.

    Raises
    ------
    DataProblem
        What the guard finds; DAMAGED, PASSWORD, EMPTY.
    """
    facts = ensure_harmless(path, limits) if zipped else _ensure_open(path)
    grids = {sheet.name: sheet_grid(sheet) for sheet in read_sheets(path, limits)}
    choice = answers.get("sheet")
    if choice == ALL:
        for name in grids:
            facts.ensure_computed(name)
        return _together(list(grids.values())), []
    grid, questions = (grids[choice], []) if choice in grids else _chosen(grids)
    facts.ensure_computed(grid.facts["sheet"])
    hidden = facts.hidden_rows(grid.facts["sheet"])
    if hidden:
        grid.notes.append({"code": "hidden_rows", "count": hidden})
    return grid, questions


def _ensure_open(path: Path) -> WorkbookFacts:
    """Refuse a new workbook that a password has wrapped into an old one, whatever it is called."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(ENCRYPTED) >= 0:
            raise DataProblem(Problem.PASSWORD)
    return WorkbookFacts()


def _chosen(grids: dict[str, Grid]) -> tuple[Grid, list[dict[str, Any]]]:
    tables = {name: grid for name, grid in grids.items() if _is_table(grid)} or grids
    grid, questions = (next(iter(tables.values())), []) if len(tables) == 1 else _among(tables)
    others = [name for name in grids if name != grid.facts["sheet"]]
    if others and not questions:
        grid.notes.append({"code": "other_sheets", "sheets": others})
    return grid, questions


def _is_table(grid: Grid) -> bool:
    return grid.width >= 2 and len(grid.lines) >= 2


def _among(tables: dict[str, Grid]) -> tuple[Grid, list[dict[str, Any]]]:
    """The sheet that is clearly the table, else the first with a question."""
    sizes = {name: len(grid.lines) * grid.width for name, grid in tables.items()}
    ranked = sorted(sizes, key=lambda name: -sizes[name])
    same = _same_shape(tables)
    if not same and sizes[ranked[0]] >= MUCH_LARGER * sizes[ranked[1]]:
        return tables[ranked[0]], []
    first = tables[next(iter(tables))] if same else tables[ranked[0]]
    return first, [_question(tables, same)]


def _names(grid: Grid) -> tuple[str, ...]:
    header: Header = find_header(grid)
    return header.names if header.lines else ()


def _same_shape(tables: dict[str, Grid]) -> bool:
    names = {_names(grid) for grid in tables.values()}
    return len(names) == 1 and bool(next(iter(names)))


def _question(tables: dict[str, Grid], same: bool) -> dict[str, Any]:
    choices = [
        {"value": name, "rows": len(grid.lines), "preview": [list(row.cells[:8]) for row in grid.first_rows(4)]}
        for name, grid in tables.items()
    ]
    if same:
        choices.append({"value": ALL, "rows": sum(len(grid.lines) for grid in tables.values()), "preview": []})
    return {"code": "sheet", "evidence": {"sheets": list(tables), "same_columns": same}, "choices": choices}


def _together(grids: list[Grid]) -> Grid:
    """All sheets under the first one's header; the other headers are repeats. Lines count on from sheet to sheet."""
    width = grids[0].width
    if any(grid.width != width for grid in grids):
        raise DataProblem(Problem.NOT_A_TABLE, found=max(grid.width for grid in grids), counted=width)
    lines, last = [], 0
    for grid in grids:
        lines.append(grid.lines + last)
        last += len(grid.lines)
    cells = [pa.concat_arrays([grid.cells[place] for grid in grids]) for place in range(width)]
    native = [any(grid.native[place] for grid in grids) for place in range(width)]
    whole = Grid(cells, np.concatenate(lines).astype(np.int32), native=native)
    whole.facts = {"sheet": ALL, "sheets": [grid.facts["sheet"] for grid in grids]}
    whole.notes = [note for grid in grids for note in grid.notes]
    return whole
