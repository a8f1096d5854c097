"""How the churn warning would have done on the file's own past: hits, false alarms, and what silence alone gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.intervals import Share
from tiering.movement.sale_days import SaleDays
from tiering.movement.warning import LEVELS, UNKNOWN, gaps_until, warnings_of

MOST_CHECKS = 8
LEAST_MONTHS = 6  # of history before a date, for rhythms to be seen at all
ACTIVE_MONTHS = 12
Groups = Callable[[date, NDArray[np.object_]], NDArray[np.intp]]


@dataclass(frozen=True)
class AlarmRecord:
    """Alarms on past dates and what came of them in the ``months`` after each.

    ``lost``: by level, how many of those with it did not order in that time; ``dates``: oldest first; ``caught``: of
    all who did not order, the share that had been red or amber.
    """

    months: int
    dates: tuple[date, ...]
    lost: dict[str, Share]
    caught: Share


def check_dates(first: date, as_of: date, months: int) -> tuple[date, ...]:
    """Past dates ``months`` apart, none of whose following months overlap, with half a year of history at least."""
    back = (months_before(as_of, months * step) for step in range(1, MOST_CHECKS + 1))
    return tuple(sorted(day for day in back if months_before(day, LEAST_MONTHS) >= first - timedelta(days=31)))


def alarm_record(days: SaleDays, as_of: date, months: int = 3, groups_at: Groups | None = None) -> AlarmRecord | None:
    """Sale days up to ``as_of`` → the record; None where no past date has half a year before and ``months`` after it.

    At each date only what was known by then is used. Who had not ordered for twelve months was lost already and is
    not counted. ``groups_at`` gives the groups (tiers) of customers at a date; without it all are one group.
    """
    dates = check_dates(days.first, as_of, months)
    if not dates:
        return None
    seen = [_checked(days, day, months, groups_at) for day in dates]
    level, lost, who = (np.concatenate(parts) for parts in zip(*seen, strict=True))
    by_level = {name: Share.over_customers(lost[level == code], who[level == code]) for code, name in enumerate(LEVELS)}
    return AlarmRecord(months, dates, by_level, Share.over_customers(level[lost] > 0, who[lost]))


def _checked(
    days: SaleDays, day: date, months: int, groups_at: Groups | None
) -> tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.intp]]:
    """Level at ``day`` of who could be warned of then, whether they stayed away after, and who they are."""
    now, later = days.number_of(day), days.number_of(months_after(day, months))
    gaps = gaps_until(days, now)
    group = np.zeros(days.ids.size, dtype=np.intp) if groups_at is None else groups_at(day, days.ids)
    level = warnings_of(gaps, group).level
    came = np.zeros(days.ids.size, dtype=bool)
    came[days.customer[(days.day > now) & (days.day <= later)]] = True
    active = gaps.silent <= now - days.number_of(months_before(day, ACTIVE_MONTHS))
    asked = np.flatnonzero(active & (level != UNKNOWN))
    return level[asked], ~came[asked], asked


def months_after(day: date, months: int) -> date:
    """The day ``months`` calendar months later."""
    return months_before(day, -months)
