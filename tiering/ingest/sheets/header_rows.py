"""Which of the first rows of a grid holds the names, and which column has none where a name is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from tiering.ingest.meaning.fields import fields, normalised_header
from tiering.ingest.meaning.periods import period_of
from tiering.ingest.sheets.grid import Grid, OddRecord, Row
from tiering.ingest.sheets.vocabulary import cleaned_name, header_roles
from tiering.ingest.values.cells import looks
from tiering.ingest.values.dates import date_text

TYPED = frozenset({"number", "date"})
RUNNING = re.compile(r"(19|20)\d\d([-/年.]?\d{0,2}月?)?|\d{1,2}月?")
LABEL = re.compile(r".{1,20}[:：]\s*(?:\S.*)?")
RARELY = 0.05  # of a column's cells are numbers: a number above them is a name
STRAY = 0.1  # of the cells of the fullest column: a column of so few is no part of the table
FURTHER = 6
CLEARLY_BETTER = 0.3
MOST_OFFERED = 5
OF_NUMBERS = frozenset({"amount", "price", "quantity", "share"})
OF_WORDS = frozenset({"name", "other"})


@dataclass(frozen=True)
class Below:
    """What the cells of each column look like, the first even row left out."""

    columns: list[Counter[str]]

    @cached_property
    def usual(self) -> list[str]:
        """What each column's filled cells mostly look like; ``blank`` for an empty one."""
        return [_most(column) for column in self.columns]

    @cached_property
    def filled(self) -> list[int]:
        """Places of the columns that hold more than a stray cell; all of them where there are no rows."""
        counts = [sum(column.values()) - column["blank"] for column in self.columns]
        places = [place for place, count in enumerate(counts) if count > STRAY * max(counts, default=0)]
        return places or list(range(len(self.columns)))

    def numbers(self, place: int) -> float:
        """Part of a column's filled cells that are numbers or dates."""
        column = self.columns[place] if place < len(self.columns) else Counter()
        filled = sum(column.values()) - column["blank"]
        return (column["number"] + column["date"]) / filled if filled else 1.0


def _most(column: Counter[str]) -> str:
    filled = {look: count for look, count in column.items() if look != "blank"}
    return max(filled, key=lambda look: filled[look]) if filled else "blank"


def looks_below(grid: Grid) -> Below:
    """A sample of two hundred rows of each column."""
    size = len(grid.lines)
    step = max(1, size // 200)
    rows = pa.array(np.arange(1, size, step))
    return Below([Counter(looks(cell) for cell in column.take(rows).to_pylist()) for column in grid.cells])


def likely_place(rows: Sequence[Row], width: int, below: Below) -> int | None:
    """Place of the row that holds the names; None where the first rows are records already.

    The first that could be it, unless one that follows at once is clearly better: above it stood keys and values.
    """
    places = range(min(30, len(rows)))
    first = next((place for place in places if _could_be_names(rows[place], width, below)), None)
    if first is None:
        return None
    best, words = first, _known(rows[first])
    for place in range(first + 1, min(first + 1 + FURTHER, len(rows))):
        if not _could_be_names(rows[place], width, below) or _is_record(rows[place], below):
            break
        if _goes_on(rows[best], rows[place], below):
            break
        if _filled(rows[place]) >= _filled(rows[best]) and _known(rows[place]) >= words + CLEARLY_BETTER:
            best, words = place, _known(rows[place])
    return best


def _could_be_names(row: Row, width: int, below: Below) -> bool:
    cells = [cell.strip() for cell in row.cells]
    filled = [cell for cell in cells if cell]
    over = sum(1 for place in below.filled if place < len(cells) and cells[place])
    needed = len(below.filled)
    if over < max(1, min(needed, 0.5 * needed if needed > 3 else 0.6 * needed)) or len(cells) > 1.5 * width + 2:
        return False
    labels = sum(bool(LABEL.fullmatch(cell)) for cell in filled if cleaned_name(cell))
    if (width > 1 and len(filled) == 1) or 2 * labels >= len(filled):
        return False
    strange = {place: cell for place, cell in enumerate(cells) if cell and looks(cell) in TYPED}
    if not strange:
        return True
    if all(below.numbers(place) <= RARELY for place in strange):
        return len(set(strange.values())) == len(strange)
    return are_periods(list(strange.values()), strange, below) and len(strange) < len(filled)


def are_periods(cells: Sequence[str], places: Sequence[int] | dict[int, str], below: Below) -> bool:
    """Whether numbers and dates in a header are years, months or running numbers: all different, over numbers."""
    if len(set(cells)) < len(cells) or len(cells) < 2:
        return False
    dates_below = any(place < len(below.usual) and below.usual[place] == "date" for place in places)
    if all(RUNNING.fullmatch(cell) or (_is_period(cell) and not dates_below) for cell in cells):
        return True
    over_numbers = all(place < len(below.usual) and below.usual[place] == "number" for place in places)
    return len(cells) > 2 and over_numbers and all(looks(cell) == "date" for cell in cells)


def _is_period(cell: str) -> bool:
    date = date_text(cell)
    return period_of(cell) is not None or (date is not None and date.dayless)


def _is_record(row: Row, below: Below) -> bool:
    """Whether the row has a number or date where most rows do."""
    typed = [place for place, usual in enumerate(below.usual) if usual in TYPED and place < len(row.cells)]
    return bool(typed) and any(looks(row.cells[place]) in TYPED for place in typed)


def _goes_on(upper: Row, lower: Row, below: Below) -> bool:
    """Whether a row leaves blank what the one above names, and names what that leaves blank: one header of two."""
    named = [[at < len(row.cells) and bool(row.cells[at].strip()) for at in below.filled] for row in (upper, lower)]
    return {(True, False), (False, True)} <= set(zip(*named, strict=True))


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _known(row: Row) -> float:
    """Part of a row's filled cells that are words of headers."""
    cells = [cell for cell in row.cells if cell.strip()]
    return sum(map(is_header_word, cells)) / len(cells) if cells else 0.0


def is_header_word(cell: str) -> bool:
    """Whether a cell is a word of headers."""
    return 0 < len(cell.strip()) <= 40 and (bool(header_roles(cell)) or normalised_header(cell) in _field_words())


def _field_words() -> frozenset[str]:
    return frozenset(word for field in fields().values() for word in field.words + field.alone)


def is_sure(row: Row, below: Below) -> bool:
    """Whether a name is known, or a column below it is of another kind."""
    if any(is_header_word(cell) for cell in row.cells):
        return True
    pairs = list(zip(row.cells, below.usual, strict=False))
    if any(usual in TYPED and looks(cell) == "text" for cell, usual in pairs):
        return True
    return any(usual == "text" and looks(cell) in TYPED for cell, usual in pairs)


def narrower_question(grid: Grid, narrow: int) -> dict[str, Any]:
    """Which column the header does not name, the likeliest first, or whether two cells belong together."""
    evidence = {"why": "header_narrower", "header": narrow, "cells": grid.width}
    names = _names(grid)
    if names is None or narrow != grid.width - 1:
        return {"code": "columns", "evidence": evidence, "choices": []}
    below = looks_below(grid)
    places = sorted(range(grid.width), key=lambda place: -_fit(_with_gap(names, place), below))
    rows = [list(row.cells) for row in grid.first_rows(4) if row.index >= 0][:2]
    choices = [
        {"value": {"unnamed": place + 1}, "preview": [_with_gap(names, place), *rows]}
        for place in places[:MOST_OFFERED]
    ]
    choices.append({"value": {"joined": True}, "preview": [names]})
    return {"code": "columns", "evidence": evidence, "choices": choices}


def _names(grid: Grid) -> list[str] | None:
    record = _header_record(grid)
    return [cell.strip() for cell in record.readings[0]] if record is not None else None


def _header_record(grid: Grid) -> OddRecord | None:
    wanted = (one for one in grid.odd if one.readings and len(one.readings[0]) == grid.width - 1)
    return next(wanted, None)


def _with_gap(names: list[str], place: int) -> list[str]:
    return [*names[:place], "", *names[place:]]


def _fit(names: list[str], below: Below) -> int:
    """Names over values of their kind, less those over another."""
    fit = 0
    for name, usual in zip(names, below.usual, strict=False):
        roles = header_roles(name)
        if roles & OF_NUMBERS or "date" in roles:
            fit += 1 if usual == ("date" if "date" in roles else "number") else -1
        elif roles & OF_WORDS:
            fit += -1 if usual in TYPED else 1
    return fit


def name_column_between(grid: Grid, place: int) -> None:
    """Give the header line a cell without a name at a place, so that it has as many as the records."""
    record = _header_record(grid)
    if record is not None:
        cells = _with_gap([cell.strip() for cell in record.readings[0]], place)
        grid.odd[grid.odd.index(record)] = replace(record, readings=(tuple(cells),))
