"""Columns of a file turned into text, dates or numbers, whole columns at a time."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tiering.decimals import doubles
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.meaning.fields import NUMERIC, Becomes
from tiering.ingest.values.keys import plain_keys

ABSENT = pa.array(["null", "n/a", "#n/a", "nan", "none", "-", "--", "—", "——", "/"])


def is_number(kind: pa.DataType) -> bool:
    """Whether a column of this type holds numbers."""
    return pa.types.is_decimal(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)


def is_dated(kind: pa.DataType) -> bool:
    """Whether a column of this type holds dates or times."""
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind)


def as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as they are written plainly: whole numbers without places, dates ISO, midnight without the clock."""
    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        values = _without_places(values)
    elif pa.types.is_timestamp(kind):
        values = _without_clock(values)
    return values.cast(pa.string())


def as_key(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Keys in one writing (`plain_keys`); what is blank is missing. ``NULL`` and ``nan`` are names like any other."""
    encoded = as_text(values).dictionary_encode()
    if not encoded.num_chunks:
        return encoded.cast(pa.string())
    plain = plain_keys(encoded.chunk(0).dictionary)
    return pa.chunked_array([plain.take(chunk.indices) for chunk in encoded.chunks], pa.string())


def as_name(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text without blanks around it; what is blank is missing. ``NULL`` and ``nan`` are names like any other."""
    trimmed = pc.utf8_trim_whitespace(as_text(values))
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def as_class(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text of which a few forms say that there is none."""
    texts = as_name(values)
    return pc.if_else(pc.is_in(pc.utf8_lower(texts), value_set=ABSENT), None, texts)


def as_date(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Dates without the time of day; text counts only in the form 2024-05-31."""
    if is_dated(values.type):
        return values.cast(pa.date32(), safe=False)
    texts = pc.utf8_trim_whitespace(as_text(values))
    return pc.strptime(texts, format="%Y-%m-%d", unit="s", error_is_null=True).cast(pa.date32(), safe=False)


def as_number(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers as float64."""
    if pa.types.is_floating(values.type):
        return values.cast(pa.float64())
    return pa.chunked_array([pa.array(doubles(as_decimal(values)), from_pandas=True)])


def converted(values: pa.ChunkedArray, becomes: Becomes) -> pa.ChunkedArray:
    """A column as its field wants it: string, date32 or float64."""
    if becomes == "date":
        return as_date(values)
    if becomes in NUMERIC:
        return as_number(values)
    return {"class": as_class, "own": _as_measure, "key": as_key}.get(becomes, as_name)(values)


def _as_measure(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return as_number(values) if is_number(values.type) else as_class(values)


def as_own(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers as float64, dates as date32, everything else as text."""
    if is_number(values.type):
        return as_number(values)
    return as_date(values) if is_dated(values.type) else as_name(values)


def free_name(name: str, taken: set[str]) -> str:
    """``name``, or ``name_2``, ``name_3`` … where it is taken; case does not make a name different."""
    free, count = name, 1
    while free.casefold() in taken:
        count += 1
        free = f"{name}_{count}"
    taken.add(free.casefold())
    return free


def _without_places(values: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return values.cast(pa.int64() if pa.types.is_floating(values.type) else pa.decimal128(38, 0))
    except pa.ArrowInvalid:
        return values


def _without_clock(values: pa.ChunkedArray) -> pa.ChunkedArray:
    days = values.cast(pa.date32(), safe=False)
    return days if pc.all(pc.equal(days.cast(values.type), values)).as_py() is not False else values
