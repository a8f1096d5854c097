"""Customers in groups: how many, and how much they bring."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.integer]
Values = NDArray[np.float64]


def group_totals(codes: Codes, revenue: Values, groups: int) -> pd.DataFrame:
    """Group number (n,) and revenue (n,) → one row per group 0..groups − 1, those without a customer included.

    Columns: ``customers``, ``customer_share`` (0..1 of all), ``revenue``, ``revenue_share`` (0..1 of the positive sum;
    0 where nobody has any). A negative code is no group and counts in the wholes alone.
    """
    known = codes >= 0
    customers = np.bincount(codes[known], minlength=groups)
    positive = np.bincount(codes[known], weights=np.maximum(revenue[known], 0.0), minlength=groups)
    whole = float(np.maximum(revenue, 0.0).sum())
    return pd.DataFrame(
        {
            "customers": customers,
            "customer_share": customers / max(codes.size, 1),
            "revenue": np.bincount(codes[known], weights=revenue[known], minlength=groups),
            "revenue_share": positive / whole if whole > 0 else np.zeros(groups),
        }
    )
