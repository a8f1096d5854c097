"""Parquet files → grids; their types are believed for dates and numbers, nested columns are left out and named."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.text_grid import ensure_size
from tiering.problems import DataProblem, Problem


def parquet_grid(path: Path, limits: Limits) -> Grid:
    """Grid of a Parquet file: row 1 are the column names, as in a sheet.

    Raises
    ------
    DataProblem
        DAMAGED, NO_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS.
    """
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        ensure_size(len(file.schema_arrow.names), file.metadata.num_rows, limits)
        flat = [name for name in file.schema_arrow.names if not pa.types.is_nested(file.schema_arrow.field(name).type)]
        nested = [name for name in file.schema_arrow.names if name not in flat]
        table = file.read(columns=flat)
        table.validate(full=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DataProblem(Problem.DAMAGED, kind="Parquet") from error
    if not table.num_rows or not flat:
        raise DataProblem(Problem.NO_ROWS)
    cells = [_with_name(name, _as_text(_one(table.column(name)))) for name in flat]
    native = [_is_number(table.schema.field(name).type) for name in flat]
    grid = Grid(cells, np.arange(table.num_rows + 1, dtype=np.int32), native=native)
    grid.facts = {"format": "parquet"}
    if nested:
        grid.notes.append({"code": "nested_columns", "columns": nested})
    return grid


def _one(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        if column.type.tz:
            column = pc.local_timestamp(column)
        column = column.cast(pa.timestamp("s"), safe=False)
    if pa.types.is_floating(column.type):
        column = _floats_as_text(column)
    elif pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        column = pa.array([None if one is None else one.decode("utf-8", "replace") for one in column.to_pylist()])
    text = column.cast(pa.string())
    return pc.fill_null(text, "")


def _floats_as_text(column: pa.Array) -> pa.Array:
    """Fifteen digits count of a binary number; each distinct one is written once."""
    from tiering.ingest.sheets.workbook_grids import number_shown

    encoded = column.dictionary_encode()
    shown = [None if one is None or isnan(one) else number_shown(one) for one in encoded.dictionary.to_pylist()]
    return pa.array(shown, pa.string()).take(encoded.indices)


def _with_name(name: str, column: pa.Array) -> pa.Array:
    return pa.concat_arrays([pa.array([name], pa.string()), column])
