"""Columns of text → dates and texts, each distinct value once, with those that do not read marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.cells import as_text, is_coded
from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.dates import Order, date_text, date_value, is_no_date
from tiering.ingest.values.numbers import is_absent

PLAIN_DAY = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$"
MANY = 2_000
BATCH = 1 << 18


def date_column(cells: Distinct, order: Order) -> TypedColumn:
    """Days of a column, or moments where any of them has a time of day."""
    if len(cells.values) > MANY:
        halves = _split_days(cells, order)
        if halves is not None:
            return halves
    words = cells.values.to_pylist()
    moments = [_moment(word, order) for word in words]
    absent = np.array([is_absent(word) or is_no_date(word) for word in words], bool)
    bad = np.array([moment is None for moment in moments], bool) & ~absent
    return spread(cells, _days_or_moments(moments), bad, absent)


def _moment(word: str, order: Order) -> datetime | None:
    text = date_text(word)
    return None if text is None else date_value(text, order)


def _days_or_moments(moments: list[datetime | None]) -> pa.Array:
    stamps = pa.array(moments, pa.timestamp("s"))
    timed = any(moment is not None and (moment.hour or moment.minute or moment.second) for moment in moments)
    return stamps if timed else stamps.cast(pa.date32())


def _split_days(cells: Distinct, order: Order) -> TypedColumn | None:
    """Many different moments: day and time of day looked at apart, each distinct one once."""
    if not pc.all(pc.match_substring_regex(cells.values, PLAIN_DAY)).as_py():
        return None
    days = pc.binary_slice(cells.values.cast(pa.binary()), 0, 10).cast(pa.string()).dictionary_encode()
    clocks = pc.binary_slice(cells.values.cast(pa.binary()), 10, 20).cast(pa.string()).dictionary_encode()
    starts = [_moment(word, order) for word in days.dictionary.to_pylist()]
    offsets = [_seconds(word) for word in clocks.dictionary.to_pylist()]
    seconds = pc.add(
        pa.array(starts, pa.timestamp("s")).cast(pa.int64()).take(days.indices),
        pa.array(offsets, pa.int64()).take(clocks.indices),
    )
    stamps = seconds.cast(pa.timestamp("s"))
    values = stamps if any(offsets) else stamps.cast(pa.date32())
    empty = np.array([is_no_date(word) for word in days.dictionary.to_pylist()], bool)[days.indices.to_numpy()]
    bad = pc.is_null(values).to_numpy(zero_copy_only=False) & ~empty
    return spread(cells, values, bad, empty)


def _seconds(clock: str) -> int | None:
    parts = [int(part) for part in clock[1:].split(":")] if clock else []
    hour, minute, second = [*parts, 0, 0, 0][:3]
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None


def text_column(column: pa.Array, cells: Distinct, trimmed: bool) -> TypedColumn:
    """Text as it stands, trimmed for identifiers; empty cells are null."""
    blank = pc.equal(cells.values, "")
    empty = cells.rows(blank.to_numpy(zero_copy_only=False))
    if trimmed or is_coded(column):
        shown, places = (cells.values if trimmed else column.dictionary), cells.places
    else:
        shown, places, blank = column, None, pa.array(empty)
    values = pc.if_else(blank, pa.scalar(None, pa.string()), shown) if pc.any(blank).as_py() else shown
    return TypedColumn(values, places, np.zeros(len(column), bool), empty)


def untouched_column(column: pa.Array) -> TypedColumn:
    """Text to the last blank, nothing of it empty or bad."""
    nothing = np.zeros(len(column), bool)
    return TypedColumn(as_text(column), None, nothing, nothing)


@dataclass(frozen=True)
class TypedRows:
    """The typed columns of a table and which of their rows are used; written out piece by piece."""

    names: tuple[str, ...]
    columns: list[TypedColumn]
    used: np.ndarray

    def __len__(self) -> int:
        return int(self.used.sum())

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns."""
        return pa.schema([(name, one.values.type) for name, one in zip(self.names, self.columns, strict=True)])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The used rows in the order of the file."""
        for first in range(0, len(self.used), BATCH):
            part = self.used[first : first + BATCH]
            chosen = pa.array(np.flatnonzero(part))
            cells = [one.rows(first, chosen, len(part)) for one in self.columns]
            yield pa.record_batch(cells, schema=self.schema)

    def currencies(self) -> dict[str, pa.Array]:
        """Currencies named in the used rows of each column in which any is, as read, "" where a row names none."""
        used = pa.array(np.flatnonzero(self.used))
        named = {name: one.row_signs() for name, one in zip(self.names, self.columns, strict=True)}
        return {name: signs.take(used) for name, signs in named.items() if signs is not None}

    def table(self) -> pa.Table:
        """All used rows at once."""
        return pa.Table.from_batches(list(self.batches()), self.schema)

    def first(self) -> list[object]:
        """Cells of the first used row."""
        head = next(self.batches(), None)
        return list(head.slice(0, 1).to_pylist()[0].values()) if head is not None and head.num_rows else []


@dataclass(frozen=True)
class TypedColumn:
    """Values of one column: typed ones and each row's place among them (None where every row has its own).

    ``signs`` gives the currency each value names ("" for none) where any does. ``bad`` marks rows that say something
    which is no such value, ``empty`` those that say nothing.
    """

    values: pa.Array
    places: pa.Array | None
    bad: np.ndarray
    empty: np.ndarray
    signs: pa.Array | None = None

    def rows(self, first: int, chosen: pa.Array, count: int) -> pa.Array:
        """Typed cells of the rows at ``chosen`` among ``count`` rows from ``first`` on."""
        if self.places is None:
            return self.values.slice(first, count).take(chosen)
        return self.values.take(self.places.slice(first, count).take(chosen))

    def row_signs(self) -> pa.Array | None:
        """Currency named in each row, as read ("$", "EUR", "" for none); None where no row names one."""
        if self.signs is None:
            return None
        return self.signs if self.places is None else self.signs.take(self.places)


def spread(cells: Distinct, values: pa.Array, bad: np.ndarray, empty: np.ndarray) -> TypedColumn:
    """Marks by distinct value → a column with marks by row."""
    return TypedColumn(values, cells.places, cells.rows(bad), cells.rows(empty))
