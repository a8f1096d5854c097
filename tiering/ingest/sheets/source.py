"""One file → its table, inside the worker: type by content, the right reader, then the same assembly for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from tiering.ingest.bytes.encoding import decode_file
from tiering.ingest.bytes.filetype import file_type
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.assemble import assemble
from tiering.ingest.sheets.assembled import Assembled
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.header import narrower_header
from tiering.ingest.sheets.header_rows import name_column_between, narrower_question
from tiering.ingest.sheets.html_table import declared_charset, html_grid
from tiering.ingest.sheets.parquet import parquet_grid
from tiering.ingest.sheets.text_grid import text_grid
from tiering.ingest.sheets.workbook import workbook_grid
from tiering.problems import DataProblem, Problem

Progress = Callable[[float], None]
MOST_ASIDE = 0.2
MOST_JOINED = 0.9
WORDS = ("id", "name", "category", "text")


def read_source(
    path: Path, scratch: Path, answers: Mapping[str, Any], limits: Limits, progress: Progress
) -> tuple[Assembled, Grid, list[dict[str, Any]]]:
    """Table of a file with its grid and the questions of the way there.

    Raises
    ------
    DataProblem
        Any code of the file as a whole.
    """
    size = path.stat().st_size
    if not size:
        raise DataProblem(Problem.EMPTY)
    if size > limits.file_bytes:
        raise DataProblem(Problem.TOO_BIG, mebibytes=size >> 20, limit=limits.file_bytes >> 20)
    progress(0.05)
    grid, questions = _grid(path, scratch, answers, limits)
    progress(0.6)
    assembled, grid = _assembled(grid, answers, limits)
    progress(0.95)
    return assembled, grid, questions + assembled.questions


def _assembled(grid: Grid, answers: Mapping[str, Any], limits: Limits) -> tuple[Assembled, Grid]:
    """Table of a grid; where its records have more cells than the header names, they are first read as too many."""
    narrow = narrower_header(grid)
    if narrow == grid.width - 1 and numbers_its_rows(grid):
        name_first_column(grid)
        narrow = None
    if narrow is None or grid.again is None or answers.get("as_is"):
        return assemble(grid, answers, limits), grid
    said = answers.get("columns")
    said = said if isinstance(said, Mapping) else {}
    if "unnamed" not in said:
        tried = grid.again(narrow)
        with suppress(DataProblem):  # not one record fits the header
            assembled = assemble(tried, answers, limits)
            if said.get("joined") or _fits(assembled, tried):
                return assembled, tried
    place = said.get("unnamed")
    if isinstance(place, int):
        name_column_between(grid, place - 1)
    assembled = assemble(grid, answers, limits)
    if "columns" not in answers:
        assembled.questions.append(narrower_question(grid, narrow))
    return assembled, grid


def _fits(assembled: Assembled, grid: Grid) -> bool:
    """Whether the header is right: few records do not fit it, and those that do not only by way of a quirk."""
    lines = assembled.account
    few_aside = len(assembled.set_aside) <= MOST_ASIDE * lines.read
    all_joined = lines.repaired > MOST_JOINED * (lines.clean + lines.repaired)
    return few_aside and not all_joined and not _words_joined(assembled, grid)


def _words_joined(assembled: Assembled, grid: Grid) -> bool:
    """Whether most lines fit the header only because two cells of words became one: either may be meant."""
    table = assembled.rows.table()
    words = [table[one.name] for one in assembled.columns if one.kind in WORDS]
    return any(2 * (pc.sum(pc.match_substring(column, grid.joiner)).as_py() or 0) > len(table) for column in words)


def _grid(path: Path, scratch: Path, answers: Mapping[str, Any], limits: Limits) -> tuple[Grid, list[dict[str, Any]]]:
    with path.open("rb") as file:
        head = file.read(1 << 16)
        file.seek(max(0, path.stat().st_size - 8))
        tail = file.read(8)
    kind, name = file_type(head, tail)
    if kind == "refused":
        raise DataProblem(Problem.WRONG_TYPE, kind=name)
    if kind == "binary":
        raise DataProblem(Problem.NOT_TEXT, kind=name)
    if kind == "parquet":
        if name == "cut":
            raise DataProblem(Problem.DAMAGED, kind="Parquet")
        return parquet_grid(path, limits), []
    if kind in {"workbook", "xls"}:
        return workbook_grid(path, kind == "workbook", answers, limits)
    if kind == "html":
        return _html(path, scratch, head, limits), []
    return _text(path, scratch, answers, limits)


def _html(path: Path, scratch: Path, head: bytes, limits: Limits) -> Grid:
    decoded = decode_file(path, scratch, declared_charset(head))
    return html_grid(bytes(decoded.text).decode("utf-8"), decoded.encoding, limits)


def _text(path: Path, scratch: Path, answers: Mapping[str, Any], limits: Limits) -> tuple[Grid, list[dict[str, Any]]]:
    decoded = decode_file(path, scratch, answers.get("encoding"))
    grid = text_grid(decoded, limits)
    grid.again = lambda width: text_grid(decoded, limits, width)
    if not decoded.rivals:
        return grid, []
    names = [decoded.encoding, *decoded.rivals]
    previews = [{"value": name, "preview": _first_lines(path, name)} for name in names]
    return grid, [{"code": "encoding", "evidence": {"encodings": names}, "choices": previews}]


def _first_lines(path: Path, encoding: str) -> list[list[str]]:
    """The first lines in an encoding, one cell each."""
    with path.open("rb") as file:
        return [[line[:200]] for line in file.read(2048).decode(encoding, errors="replace").splitlines()[:3]]


def numbers_its_rows(grid: Grid) -> bool:
    """Whether the first cells of all records are 1, 2, 3 …"""
    cells = grid.cells[0].to_pylist()
    return len(cells) > 1 and all(cell.strip() == str(number) for number, cell in enumerate(cells, 1))


def name_first_column(grid: Grid) -> None:
    """Put a blank name before those of the header, which is the first record that is not blank."""
    place = next(place for place, record in enumerate(grid.odd) if record.readings and record.raw.strip())
    header = grid.odd[place]
    grid.odd[place] = replace(header, readings=tuple(("", *cells) for cells in header.readings))
    grid.notes.append({"code": "row_numbers", "line": header.line})
