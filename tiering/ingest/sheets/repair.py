"""Records with the wrong number of cells read anew, and blanks that mean as above, never filled unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.sheets.grid import OddRecord
from tiering.ingest.sheets.vocabulary import is_company
from tiering.ingest.values.cells import as_text, filled_rows
from tiering.ingest.values.dates import date_text
from tiering.ingest.values.kinds import Judged
from tiering.ingest.values.numbers import is_absent, number_text, number_value

MISFIT = 10.0
CLEAR_MARGIN = 0.6
WORST = 5.0
STRAY_QUOTES = 0.2
UNUSUAL = 3.0
NUMBER_PIECE = 0.8  # digits alone rarely follow a comma in a name
OUTER_MARK = 0.5  # hardly a cell begins or ends with the mark that parts cells
DROPPED = 0.7  # a delimiter written twice is likelier than a name that begins with one
MOST_CELLS = 400
FEWEST_ROWS = 4
BLANKS = (0.05, 0.97)
MANY_BLANKS = 0.3  # below that three columns have to be blank in the same rows


@dataclass(frozen=True)
class Mended:
    """A record read anew: its cells, or the reason it stays aside."""

    line: int
    raw: str
    cells: tuple[str, ...] = ()
    reason: str = ""
    what: str = ""


@dataclass
class Fit:
    """How well a cell fits a column: 0 for a value of it, more the stranger it is."""

    judged: Judged
    column: pa.Array
    mark: str = "."

    @cached_property
    def seen(self) -> frozenset[str]:
        """Values the column holds elsewhere (of a long column the first hundred thousand)."""
        return frozenset(cell.strip() for cell in self.column.slice(0, 100_000).unique().to_pylist())

    @cached_property
    def of_companies(self) -> bool:
        """Whether most names of the column end like a company's."""
        return sum(map(is_company, self.seen)) > 0.5 * len(self.seen)

    def cost(self, cell: str, delimiter: str) -> float:
        """Strangeness of one cell."""
        word = cell.strip()
        if word in self.seen:
            return 0.0
        if self.judged.numeric:
            number = number_text(word)
            fits = number is not None and any(number_value(number, mark) is not None for mark in (".", ","))
            return 0.1 if fits else 0.4 if is_absent(word) else MISFIT
        if self.judged.kind == "date":
            return 0.1 if date_text(word) else 0.4 if is_absent(word) else MISFIT
        return self._cost_of_word(word, delimiter)

    def _cost_of_word(self, word: str, delimiter: str) -> float:
        if not word:
            return 0.6
        cost = 0.5
        if self.judged.kind == "name" and self.of_companies:
            cost = 0.3 if is_company(word) else 0.9
        if number_text(word) is not None or date_text(word) is not None:
            cost += 0.2 if self.judged.kind == "id" else 2.0
        pieces = word.split(delimiter)
        return cost + (
            0.3 + NUMBER_PIECE * sum(number_text(piece) is not None for piece in pieces) if len(pieces) > 1 else 0.0
        )


def mend(record: OddRecord, fits: Sequence[Fit], keys: frozenset[int], delimiter: str) -> Mended:
    """Cells of an odd record, or why it is set aside.

    Parameters
    ----------
    keys
        Columns without which a record is of no use.
    """
    if record.reason:
        return Mended(record.line, record.raw, reason=record.reason)
    ranked: dict[tuple[str, ...], tuple[float, str]] = {}
    for place, reading in enumerate(record.readings):
        for cells, cost, what in _candidates(reading, fits, delimiter):
            total = cost + _habit(place, record)
            if total < ranked.get(cells, (MISFIT * len(fits), ""))[0]:
                ranked[cells] = (total, what)
    best = sorted((cost, cells, what) for cells, (cost, what) in ranked.items())
    short = [reading for reading in record.readings if len(reading) < len(fits)]
    if not best or best[0][0] > WORST:
        return Mended(record.line, record.raw, reason="missing" if short else "cells")
    if len(best) > 1 and best[1][0] - best[0][0] < CLEAR_MARGIN:
        return Mended(record.line, record.raw, reason="cells")
    cells, what = best[0][1], best[0][2]
    if what == "short" and (record.unended or any(not cells[key].strip() for key in keys)):
        return Mended(record.line, record.raw, reason="truncated" if record.unended else "missing")
    return Mended(record.line, record.raw, cells, what=what)


def _habit(place: int, record: OddRecord) -> float:
    """Strangeness of the way a record was cut: where quotes are astray the customary way misleads."""
    if len(record.readings) == 1:
        return 0.0
    return (UNUSUAL, STRAY_QUOTES, UNUSUAL / 2)[min(place, 2)]


def _candidates(
    reading: tuple[str, ...], fits: Sequence[Fit], delimiter: str
) -> list[tuple[tuple[str, ...], float, str]]:
    """Ways to bring one reading to the width of the table, with their costs."""
    width = len(fits)
    if len(reading) == width:
        return [(reading, _cost(reading, fits, delimiter), "quotes")]
    if len(reading) < width:
        cells = (*reading, *[""] * (width - len(reading)))
        return [(cells, _cost(reading, fits, delimiter), "short")]
    surplus = reading[width:]
    if not any(cell.strip() for cell in surplus):
        return [(reading[:width], _cost(reading[:width], fits, delimiter) + 0.1, "empty_cells")]
    if len(reading) > MOST_CELLS:
        return []
    joined = [(cells, cost, "joined") for cells, cost in _merged(reading, fits, delimiter)]
    return joined + [
        (cells, _cost(cells, fits, delimiter) + DROPPED, "empty_cells") for cells in _without_one(reading, width)
    ]


def _without_one(reading: tuple[str, ...], width: int) -> list[tuple[str, ...]]:
    """A record with one cell too many, without one that is blank: a delimiter was written twice."""
    if len(reading) != width + 1:
        return []
    return [(*reading[:place], *reading[place + 1 :]) for place, cell in enumerate(reading) if not cell.strip()]


def _cost(cells: Sequence[str], fits: Sequence[Fit], delimiter: str) -> float:
    return sum(fit.cost(cell, delimiter) for cell, fit in zip(cells, fits, strict=False))


def _merged(reading: tuple[str, ...], fits: Sequence[Fit], delimiter: str) -> list[tuple[tuple[str, ...], float]]:
    """The two best ways to join neighbouring cells until as many are left as there are columns."""
    surplus = len(reading) - len(fits)
    best: list[list[tuple[float, tuple[str, ...]]]] = [[] for _ in range(surplus + 1)]
    best[0] = [(0.0, ())]
    for place, fit in enumerate(fits):
        step: list[list[tuple[float, tuple[str, ...]]]] = [[] for _ in range(surplus + 1)]
        for used, ways in enumerate(best):
            for more in range(surplus - used + 1 if ways else 0):
                cell = delimiter.join(reading[place + used : place + used + more + 1])
                cost = fit.cost(cell, delimiter) + (1.0 if more else 0.0) + 0.2 * more
                cost += OUTER_MARK if more and (cell.startswith(delimiter) or cell.endswith(delimiter)) else 0.0
                step[used + more] += [(spent + cost, (*cells, cell)) for spent, cells in ways]
        best = [sorted(ways)[:2] for ways in step]
    return [(cells, cost) for cost, cells in best[surplus]]


@dataclass(frozen=True)
class Gaps:
    """Places of the columns whose blanks may stand for the value above, leftmost first."""

    places: tuple[int, ...]
    blank: int = 0


def find_gaps(columns: Sequence[Judged], cells: Sequence[pa.Array]) -> Gaps:
    """The leading columns of words that are written once for each group of rows, and all that are blank as they are.

    Numbers are left alone: an amount that stands on the first line of an order would count on each of its lines.
    """
    places, blank = [], 0
    for place, (one, column) in enumerate(zip(columns, cells, strict=True)):
        filled = filled_rows(column)
        if one.numeric or one.kind == "date" or not _once_a_group(column, filled):
            break
        places.append(place)
        blank = int((~filled).sum())
    if places:
        pattern = filled_rows(cells[places[0]])
        words = [place for place, one in enumerate(columns) if not one.numeric and place not in places]
        places += [place for place in words if np.array_equal(filled_rows(cells[place]), pattern)]
        alike = sum(np.array_equal(filled_rows(column), pattern) for column in cells)
        if blank < MANY_BLANKS * len(pattern) and alike < 3:
            return Gaps(())
    return Gaps(tuple(sorted(places)), blank)


def _once_a_group(column: pa.Array, filled: np.ndarray) -> bool:
    """First row filled, enough blanks, and no value written twice in a row or twice at all (but for a few)."""
    if len(column) < FEWEST_ROWS or not filled[0] or not BLANKS[0] <= 1 - filled.mean() <= BLANKS[1]:
        return False
    values = column.filter(pa.array(filled))
    return bool(pc.count_distinct(as_text(values)).as_py() >= 0.9 * len(values) and len(values) > 1)


def filled_down(column: pa.Array) -> pa.Array:
    """Column with each blank replaced by the last value above it."""
    column = as_text(column)
    blank = pc.equal(pc.utf8_trim_whitespace(column), "")
    absent = pc.if_else(blank, pa.scalar(None, pa.string()), column)
    return pc.fill_null(pc.fill_null_forward(absent), "")


def question(name: str, column: pa.Array, gaps: Gaps) -> dict[str, Any]:
    """Whether blanks mean "as above", with the first rows under either answer."""
    first = column.slice(0, 6)
    return {
        "code": "fill_down",
        "evidence": {"column": name, "blank": gaps.blank},
        "choices": [
            {"value": "yes", "preview": [[cell] for cell in filled_down(first).to_pylist()]},
            {"value": "no", "preview": [[cell] for cell in first.to_pylist()]},
        ],
    }
