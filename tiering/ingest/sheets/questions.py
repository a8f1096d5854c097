"""What stays open about a table: its header, its amount, or whether it was cut rightly at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tiering.ingest.meaning.roles import Keys
from tiering.ingest.sheets.assembled import Assembled
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.header import OFFERED, find_header
from tiering.ingest.sheets.header_names import column_letter

SHOWN_ROWS, SHOWN_CELLS, SHOWN_CHARACTERS = 3, 8, 60


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
