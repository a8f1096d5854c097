"""Renewal calendar: which contracts end when, and what they are worth."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MONTHS_AHEAD = 12


def contract_ends(customers: pd.DataFrame) -> NDArray[np.datetime64]:
    """End of each customer's contract (n,) as datetime64[D], NaT where none is known."""
    if "contract_end" not in customers:
        return np.full(len(customers), np.datetime64("NaT"), dtype="datetime64[D]")
    return pd.to_datetime(customers["contract_end"], errors="coerce").to_numpy().astype("datetime64[D]")


def month_of(ends: NDArray[np.datetime64], as_of: date) -> NDArray[np.int64]:
    """Months from that of ``as_of`` to that of each end (n,): 0 this month, −1 for already ended, −2 for none."""
    months = ends.astype("datetime64[M]").astype(np.int64) - np.datetime64(as_of, "M").astype(np.int64)
    ended = ends < np.datetime64(as_of, "D")
    return np.where(np.isnat(ends), -2, np.where(ended, -1, months))


def renewal_calendar(place: NDArray[np.int64], revenue: NDArray[np.float64], as_of: date) -> pd.DataFrame:
    """One row for contracts already ended (``place`` −1) and for each of this and the next twelve months.

    ``month`` (its first day, NaT for ended), ``customers``, ``revenue`` a year.
    """
    places = np.arange(-1, MONTHS_AHEAD + 1)
    first = np.datetime64(as_of, "M") + np.maximum(places, 0)
    months = first.astype("datetime64[D]").astype("datetime64[s]")
    months[0] = np.datetime64("NaT")
    members = [place == at for at in places]
    return pd.DataFrame(
        {
            "place": places,
            "month": months,
            "customers": [int(some.sum()) for some in members],
            "revenue": [float(revenue[some].sum()) for some in members],
        }
    )
