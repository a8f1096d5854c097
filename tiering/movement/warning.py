"""Churn warning: customers whose silence is unusual by their own rhythm, and what came of earlier warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tiering.metrics.windows import months_before
from tiering.movement.intervals import Share
from tiering.movement.order_value import credible_means_of_all
from tiering.movement.rhythm import AMBER, LEAST_GAPS, RED, gamma_shape, tail_of
from tiering.movement.sale_days import SaleDays, group_median

Values = NDArray[np.float64]
Codes = NDArray[np.int8]

LEVELS = ("calm", "amber", "red")
CALM, AMBER_LEVEL, RED_LEVEL = range(3)
UNKNOWN = -1
FEWEST_RHYTHMS = 5  # customers with a rhythm of their own, below which a tier borrows that of all
MOST_CHECKS = 8
LEAST_MONTHS = 6  # of history before a date, for rhythms to be seen at all
ACTIVE_MONTHS = 12
Groups = Callable[[date, NDArray[np.object_]], NDArray[np.intp]]


@dataclass(frozen=True)
class Gaps:
    """Gaps between the sale days of n customers up to a day.

    ``count``; ``mean`` and ``log_mean`` of their days, NaN without one; ``squares``: sum of squared deviations from
    the mean; ``silent``: days since the last sale, NaN for who never bought.
    """

    count: Values
    mean: Values
    log_mean: Values
    squares: Values
    silent: Values

    def taken(self, rows: NDArray[np.intp]) -> Gaps:
        """The gaps of other customers in their order; a row of −1 never bought."""
        found = rows >= 0
        count = np.where(found, self.count[rows], 0.0)
        rest = (self.mean, self.log_mean, self.squares, self.silent)
        return Gaps(count, *(np.where(found, values[rows], np.nan) for values in rest))


@dataclass(frozen=True)
class Warnings:
    """What the rhythm says of n customers.

    ``tail``: probability of so long a silence, NaN where it cannot be told; ``level``: code into `LEVELS`, −1 where
    unknown; ``usual_days``: mean gap it is measured by; ``own_share``: how much of that is the customer's own, 1 with
    three gaps and more; ``gaps``: what was seen.
    """

    tail: Values
    level: Codes
    usual_days: Values
    own_share: Values
    gaps: Gaps


def gaps_until(days: SaleDays, until: int) -> Gaps:
    """Sale days up to the day number ``until`` → gaps of every customer of ``days.ids``."""
    seen = days.day <= until
    customer, day = days.customer[seen], days.day[seen]
    same = np.diff(customer) == 0
    who, gap = customer[1:][same], np.diff(day)[same].astype(np.float64)
    number = days.ids.size
    count = np.bincount(who, minlength=number).astype(np.float64)
    held = np.where(count > 0, count, np.nan)
    mean = np.bincount(who, gap, number) / held
    last = np.full(number, -1)
    last[customer] = day
    silent = np.where(last >= 0, until - last, np.nan)
    squares = np.asarray(np.bincount(who, (gap - mean[who]) ** 2, number), dtype=np.float64)
    return Gaps(count, mean, np.bincount(who, np.log(gap), number) / held, squares, silent)


def median_gaps(days: SaleDays) -> Values:
    """Median gap in days of every customer of ``days.ids``, NaN without one."""
    same = np.diff(days.customer) == 0
    return group_median(days.customer[1:][same], np.diff(days.day)[same].astype(np.float64), days.ids.size)


def warnings_of(gaps: Gaps, group: NDArray[np.intp]) -> Warnings:
    """Gaps and the group (tier) of each customer → warnings.

    With three gaps and more the customer's own mean and shape count alone. With one or two the mean is weighed
    against that of the group by credibility and the shape is the median of the group, or of all where fewer than
    five of the group have a rhythm. One order is no rhythm: nothing is told.
    """
    own = gaps.count >= LEAST_GAPS
    shape = np.where(own, gamma_shape(gaps.mean, gaps.log_mean), np.nan)
    usual, share = gaps.mean.copy(), np.where(own, 1.0, np.nan)
    for members in (group == code for code in np.unique(group)):
        short = members & (gaps.count > 0) & ~own
        known = own & members if (own & members).sum() >= FEWEST_RHYTHMS else own
        if not short.any() or not known.any():
            continue
        mixed = _mixed(gaps, known | short)
        usual[short], share[short] = (values[short] for values in mixed)
        shape[short] = np.median(shape[known])
    told = np.isfinite(shape + usual) | (np.isposinf(shape) & np.isfinite(usual))
    tail = np.full(gaps.count.size, np.nan)
    tail[told] = tail_of(shape[told], usual[told], gaps.silent[told])
    return Warnings(tail, levels_of(tail), np.where(told, usual, np.nan), np.where(told, share, np.nan), gaps)


def _mixed(gaps: Gaps, among: NDArray[np.bool_]) -> tuple[Values, Values]:
    """Credible mean gap and own share of each customer, learnt from those ``among``."""
    count = np.where(among, gaps.count, 0.0)
    squares = np.where(count > 0, gaps.squares, 0.0)
    found = credible_means_of_all(gaps.mean, count, squares, np.maximum(count - 1, 0.0))
    return found.estimates, found.own_share


def levels_of(tail: Values) -> Codes:
    """Red under .05, amber under .20, calm above, −1 where there is no tail."""
    level = np.select([tail < RED, tail < AMBER, np.isfinite(tail)], [RED_LEVEL, AMBER_LEVEL, CALM], UNKNOWN)
    return level.astype(np.int8)


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
