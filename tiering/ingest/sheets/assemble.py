"""Grid → typed table, open questions and a full account: header, body, kinds, repair and values in that order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.clean.set_aside import Aside
from tiering.ingest.meaning.header_match import Keys, find_keys
from tiering.ingest.sheets.assembled import Assembled, Rows, assembled
from tiering.ingest.sheets.body import Body, find_body
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.header import OFFERED, Header, find_header, without_empty_columns
from tiering.ingest.sheets.repair import Fit, Mended, filled_down, find_gaps, mend
from tiering.ingest.sheets.repair import question as fill_down_question
from tiering.ingest.sheets.vocabulary import column_letter
from tiering.ingest.values.cells import as_text
from tiering.ingest.values.columns import Distinct, census, distinct
from tiering.ingest.values.kinds import Judged, judge_all, judge_by_header
from tiering.ingest.values.number_columns import NumberForm, number_column
from tiering.ingest.values.remarks import remarks, without_point_zero
from tiering.ingest.values.separators import choose
from tiering.ingest.values.typed import TypedColumn, date_column, text_column, untouched_column
from tiering.problems import DataProblem, Problem

FEWEST_TO_JUDGE = 3
MANY_REPAIRED = 0.2
SHOWN_ROWS, SHOWN_CELLS, SHOWN_CHARACTERS = 3, 8, 60


def assemble(grid: Grid, answers: Mapping[str, Any], limits: Limits) -> Assembled:
    """Table of a grid; with the answer ``as_is`` every cell as it is written.

    Raises
    ------
    DataProblem
        NO_ROWS, NO_AMOUNT.
    """
    header = find_header(grid, answers.get("header"))
    header, left_out = (header, 0) if answers.get("as_is") else without_empty_columns(grid, header)
    _widen(grid, header)
    body = find_body(grid, header)
    cells = [_kept(column, body.keep) for column in grid.cells]
    counts = [census(column) for column in cells]
    columns = judge_all(header.names, counts, header.titles)
    keys = find_keys(columns, counts, answers.get("columns"))
    mended = _mend(grid, body, columns, cells, keys)
    rows = _with_mended(cells, grid.lines[body.keep], mended)
    if len(rows.repaired) > MANY_REPAIRED * len(rows.lines):
        counts = [census(column) for column in rows.cells]
        columns = judge_all(header.names, counts, header.titles)
        keys = find_keys(columns, counts, answers.get("columns"))
    if not len(rows.lines):
        raise DataProblem(Problem.NO_ROWS, columns=list(header.names))
    if answers.get("as_is"):
        columns, keys = [Judged(one.name, "text", frozenset()) for one in columns], Keys(None)
    gaps = _fill(columns, rows, answers)
    notes = _tidy_ids(columns, rows)
    values = [distinct(column) for column in rows.cells]
    choices = choose(columns, values, grid, answers)
    if answers.get("as_is"):
        typed = [untouched_column(column) for column in rows.cells]
    else:
        typed = [_typed(*one) for one in zip(columns, values, rows.cells, choices.marks, choices.orders, strict=True)]
    aside = _put_aside(values, typed, (columns, keys), limits)
    came = assembled(grid, (header, body), (columns, typed, rows), (mended, aside))
    for one, cells_seen, native in zip(columns, values, grid.native, strict=True):
        notes += remarks(one, cells_seen, native)
    if left_out:
        notes.append({"code": "empty_columns", "count": left_out})
    if header.sureness == "assumed":
        notes.append({"code": "header_assumed", "line": header.lines[0]})
    came.notes = grid.notes + notes
    came.questions = open_questions(choices.questions + gaps, keys, (came, grid))
    return came


def _fill(columns: list[Judged], rows: Rows, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Fill blanks from above where somebody said so; the question where nobody has been asked."""
    gaps = find_gaps(columns, rows.cells)
    if not gaps.places or answers.get("fill_down") == "no":
        return []
    if answers.get("fill_down") != "yes":
        first = gaps.places[0]
        return [fill_down_question(columns[first].name, rows.cells[first], gaps)]
    for place in gaps.places:
        rows.cells[place] = filled_down(rows.cells[place])
    return []


def _tidy_ids(columns: list[Judged], rows: Rows) -> list[dict[str, Any]]:
    notes = []
    for place, one in enumerate(columns):
        tidy = without_point_zero(rows.cells[place]) if one.kind == "id" else None
        if tidy is not None:
            rows.cells[place] = tidy
            notes.append({"code": "id_point_zero", "column": one.name})
    return notes


def _widen(grid: Grid, header: Header) -> None:
    """Columns the header names but no even record fills."""
    while grid.width < header.width:
        grid.cells.append(pa.array([""] * len(grid.lines), pa.string()))
        grid.native.append(False)


def _kept(column: pa.Array, keep: np.ndarray) -> pa.Array:
    """Kept rows of a column, without a copy where they follow each other."""
    places = np.flatnonzero(keep)
    if len(places) and places[-1] - places[0] + 1 == len(places):
        return column.slice(int(places[0]), len(places))
    return column.filter(pa.array(keep))


def _mend(grid: Grid, body: Body, columns: list[Judged], cells: list[pa.Array], keys: Keys) -> list[Mended]:
    known = columns if len(cells[0]) >= FEWEST_TO_JUDGE else [judge_by_header(one.name) for one in columns]
    fits = [Fit(judged, column) for judged, column in zip(known, cells, strict=True)]
    needed = frozenset() if keys.amount is None else frozenset({keys.amount})
    return [mend(record, fits, needed, grid.joiner) for record in body.odd]


def _with_mended(cells: list[pa.Array], lines: np.ndarray, mended: list[Mended]) -> Rows:
    good = [one for one in mended if not one.reason]
    if not good:
        return Rows(cells, lines, set())
    together = np.concatenate((lines, np.array([one.line for one in good], np.int32)))
    order = np.argsort(together, kind="stable")
    columns = [
        pa.concat_arrays([as_text(column), pa.array([one.cells[place] for one in good], pa.string())])
        for place, column in enumerate(cells)
    ]
    columns = [column.take(pa.array(order)) for column in columns]
    return Rows(columns, together[order], {one.line for one in good})


def _typed(judged: Judged, values: Distinct, column: pa.Array, mark: Any, order: Any) -> TypedColumn:
    if judged.numeric:
        return number_column(values, NumberForm(mark, judged.factor, judged.takes))
    if judged.kind == "date":
        return date_column(values, order)
    return text_column(column, values, trimmed=judged.kind == "id")


def _put_aside(
    values: list[Distinct], typed: list[TypedColumn], judged: tuple[list[Judged], Keys], limits: Limits
) -> Aside:
    """Rows with a cell that is no value of its column, an empty amount or a cell too long to be one."""
    columns, keys = judged
    aside = Aside(len(typed[0].bad))
    for column in values:
        long = pc.greater(pc.utf8_length(column.values), limits.cell_characters).to_numpy(zero_copy_only=False)
        if long.any():
            aside.mark(column.rows(long), "too_long")
    for one, cells in zip(columns, typed, strict=True):
        aside.mark(cells.bad, "date" if one.kind == "date" else "amount")
    if keys.amount is not None:
        empty = typed[keys.amount].empty
        if empty.mean() <= 0.5:
            aside.mark(empty, "missing")
    return aside


def open_questions(asked: list[dict[str, Any]], keys: Keys, table: tuple[Assembled, Grid]) -> list[dict[str, Any]]:
    """All that is open about a table, the header first."""
    came, grid = table
    questions = list(asked)
    if came.header.sureness == "absent":
        questions.insert(0, header_question(grid))
    if keys.ask is not None:
        questions.append(keys.ask)
    used, lost = len(came.rows), Counter(one.reason for one in came.set_aside)
    if sum(lost.values()) > used and not any(one["code"] == "columns" for one in questions):
        evidence = {"why": "mostly_set_aside", "used": used, "set_aside": dict(lost)}
        questions.append({"code": "columns", "evidence": evidence, "choices": []})
    return questions


def header_question(grid: Grid) -> dict[str, Any]:
    """Which line holds the names: none, or one of the first lines that hold anything; any other may be typed.

    Each answer shows the names it gives and the rows that follow, as a small table.
    """
    rows = [row for row in grid.first_rows(OFFERED + SHOWN_ROWS + 20) if any(cell.strip() for cell in row.cells)]
    letters = [column_letter(place) for place in range(grid.width)]
    without = _table([letters, *(row.cells for row in rows[: SHOWN_ROWS - 1])])
    choices: list[dict[str, Any]] = [{"value": "none", "preview": without}]
    for place, row in enumerate(rows[:OFFERED]):
        names = find_header(grid, row.line).names
        shown = [names, *(other.cells for other in rows[place + 1 : place + SHOWN_ROWS])]
        choices.append({"value": row.line, "preview": _table(shown)})
    evidence = {"first_line": _row(rows[0].cells) if rows else [], "lines": [row.line for row in rows[:OFFERED]]}
    return {"code": "header", "evidence": evidence, "choices": choices}


def _table(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [_row(row) for row in rows]


def _row(cells: Sequence[str]) -> list[str]:
    return [cell[:SHOWN_CHARACTERS] for cell in cells[:SHOWN_CELLS]]
