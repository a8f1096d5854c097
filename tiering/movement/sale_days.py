"""The days on which each customer bought, without what the user leaves out of the rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.decimals import doubles

Days = NDArray[np.int64]
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class RhythmExclusions:
    """What does not count towards a rhythm.

    ``months``: calendar months (1..12) in which nobody is expected to order; ``column``, ``values``: order lines by
    what the file says of them; ``times_usual``: days on which a customer bought more than so many times its own
    median day, as projects do, 0 for none.
    """

    months: tuple[int, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()
    times_usual: float = 0.0


NOTHING = RhythmExclusions()


@dataclass(frozen=True)
class SaleDays:
    """Distinct days with a sale, sorted by customer, then day.

    ``ids`` (customers,) in code-point order; ``customer`` (m,) places in it; ``day`` (m,) and ``today`` are numbers
    on a calendar without the months left out; ``sold`` (m,) is the gross money of the day.
    """

    ids: NDArray[np.object_]
    customer: Days
    day: Days
    sold: NDArray[np.float64]
    calendar: Days
    first: date
    today: int

    def number_of(self, day: date) -> int:
        """The place of a date on the calendar."""
        return int(self.calendar[min(max((day - self.first).days, -1) + 1, self.calendar.size - 1)])


def sale_days(orders: pa.Table, as_of: date, left_out: RhythmExclusions = NOTHING) -> SaleDays:
    """Order lines up to ``as_of`` → one row per customer and day with a positive line.

    A day in a month left out counts as the last day before it that does count, so that a silence over the holidays
    is no longer than the working days in it. Days that fall together that way are one.
    """
    sold = _sold(orders, as_of, left_out)
    ids, customer = _numbered(sold["customer_id"])
    dates = sold["order_date"].to_numpy().astype("datetime64[D]")
    money = doubles(sold["amount_sum"])
    first = min(dates.min().astype(object), as_of) if dates.size else as_of
    calendar = _calendar(first, as_of, left_out.months)
    place = (dates - np.datetime64(first, "D")) // DAY + 1
    order = np.lexsort((dates, customer))
    customer, day, money = customer[order], calendar[place[order]], money[order]
    kept = _usual(customer, money, left_out.times_usual)
    return _merged(SaleDays(ids, customer[kept], day[kept], money[kept], calendar, first, int(calendar[-1])))


def _sold(orders: pa.Table, as_of: date, left_out: RhythmExclusions) -> pa.Table:
    """One row per customer and day: the sum of its positive lines."""
    wanted = pc.and_(pc.greater(orders["amount"], 0), pc.less_equal(orders["order_date"], pa.scalar(as_of)))
    if left_out.column in orders.column_names and left_out.values:
        named = pc.is_in(orders[left_out.column], value_set=pa.array(left_out.values, pa.string()))
        wanted = pc.and_(wanted, pc.invert(named))
    lines = orders.select(["customer_id", "order_date", "amount"]).filter(wanted)
    return lines.group_by(["customer_id", "order_date"]).aggregate([("amount", "sum")])


def _numbered(names: pa.ChunkedArray) -> tuple[NDArray[np.object_], Days]:
    """Different names in code-point order, and the place of each row's name among them."""
    coded = names.combine_chunks().dictionary_encode()
    different = np.array(coded.dictionary.to_pylist(), dtype=object)
    order = np.argsort(different, kind="stable")
    place = np.empty(order.size, dtype=np.int64)
    place[order] = np.arange(order.size)
    return different[order], place[coded.indices.to_numpy()]


def _calendar(first: date, last: date, months: tuple[int, ...]) -> Days:
    """Number of each date from the day before ``first`` to ``last``: how many days count up to it."""
    dates = np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + DAY)
    month = dates.astype("datetime64[M]").astype(int) % 12 + 1
    return np.concatenate([[0], np.cumsum(~np.isin(month, months))])


def _usual(customer: Days, money: NDArray[np.float64], times: float) -> NDArray[np.bool_]:
    """Whether a day's money is at most ``times`` the customer's median day."""
    if times <= 0 or not customer.size:
        return np.ones(customer.size, dtype=bool)
    return money <= times * group_median(customer, money, int(customer[-1]) + 1)[customer]


def _merged(days: SaleDays) -> SaleDays:
    """Rows of the same customer and day number as one."""
    begins = np.ones(days.day.size, dtype=bool)
    begins[1:] = (np.diff(days.customer) != 0) | (np.diff(days.day) != 0)
    if begins.all():
        return days
    starts = np.flatnonzero(begins)
    money = np.add.reduceat(days.sold, starts)
    return SaleDays(days.ids, days.customer[starts], days.day[starts], money, days.calendar, days.first, days.today)


def group_median(group: Days, values: NDArray[np.float64], groups: int) -> NDArray[np.float64]:
    """Median of the values of each group (groups,), NaN for a group without any."""
    order = np.lexsort((values, group))
    sizes = np.bincount(group, minlength=groups)
    start = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    ordered = np.append(values[order], np.nan)
    low, high = start + (sizes - 1) // 2, start + sizes // 2
    empty = sizes == 0
    middle = (ordered[np.where(empty, -1, low)] + ordered[np.where(empty, -1, high)]) / 2
    return np.where(empty, np.nan, middle)
