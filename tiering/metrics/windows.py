"""Time windows of the metric step, and how far back the orders reach."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# A two-year export seldom holds an order on its very first day: the data may begin this part of a window late.
LATE_START_SHARE = 1 / 24


@dataclass(frozen=True)
class Window:
    """(start, as_of] with the middle that halves it, and the window before: (prior, start]."""

    as_of: date
    half: date
    start: date
    prior: date

    def is_preceded_by(self, first_day: date | None) -> bool:
        """Whether data from ``first_day`` on cover the window before, but for 1/24 of it at most."""
        if first_day is None:
            return False
        late = (first_day - self.prior).days - 1
        return late <= (self.start - self.prior).days * LATE_START_SHARE


def months_before(day: date, months: int) -> date:
    """The day ``months`` calendar months earlier; a day that month lacks becomes its last.

    Examples
    --------
    >>> months_before(date(2024, 2, 29), 12)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def window_of(as_of: date, months: int) -> Window:
    """Window of ``months`` calendar months up to ``as_of``; an odd number of months is halved by its middle day."""
    start = months_before(as_of, months)
    half = months_before(as_of, months // 2) if months % 2 == 0 else as_of - (as_of - start) // 2
    return Window(as_of, half, start, months_before(as_of, 2 * months))


def date_marks(windows: Sequence[Window]) -> np.ndarray:
    """All dates at which some window begins or ends, ascending, as datetime64[D]."""
    days = {day for w in windows for day in (w.as_of, w.half, w.start, w.prior)}
    return np.array(sorted(days), dtype="datetime64[D]")


def calendar_table(first: date | None, last: date | None, marks: np.ndarray) -> pa.Table:
    """One row per date from ``first`` to ``last`` or the last mark: ``order_date``, ``day``, ``month``, ``bucket``.

    ``day`` and ``month`` count from 1970-01-01; ``bucket`` is the position of the first mark not before the date.
    """
    dates = np.empty(0, "datetime64[D]")
    if first is not None and last is not None and len(marks):
        dates = np.arange(np.datetime64(first), min(np.datetime64(last), marks[-1]) + 1)
    return pa.table(
        {
            "order_date": pa.array(dates, pa.date32()),
            "day": pa.array(dates.astype(np.int32)),
            "month": pa.array(dates.astype("datetime64[M]").astype(np.int32)),
            "bucket": pa.array(np.searchsorted(marks, dates).astype(np.int32)),
        }
    )


def snapshots_table(windows: Sequence[Window], marks: np.ndarray) -> pa.Table:
    """One row per snapshot: its position ``snapshot`` and the buckets that end at each of its marks."""

    def bucket(days: Sequence[date]) -> pa.Array:
        return pa.array(np.searchsorted(marks, np.array(days, dtype="datetime64[D]")).astype("int32"))

    return pa.table(
        {
            "snapshot": pa.array(range(len(windows)), pa.int32()),
            "now_bucket": bucket([w.as_of for w in windows]),
            "half_bucket": bucket([w.half for w in windows]),
            "start_bucket": bucket([w.start for w in windows]),
            "prior_bucket": bucket([w.prior for w in windows]),
        }
    )


def history_months(orders: pa.Table, as_of: date) -> int:
    """Whole months up to ``as_of`` that the orders reach back, 0 when the first order is later."""
    first = _first_date(orders)
    if first is None or first > as_of:
        return 0
    calendar_months = (as_of.year - first.year) * 12 + as_of.month - first.month + 1
    return next(
        months for months in count(calendar_months, -1) if months_before(as_of, months) + timedelta(days=1) >= first
    )


def growth_is_known(orders: pa.Table, as_of: date, window_months: int = 12) -> bool:
    """Whether the orders cover the window before the one up to ``as_of``: without it no customer's growth is told.

    They may begin late by 1/24 of that window, since a two-year export seldom holds an order on its first day.
    """
    return window_of(as_of, window_months).is_preceded_by(_first_date(orders))


def _first_date(orders: pa.Table) -> date | None:
    return pc.min(orders["order_date"]).as_py()
