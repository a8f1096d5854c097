"""Decimals as floating-point numbers, each the nearest there is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def doubles(decimals: pa.ChunkedArray) -> np.ndarray:
    """Decimals (n,) → float64 (n,), NaN where there is none; numbers of another kind are cast.

    Each is the number its digits would be read as, up to 15 of them: Arrow's own cast multiplies by an inexact 10⁻ˢ,
    misses one in eight, and misses differently as the column's scale grows.
    """
    column = decimals.combine_chunks() if isinstance(decimals, pa.ChunkedArray) else decimals
    if len(column) == 0:
        return np.empty(0)
    if not pa.types.is_decimal(column.type):
        return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False))
    halves = np.frombuffer(column.buffers()[1], np.int64)[2 * column.offset :][: 2 * len(column)]
    low, high = halves[::2], halves[1::2]
    small = high == low >> 63
    units = low if small.all() else np.where(small, low, high * 2.0**64 + low.astype(np.uint64))
    numbers = units / 10.0**column.type.scale
    return np.where(column.is_null().to_numpy(zero_copy_only=False), np.nan, numbers) if column.null_count else numbers
