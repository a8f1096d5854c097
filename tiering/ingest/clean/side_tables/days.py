"""Days of a table as numbers, and the year they are counted in."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

MONTHS = 12
Days = NDArray[np.float64]


def day_numbers(lines: pa.Table, name: str) -> Days:
    """Column of dates → days since 1970 (n,), NaN where missing or where there is no such column."""
    if name not in lines.column_names:
        return np.full(lines.num_rows, np.nan)
    return lines[name].cast(pa.int32()).to_pandas().to_numpy(dtype=np.float64, na_value=np.nan)


def numbers(lines: pa.Table, name: str) -> Days:
    """Column of numbers (n,), NaN where missing or where there is no such column."""
    if name not in lines.column_names:
        return np.full(lines.num_rows, np.nan)
    return lines[name].to_pandas().to_numpy(dtype=np.float64, na_value=np.nan)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days


def months_before(as_of: date, months: int) -> date:
    """The same day some months earlier, the last of a month that lacks it: later days are in the window."""
    return (pd.Timestamp(as_of) - pd.DateOffset(months=months)).date()
