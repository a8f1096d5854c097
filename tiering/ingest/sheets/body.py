"""The rows of a table below its header: blank lines, repeated headers, totals and footers told from records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.sheets.grid import Grid, OddRecord
from tiering.ingest.sheets.header import Header
from tiering.ingest.sheets.header_rows import is_header_word
from tiering.ingest.sheets.total_rows import contradicts, is_total_word, likely_label, total_label
from tiering.ingest.sheets.vocabulary import is_footer_word
from tiering.ingest.values.cells import filled_rows, is_coded, looks, rows_equal

TAIL = 40
LOOKED_AT = 200


@dataclass
class Body:
    """Even records that are left, odd ones that are still to be read, and what was excluded by reason."""

    keep: np.ndarray
    odd: list[OddRecord]
    excluded: Counter[str] = field(default_factory=Counter)
    excluded_lines: dict[int, str] = field(default_factory=dict)

    def exclude(self, line: int, reason: str) -> None:
        """Count one line out."""
        self.excluded[reason] += 1
        self.excluded_lines[line] = reason


def find_body(grid: Grid, header: Header) -> Body:
    """What is left of a grid below its header."""
    top = max((*header.lines, *header.above), default=0)
    body = Body(grid.lines > top, [record for record in grid.odd if record.line > top])
    for record in [record for record in grid.odd if record.line <= top and record.line not in header.lines]:
        _exclude_above(body, record)
    for index in np.flatnonzero(grid.lines <= top):
        line = int(grid.lines[index])
        if line not in header.lines:
            blank = not any(column[int(index)].as_py().strip() for column in grid.cells)
            body.exclude(line, "blank" if blank else "title")
    _exclude_blank(grid, body)
    _exclude_repeats(grid, header, body)
    _exclude_other_table(grid, header, body)
    _exclude_totals(grid, body)
    _exclude_tail(grid, body)
    return body


def _exclude_above(body: Body, record: OddRecord) -> None:
    if record.reason == "declaration" or record.raw.strip():
        body.exclude(record.line, "title")
    else:
        body.exclude(record.line, "blank")


def _exclude_blank(grid: Grid, body: Body) -> None:
    filled = np.zeros(len(grid.lines), bool)
    for column in grid.cells:
        if filled.all():
            break
        rest = np.flatnonzero(~filled)
        part = column if len(rest) == len(column) else column.take(pa.array(rest))
        filled[rest] = filled_rows(part)
    for index in np.flatnonzero(body.keep & ~filled):
        body.exclude(int(grid.lines[index]), "blank")
    body.keep &= filled
    for record in [record for record in body.odd if not record.reason and not record.raw.strip(" \t,;|\"'，")]:
        body.odd.remove(record)
        body.exclude(record.line, "blank")


def _exclude_repeats(grid: Grid, header: Header, body: Body) -> None:
    """Lines equal to a header line, as where pages were joined."""
    if not header.lines:
        return
    for line in header.lines:
        cells = _cells_of_line(grid, line)
        if not any(cells):
            continue
        if len(cells) == grid.width:
            _exclude_equal(grid, cells, body)
        for record in [one for one in body.odd if one.readings and _stripped(one.readings[0]) == cells]:
            body.odd.remove(record)
            body.exclude(record.line, "repeated_header")


def _exclude_other_table(grid: Grid, header: Header, body: Body) -> None:
    """From a line of other header words after a blank line on, everything belongs to another table."""
    blanks = {line for line, reason in body.excluded_lines.items() if reason == "blank"}
    after = sorted(line + 1 for line in blanks if line + 1 not in blanks)[:LOOKED_AT]
    start = next(
        (line for line in after if header.lines and _is_other_header(_cells_of_line(grid, line), header)), None
    )
    if start is None:
        return
    for index in np.flatnonzero(body.keep & (grid.lines >= start)):
        body.exclude(int(grid.lines[index]), "other_table")
    body.keep &= grid.lines < start
    for record in [record for record in body.odd if record.line >= start]:
        body.exclude(record.line, "other_table")
    body.odd = [record for record in body.odd if record.line < start]


def _is_other_header(cells: tuple[str, ...], header: Header) -> bool:
    filled = [cell for cell in cells if cell]
    known = sum(is_header_word(cell) for cell in filled)
    words = all(looks(cell) == "text" for cell in filled)
    return len(filled) >= 2 and words and known >= max(2, 0.6 * len(filled)) and not set(filled) <= set(header.names)


def _exclude_equal(grid: Grid, cells: tuple[str, ...], body: Body) -> None:
    same = body.keep.copy()
    for column, cell in zip(grid.cells, cells, strict=True):
        places = np.flatnonzero(same)
        if not len(places):
            return
        same[places] = rows_equal(column.take(pa.array(places)), cell)
    for index in np.flatnonzero(same):
        body.exclude(int(grid.lines[index]), "repeated_header")
    body.keep &= ~same


def _cells_of_line(grid: Grid, line: int) -> tuple[str, ...]:
    place = int(np.searchsorted(grid.lines, line))
    if place < len(grid.lines) and grid.lines[place] == line:
        return tuple(column[place].as_py().strip() for column in grid.cells)
    record = next((record for record in grid.odd if record.line == line), None)
    return _stripped(record.readings[0]) if record and record.readings else ()


def _stripped(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


def _exclude_totals(grid: Grid, body: Body) -> None:
    """Lines labelled as a total that leave other cells of words empty."""
    if not grid.width:
        return
    for index in sorted({at for column in grid.cells for at in _total_places(column)}):
        cells = [column[index].as_py() for column in grid.cells]
        if body.keep[index] and _is_total(cells) and not (_is_doubtful(cells) and contradicts(grid, body.keep, index)):
            body.keep[index] = False
            body.exclude(int(grid.lines[index]), "total")
    for record in [record for record in body.odd if record.readings and _is_total(record.readings[0])]:
        body.odd.remove(record)
        body.exclude(record.line, "total")


def _is_doubtful(cells: list[str]) -> bool:
    """Whether somebody may be called what the row is labelled with."""
    return {"sure"}.isdisjoint(total_label(cell) for cell in cells)


def _total_places(column: pa.Array) -> list[int]:
    """Places of total labels, looked for among the distinct values only."""
    values = column.dictionary if is_coded(column) else column
    likely = np.flatnonzero(pc.match_substring_regex(values, likely_label()).to_numpy(zero_copy_only=False))
    labels = [place for place in likely.tolist() if is_total_word(values[place].as_py())]
    if not labels or not is_coded(column):
        return labels
    return np.flatnonzero(np.isin(column.indices.to_numpy(), labels)).tolist()


def _is_total(cells: list[str] | tuple[str, ...]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    labels = [cell for cell in filled if is_total_word(cell)]
    others = [cell for cell in filled if looks(cell) == "text" and not is_total_word(cell)]
    numbers = [cell for cell in filled if looks(cell) == "number"]
    if not labels or (is_total_word(filled[-1]) and len(filled) > 1 and not numbers):
        return False
    gaps = len(cells) - len(filled)
    return len(others) <= len(filled) * 0.34 and (gaps >= 1 or len(cells) <= 2) and bool(numbers or len(filled) == 1)


def _exclude_tail(grid: Grid, body: Body) -> None:
    """Notes under the table: below a blank line whatever has a cell or two of words, else what begins like a note."""
    apart = _lines_apart(grid, body)
    for row in reversed(grid.last_rows(TAIL)):
        kept = (row.index >= 0 and body.keep[row.index]) or any(record.line == row.line for record in body.odd)
        if not kept:
            if row.line in body.excluded_lines:
                continue
            return
        if not (_is_note(row.cells, grid.width) or (row.line in apart and _has_few_words(row.cells, grid.width))):
            return
        body.exclude(row.line, "footer")
        if row.index >= 0:
            body.keep[row.index] = False
        body.odd = [record for record in body.odd if record.line != row.line]


def _lines_apart(grid: Grid, body: Body) -> set[int]:
    """Lines at the end that a blank line, or a total, parts from the last record of more than a cell or two."""
    apart: list[int] = []
    parted: set[int] = set()
    blanks = {line for line, reason in body.excluded_lines.items() if reason in {"blank", "total"}}
    for row in reversed(grid.last_rows(TAIL)):
        if row.line in body.excluded_lines:
            continue
        if not _has_few_words(row.cells, grid.width):
            break
        apart.append(row.line)
        if row.line - 1 in blanks:
            parted |= set(apart)
    return parted


def _has_few_words(cells: tuple[str, ...], width: int) -> bool:
    """A cell of words, or a word and what it says in a table of more columns; no record has so little."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or width < 2:
        return False
    most = 1 if width < 5 else 2
    return len(filled) <= most and cells[0].strip() != "" and looks(filled[0]) == "text"


def _is_note(cells: tuple[str, ...], width: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or width < 2:
        return False
    few = len(filled) <= max(1, width // 4)
    words = is_footer_word(filled[0]) or (len(filled) == 1 and filled[0].endswith(("。", ".")))
    return few and words and looks(filled[0]) == "text"
