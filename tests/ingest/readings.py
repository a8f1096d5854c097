"""Readings made by hand: what the reader hands over for a small file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa

from tiering.ingest.reading import Column, Reading

ARROW = {date: pa.date32(), datetime: pa.timestamp("s"), str: pa.string(), float: pa.float64(), int: pa.int64()}


def reading_of(columns, units=None, set_aside=(), excluded=None):
    """``{"header:kind": cells}`` → a Reading whose first row stands on line 2; decimals are given as ``Decimal``."""
    names, kinds = zip(*(key.rsplit(":", 1) for key in columns), strict=True)
    arrays = [_array(cells) for cells in columns.values()]
    table = pa.table(dict(zip(names, arrays, strict=True)))
    described = tuple(Column(name, kind, (units or {}).get(name, "")) for name, kind in zip(names, kinds, strict=True))
    lines = pa.array(range(2, table.num_rows + 2), pa.int32())
    account = {"read": 1 + table.num_rows + len(set_aside) + sum((excluded or {}).values()), "header": 1}
    return Reading("loads", table, lines, described, tuple(set_aside), {"lines": account, "excluded": excluded or {}})


def _array(cells):
    known = [cell for cell in cells if cell is not None]
    if known and isinstance(known[0], Decimal):
        places = max(max(0, -cell.as_tuple().exponent) for cell in known)
        return pa.array(cells, pa.decimal128(24, places))
    return pa.array(cells, ARROW[type(known[0])] if known else pa.string())


def money(*figures):
    """Figures written as text → decimals, None stays missing."""
    return [None if figure is None else Decimal(figure) for figure in figures]


def days(*texts):
    """ISO texts → dates, None stays missing."""
    return [None if text is None else date.fromisoformat(text) for text in texts]
