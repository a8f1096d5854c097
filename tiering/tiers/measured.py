"""Indicators as they stand in the customer table, in their own units, by key: what rules compare with."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.levels import ORDERED_COLUMNS, ordered_level

Values = NDArray[np.float64]


def measured(customers: pd.DataFrame, key: str) -> Values | None:
    """Column ``key`` of the customer table (n,), NaN where missing or no number; None where nobody has a value.

    Grades and sizes come as ranks, worst 0.
    """
    if key not in customers:
        return None
    column = customers[key]
    if key in ORDERED_COLUMNS:
        column = ordered_level(column, key)
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    return values if np.isfinite(values).any() else None
