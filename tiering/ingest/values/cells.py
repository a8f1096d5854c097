"""Cells of text: what one looks like at first sight, and whole columns asked the same question at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.dates import date_text
from tiering.ingest.values.numbers import is_absent, number_text

Look = Literal["blank", "number", "date", "text"]


def is_coded(column: pa.Array) -> bool:
    """Whether a column keeps its values in a dictionary."""
    return bool(pa.types.is_dictionary(column.type))


def as_text(column: pa.Array) -> pa.Array:
    """The column with every value written out."""
    return column.dictionary_decode() if is_coded(column) else column


def filled_rows(column: pa.Array) -> np.ndarray:
    """Rows with more than spaces in their cell."""
    values = column.dictionary if is_coded(column) else column
    filled = pc.not_equal(pc.utf8_trim_whitespace(values), "")
    return _by_row(column, filled)


def rows_equal(column: pa.Array, word: str) -> np.ndarray:
    """Rows whose trimmed cell is ``word``."""
    values = column.dictionary if is_coded(column) else column
    return _by_row(column, pc.equal(pc.utf8_trim_whitespace(values), word))


def _by_row(column: pa.Array, per_value: pa.Array) -> np.ndarray:
    rows = per_value.take(column.indices) if is_coded(column) else per_value
    return rows.to_numpy(zero_copy_only=False)


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """The chunks of a column as one array, under one dictionary."""
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined


@lru_cache(maxsize=65_536)
def looks(cell: str) -> Look:
    """First impression of a cell; digits alone count as a number.

    Examples
    --------
    >>> looks("2023年5月1日"), looks("￥3,000"), looks("上海恒信"), looks(" ")
    ('date', 'number', 'text', 'blank')
    """
    stripped = cell.strip()
    if not stripped:
        return "blank"
    number = number_text(stripped)
    if number is not None and not number.loose and number.spelled is None:
        return "number"
    if date_text(stripped) is not None:
        return "date"
    return "blank" if is_absent(stripped) else "text"
