"""How far back the orders reach, and whether that is enough to tell growth."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pyarrow as pa
import pyarrow.compute as pc

from tiering.metrics.windows import months_before, window_of


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
