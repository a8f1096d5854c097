"""Columns of text → typed columns, exact to the last digit, with the rows that do not read marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.cells import is_coded
from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.dates import Order, date_text, date_value
from tiering.ingest.values.numbers import Mark, is_absent, number_text, number_value

PLAIN_NUMBER = r"^[+-]?\d{1,17}(?:\.\d{1,6})?$"
PLAIN_DAY = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$"
DIGITS = 38
MANY = 2_000
MAX_SCALE = 6
BATCH = 1 << 18


@dataclass(frozen=True)
class TypedColumn:
    """Values of one column: typed ones and each row's place among them (None where every row has its own).

    ``bad`` marks rows that say something which is no such value, ``empty`` those that say nothing.
    """

    values: pa.Array
    places: pa.Array | None
    bad: np.ndarray
    empty: np.ndarray

    def rows(self, first: int, chosen: pa.Array, count: int) -> pa.Array:
        """Typed cells of the rows at ``chosen`` among ``count`` rows from ``first`` on."""
        if self.places is None:
            return self.values.slice(first, count).take(chosen)
        return self.values.take(self.places.slice(first, count).take(chosen))


def number_column(cells: Distinct, mark: Mark, factor: int = 1, rounded: bool = False) -> TypedColumn:
    """Exact numbers of a column.

    Parameters
    ----------
    factor
        What a unit in the header multiplies by.
    rounded
        Whether the cells are binary floating point numbers, of which 15 digits count.
    """
    plain = pc.match_substring_regex(cells.values, PLAIN_NUMBER).to_numpy(zero_copy_only=False)
    if mark == "," or rounded or factor != 1:
        plain[:] = False
    rest = np.flatnonzero(~plain)
    words = cells.values.take(pa.array(rest)).to_pylist()
    odd = [_number(word, mark, factor, rounded) for word in words]
    whole = _decimals(cells.values, plain, rest, odd)
    absent = np.zeros(len(plain), bool)
    absent[rest] = [is_absent(word) for word in words]
    bad = np.zeros(len(plain), bool)
    bad[rest] = [value is None for value in odd]
    return _spread(cells, whole, bad & ~absent, absent)


def _number(word: str, mark: Mark, factor: int, rounded: bool) -> Decimal | None:
    text = number_text(word)
    value = None if text is None else number_value(text, mark)
    if value is None:
        return None
    if rounded and value and len(value.as_tuple().digits) > 15:
        value = Decimal(f"{value:.14e}")
    return (value * factor).normalize() if factor != 1 or rounded else value


def _decimals(values: pa.Array, plain: np.ndarray, rest: np.ndarray, odd: list[Decimal | None]) -> pa.Array:
    """Decimals with as many places as the values need; floating point where they do not fit."""
    plain_values = values.filter(pa.array(plain))
    scale = next((places for places in range(MAX_SCALE, 0, -1) if _any_of_places(plain_values, places)), 0)
    known = [value.normalize() for value in odd if value is not None]
    scale = max([scale, *(-int(value.as_tuple().exponent) for value in known if value)])
    size = max([17 + scale if plain.any() else 1, *(value.adjusted() + 1 + max(scale, 0) for value in known if value)])
    if scale > MAX_SCALE or size > DIGITS:
        return _floats(values, plain, rest, odd)
    scale = max(scale, 0)
    money = pa.decimal128(DIGITS, scale)
    return _narrowed(_merged(plain_values.cast(money), pa.array(odd, money), plain, rest), scale)


def _any_of_places(values: pa.Array, places: int) -> bool:
    """Whether a plain number has exactly that many decimals; zeros at the end count, they were written."""
    return bool(pc.any(pc.match_substring_regex(values, rf"\.\d{{{places}}}$")).as_py())


def _floats(values: pa.Array, plain: np.ndarray, rest: np.ndarray, odd: list[Decimal | None]) -> pa.Array:
    numbers = values.filter(pa.array(plain)).cast(pa.float64())
    return _merged(
        numbers, pa.array([None if value is None else float(value) for value in odd], pa.float64()), plain, rest
    )


def _merged(first: pa.Array, second: pa.Array, plain: np.ndarray, rest: np.ndarray) -> pa.Array:
    if not len(rest):
        return first
    order = np.empty(len(plain), np.int64)
    order[np.flatnonzero(plain)] = np.arange(len(first))
    order[rest] = len(first) + np.arange(len(second))
    return pa.concat_arrays([first, second]).take(pa.array(order))


def _narrowed(values: pa.Array, scale: int) -> pa.Array:
    """18 digits where they are enough."""
    bounds = pc.min_max(values).as_py()
    largest = max(abs(bounds["min"] or 0), abs(bounds["max"] or 0))
    return values.cast(pa.decimal128(18, scale)) if largest < Decimal(10) ** (18 - scale) else values


def date_column(cells: Distinct, order: Order) -> TypedColumn:
    """Days of a column, or moments where any of them has a time of day."""
    if len(cells.values) > MANY:
        halves = _split_days(cells, order)
        if halves is not None:
            return halves
    words = cells.values.to_pylist()
    moments = [_moment(word, order) for word in words]
    absent = np.array([is_absent(word) for word in words], bool)
    bad = np.array([moment is None for moment in moments], bool) & ~absent
    return _spread(cells, _days_or_moments(moments), bad, absent)


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
    bad = pc.is_null(values).to_numpy(zero_copy_only=False)
    return _spread(cells, values, bad, np.zeros(len(bad), bool))


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


def _spread(cells: Distinct, values: pa.Array, bad: np.ndarray, empty: np.ndarray) -> TypedColumn:
    return TypedColumn(values, cells.places, cells.rows(bad), cells.rows(empty))


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

    def table(self) -> pa.Table:
        """All used rows at once."""
        return pa.Table.from_batches(list(self.batches()), self.schema)

    def first(self) -> list[object]:
        """Cells of the first used row."""
        head = next(self.batches(), None)
        return list(head.slice(0, 1).to_pylist()[0].values()) if head is not None and head.num_rows else []
