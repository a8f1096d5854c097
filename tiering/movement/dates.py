"""The review dates of the past: whole months back from the data's now, as far as the orders reach."""

from __future__ import annotations

from datetime import date, timedelta

from tiering.metrics.windows import months_before

LEAST_DAYS = 60  # a date before which less is known tells nothing of a customer
MOST_REVIEWS = 9


def review_dates(first: date | None, as_of: date, step_months: int = 3, most: int = MOST_REVIEWS) -> tuple[date, ...]:
    """Dates ``step_months`` apart up to ``as_of``, ascending, each with at least 60 days of orders before it.

    Examples
    --------
    >>> review_dates(date(2024, 1, 1), date(2024, 9, 30), 3)
    (datetime.date(2024, 3, 30), datetime.date(2024, 6, 30), datetime.date(2024, 9, 30))
    """
    if first is None:
        return ()
    days = [months_before(as_of, step * step_months) for step in range(most)]
    return tuple(sorted(day for day in days if (day - first).days >= LEAST_DAYS))


def first_needed(as_of: date, reviews: int, step_months: int = 3) -> date:
    """Day on which the orders must begin at the latest for so many review dates up to ``as_of``.

    Examples
    --------
    >>> first_needed(date(2024, 9, 30), 2)
    datetime.date(2024, 5, 1)
    """
    return months_before(as_of, (reviews - 1) * step_months) - timedelta(days=LEAST_DAYS)


def full_window(first: date | None, day: date, window_months: int) -> bool:
    """Whether the orders fill the window up to ``day``; where they do not, it still grows from date to date.

    The data may begin late by 1/24 of the window.
    """
    if first is None:
        return False
    start = months_before(day, window_months)
    return (first - start).days - 1 <= (day - start).days / 24
