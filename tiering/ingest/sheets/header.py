"""Where a table begins: title lines, one or two header rows, or none; and the names they give."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pyarrow as pa

from tiering.ingest.meaning.fields import fields, normalised_header
from tiering.ingest.meaning.periods import period_of
from tiering.ingest.sheets.grid import Grid, Row
from tiering.ingest.sheets.vocabulary import header_roles
from tiering.ingest.values.looks import looks

HEAD = 60
RUNNING = re.compile(r"(19|20)\d\d([-/年.]?\d{0,2}月?)?|\d{1,2}月?")
MOST_LINES = 4  # of a header below its first
Sureness = Literal["sure", "assumed", "absent"]


@dataclass(frozen=True)
class Header:
    """Names of the columns, the lines they stand on and the lines above; no lines where names are made up.

    ``titles`` are the filled cells of the lines above.
    """

    names: tuple[str, ...]
    lines: tuple[int, ...]
    above: tuple[int, ...]
    sureness: Sureness
    width: int
    titles: tuple[str, ...] = ()


def find_header(grid: Grid, choice: int | Literal["none"] | None = None) -> Header:
    """Header of a grid.

    Parameters
    ----------
    choice
        Line somebody chose as the header, or ``"none"``.
    """
    rows = [row for row in grid.first_rows(HEAD) if any(cell.strip() for cell in row.cells)]
    if choice == "none" or not rows:
        return _made_up(grid, "sure" if rows else "absent")
    places = range(min(30, len(rows)))
    if choice is not None:
        place = next((at for at in places if rows[at].line == choice), None)
        return _made_up(grid, "absent") if place is None else _header_at(rows, place, grid, "sure")
    body = _body_looks(grid)
    for place in places:
        if _could_be_header(rows[place], grid.width, body):
            return _header_at(rows, place, grid, _sureness(rows, place, body))
    return _made_up(grid, "absent")


def narrower_header(grid: Grid) -> int | None:
    """Cells of a header that names fewer columns than the records have cells, none of those beyond it blank."""
    for row in grid.first_rows(12):
        cells = [cell.strip() for cell in row.cells]
        if len(cells) >= 2 and all(cells) and any(is_header_word(cell) for cell in cells):
            full = len(cells) < grid.width and all(looks(cell) == "text" for cell in cells)
            return len(cells) if full and _beyond_is_filled(grid, len(cells)) else None
    return None


def _beyond_is_filled(grid: Grid, width: int) -> bool:
    cells = [cell.strip() for column in grid.cells[width:] for cell in column.slice(0, 200).to_pylist()]
    return sum(map(bool, cells)) > 0.5 * len(cells)


def _body_looks(grid: Grid) -> list[Counter[str]]:
    """What the cells of each column look like, the first even row left out."""
    size = len(grid.lines)
    step = max(1, size // 200)
    return [
        Counter(looks(cell) for cell in column.take(pa.array(np.arange(1, size, step))).to_pylist())
        for column in grid.cells
    ]


def _usual(column: Counter[str]) -> str:
    """What a column's filled cells mostly look like."""
    filled = {look: count for look, count in column.items() if look != "blank"}
    return max(filled, key=lambda look: filled[look]) if filled else "blank"


def _could_be_header(row: Row, width: int, body: list[Counter[str]]) -> bool:
    cells = [cell.strip() for cell in row.cells]
    filled = [cell for cell in cells if cell]
    if len(filled) < max(1, min(width, 0.5 * width if width > 3 else 0.6 * width)) or len(cells) > 1.5 * width + 2:
        return False
    if width > 1 and len(filled) == 1:
        return False
    strange = [cell for cell in filled if looks(cell) in {"number", "date"}]
    if strange and not _are_periods(strange, cells, body):
        return False
    return bool(len(strange) < len(filled))


def _are_periods(strange: list[str], cells: Sequence[str], body: list[Counter[str]]) -> bool:
    """Years, months or running numbers as column names: all different, over columns of other numbers."""
    if len(set(strange)) < len(strange) or len(strange) < 2:
        return False
    dates_below = any(_usual(column) == "date" for cell, column in zip(cells, body, strict=False) if cell in strange)
    return all(RUNNING.fullmatch(cell) or (period_of(cell) and not dates_below) for cell in strange)


def _sureness(rows: list[Row], place: int, body: list[Counter[str]]) -> Sureness:
    """Sure where a name is known or a column below it is of another kind."""
    cells = rows[place].cells
    if any(is_header_word(cell) for cell in cells):
        return "sure"
    for cell, column in zip(cells, body, strict=False):
        if _usual(column) in {"number", "date"} and looks(cell) == "text":
            return "sure"
    return "assumed"


def is_header_word(cell: str) -> bool:
    """Whether a cell is a word of headers."""
    return 0 < len(cell.strip()) <= 40 and (bool(header_roles(cell)) or normalised_header(cell) in _field_words())


def _field_words() -> frozenset[str]:
    return frozenset(word for field in fields().values() for word in field.words + field.alone)


def _header_at(rows: list[Row], place: int, grid: Grid, sureness: Sureness) -> Header:
    first = rows[place]
    taken = [first, *_further_lines(rows[place:], grid)]
    if len(taken) == 1 and place + 1 < len(rows) and _continues(first, rows[place + 1], grid):
        taken.append(rows[place + 1])
    width = max(grid.width, len(_trimmed(first.cells)))
    names = _joined([row.cells for row in taken], width)
    above = tuple(row.line for row in rows[:place])
    titles = tuple(cell for row in rows[:place] for cell in row.cells if cell.strip())
    return Header(unique_names(names), tuple(row.line for row in taken), above, sureness, width, titles)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Cells without the empty ones at the end."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _further_lines(rows: list[Row], grid: Grid) -> list[Row]:
    """Lines of a header of several, under names that span lines and columns; none where it is not clearly one.

    In each the first column is blank or as above, a cell merged over lines, and there is nothing but words; together
    they fill every gap of the first line. The records below begin with something else.
    """
    upper = [cell.strip() for cell in rows[0].cells]
    gaps = {place for place, cell in enumerate(upper) if not cell}
    again = {"", upper[0]} if upper else {""}
    taken: list[Row] = []
    for row in rows[1 : MOST_LINES + 1]:
        cells = [cell.strip() for cell in row.cells]
        if row.index < 0 or len(cells) != len(upper) or cells[0] not in again or not _are_words(cells):
            break
        taken.append(row)
        gaps -= {place for place, cell in enumerate(cells) if cell}
    below = rows[len(taken) + 1 : len(taken) + 2]
    spans = len(again) == 2 and not all(upper) and not gaps
    clear = len(taken) > 1 and bool(below) and below[0].cells[0].strip() not in again
    return taken if spans and clear else []


def _are_words(cells: Sequence[str]) -> bool:
    return not any(looks(cell) in {"number", "date"} for cell in cells if cell)


def _continues(first: Row, second: Row, grid: Grid) -> bool:
    """A second header row fills gaps of the first and holds nothing but words."""
    upper = [cell.strip() for cell in first.cells]
    lower = [cell.strip() for cell in second.cells]
    if second.index < 0 or len(upper) != len(lower) or not any(lower):
        return False
    if not _are_words(lower):
        return False
    gaps = [place for place, cell in enumerate(upper) if not cell]
    fills = [place for place in gaps if lower[place]]
    if fills and len(fills) == len(gaps):
        body = _body_looks(grid)
        return any(_usual(body[place]) in {"number", "date"} for place in fills) or all(
            is_header_word(lower[p]) for p in fills
        )
    return False


def _joined(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Names over one or more rows; a name over several columns holds for those that follow it."""
    names = [*rows[0], *[""] * width][:width]
    for before, row in pairwise(rows):
        upper, names, current = names, [], ""
        for place in range(width):
            below = row[place].strip() if place < len(row) and row[place] not in before[place : place + 1] else ""
            current = upper[place].strip() or (current if below else "")
            names.append(" ".join(part for part in (current, below) if part))
    return names


def cleaned_name(name: str) -> str:
    """Header cell without line breaks, marks and odd spaces.

    Examples
    --------
    >>> cleaned_name("　客户\\n名称 ")
    '客户 名称'
    """
    shown = unicodedata.normalize("NFC", name).replace("\ufeff", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", "".join(" " if not char.isprintable() else char for char in shown)).strip()


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Cleaned names, blank ones called by their place, repeated ones numbered from ``_2``."""
    seen: set[str] = set()
    kept = []
    wanted = [cleaned_name(name) for name in names]
    for place, name in enumerate(wanted, 1):
        base = name or f"column_{place}"
        unique, number = base, 2
        while unique in seen or (unique != base and unique in wanted):
            unique, number = f"{base}_{number}", number + 1
        seen.add(unique)
        kept.append(unique)
    return tuple(kept)


def _made_up(grid: Grid, sureness: Sureness) -> Header:
    names = tuple(f"column_{place}" for place in range(1, grid.width + 1))
    return Header(names, (), (), sureness, grid.width)
