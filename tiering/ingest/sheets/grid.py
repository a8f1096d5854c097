"""The text of one table before anything is decided about its header or its kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

MUCH_WIDER = 2


@dataclass(frozen=True)
class OddRecord:
    """A record that does not have the table's number of cells, or could not be read at all.

    ``reason`` is empty where only the number of cells is odd; ``readings`` are the ways to cut it into cells;
    ``unended`` marks the last record of a text that does not end with a line break.
    """

    line: int
    raw: str
    reason: str = ""
    readings: tuple[tuple[str, ...], ...] = ()
    unended: bool = False


@dataclass(frozen=True)
class Row:
    """One record near the top or the bottom of a grid; ``index`` is its place among the even rows, -1 for odd ones."""

    line: int
    cells: tuple[str, ...]
    index: int


@dataclass
class Grid:
    """Even records column by column as text, odd ones apart.

    Attributes
    ----------
    cells
        One string array per column, one entry per even record, never null.
    lines
        Physical line (1-based, int32) of each even record, ascending.
    native
        Per column, whether its numbers come from typed cells, so that their decimal mark is a point beyond doubt.
    joiner
        What stood between two cells, to write a record again.
    again
        The same text read with another number of cells a record, where that can be tried.
    """

    cells: list[pa.Array]
    lines: np.ndarray
    odd: list[OddRecord] = field(default_factory=list)
    native: list[bool] = field(default_factory=list)
    joiner: str = ","
    facts: dict[str, Any] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    repaired: list[dict[str, Any]] = field(default_factory=list)
    again: Callable[[int], Grid] | None = None

    def __post_init__(self) -> None:
        self.native = self.native or [False] * len(self.cells)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cells)

    def first_rows(self, count: int) -> list[Row]:
        """The first ``count`` records in the order of the file, odd ones included."""
        even = self._rows(range(min(count, len(self.lines))))
        last = even[-1].line if len(self.lines) > count else np.iinfo(np.int32).max
        return sorted(even + self._odd_rows(0, last), key=lambda row: row.line)[:count]

    def last_rows(self, count: int) -> list[Row]:
        """The last ``count`` records in the order of the file, odd ones included."""
        size = len(self.lines)
        even = self._rows(range(max(0, size - count), size))
        first = even[0].line if size > count else 0
        return sorted(even + self._odd_rows(first, np.iinfo(np.int32).max), key=lambda row: row.line)[-count:]

    def _rows(self, indices: range) -> list[Row]:
        part = [column.slice(indices.start, len(indices)).to_pylist() for column in self.cells]
        columns = zip(*part, strict=True) if part else iter(())
        return [
            Row(int(self.lines[index]), tuple(cells), index) for index, cells in zip(indices, columns, strict=False)
        ]

    def _best_reading(self, record: OddRecord) -> tuple[str, ...]:
        """The reading with as many cells as the table, else the customary one, of very many cells the first."""
        fitting = (reading for reading in record.readings if len(reading) == self.width)
        return next(fitting, record.readings[0] if record.readings else ())[: MUCH_WIDER * (self.width + 10)]

    def _odd_rows(self, first: int, last: int) -> list[Row]:
        return [
            Row(record.line, self._best_reading(record), -1)
            for record in self.odd
            if first <= record.line <= last and not record.reason
        ]
