"""The claim ``odd_dates``: days that programs write for none, days to come, and days far from all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question, is_worth_asking, total
from tiering.ingest.meaning.draft import Draft, Finding, leave_out, with_values
from tiering.ingest.values.conversion import as_date

ODD_DATE = "odd_date"
# Where the calendars of spreadsheets, databases and systems begin or end.
BEGINNINGS = ("1753-01-01", "1858-11-17", "1899-12-30", "1899-12-31", "1900-01-01", "1900-01-02", "1904-01-01")
DEFAULTS = ("1969-12-31", "1970-01-01", "1980-01-01", "1980-01-06", "2000-01-01", "2001-01-01")
ENDS = ("2038-01-19", "2049-12-31", "2050-12-31", "2079-06-06", "2099-12-31", "2100-01-01", "2199-12-31", "2222-02-22")
NO_DATES = frozenset(date.fromisoformat(day) for day in (*BEGINNINGS, *DEFAULTS, *ENDS))
APART = timedelta(days=366)  # an empty date stands alone
FAR = timedelta(days=3 * 366)  # thin histories have gaps of years
CLOCKS = timedelta(days=1)  # tomorrow has begun somewhere
MOST_LINES, MOST_EMPTY = 0.05, 0.5
FEWEST_LINES, FEWEST_DAYS = 4, 3


@dataclass(frozen=True)
class _Day:
    day: date
    lines: int
    money: Decimal
    size: Decimal


def find(draft: Draft, asked: Asked) -> Finding:
    """Lines of odd days are set aside, and asked about where they hold more than one per cent of the money.

    Neither the day of reckoning nor the history follows them, unless somebody says that they are true.
    """
    days = _days(draft)
    odd = _odd(days, asked.today)
    if not odd:
        return Finding(draft)
    question = _question(draft, days, odd)
    said, degree = asked.decided(question)
    is_open = degree == "open" and is_worth_asking(total(one.size for one in odd), total(one.size for one in days))
    facts: dict[str, Any] = {"why": said, "days": question.examples}
    claim = Claim("odd_dates", said, "open" if is_open else "likely", facts, draft.name, question.lines, question.money)
    return Finding(
        draft if said == "keep" else leave_out(draft, _of_days(draft, odd), ODD_DATE, to="set_aside"),
        (claim,),
        (question,) if is_open else (),
    )


def find_in_customers(draft: Draft, asked: Asked) -> Finding:
    """First and last orders of customers on odd days are not known: the customers stay, their days go."""
    odd, gone = draft, 0
    for header in [header for key in ("first_order", "last_order") for header in draft.mapping.headers(key)]:
        days = as_date(draft.table[header])
        counts = pc.value_counts(days.drop_null()).to_pylist()
        seen = [_Day(one["values"], one["counts"], Decimal(0), Decimal(0)) for one in counts]
        out = _odd(sorted(seen, key=lambda one: one.day), asked.today)
        if out:
            no_day = pc.is_in(days, value_set=pa.array([one.day for one in out], pa.date32()))
            odd, gone = with_values(odd, header, pc.if_else(no_day, None, draft.table[header])), gone + _lines(out)
    claim = Claim("odd_dates", gone, "likely", {"why": "customers"}, draft.name, gone)
    return Finding(odd, (claim,) if gone else ())


def _days(draft: Draft) -> list[_Day]:
    """The days of a draft in their order."""
    values, amounts = draft.values("order_date"), draft.amounts()
    if values is None or amounts is None:
        return []
    table = pa.table({"day": as_date(values), "money": amounts, "size": pc.abs(amounts)})
    sums = table.group_by("day").aggregate([([], "count_all"), ("money", "sum"), ("size", "sum")]).sort_by("day")
    rows = [row for row in sums.to_pylist() if row["day"] is not None]
    return [
        _Day(row["day"], row["count_all"], *(row[key] or Decimal(0) for key in ("money_sum", "size_sum")))
        for row in rows
    ]


def _odd(days: list[_Day], today: date) -> list[_Day]:
    """Days that are none: to come, empty, or further from the others than these span."""
    lines = sum(one.lines for one in days)
    to_come = [one for one in days if today < date.max and one.day > today + CLOCKS]
    if sum(one.lines for one in to_come) > MOST_EMPTY * lines:
        to_come = []
    past = [one for one in days if one not in to_come]
    empty = _empty(past)
    rest = [one for one in past if one not in empty]
    return [*empty, *_far(rest, lines), *to_come]


def _empty(days: list[_Day]) -> list[_Day]:
    """Days at which calendars begin or end, with no other day near."""
    true = [one.day for one in days if one.day not in NO_DATES]
    empty = [one for one in days if one.day in NO_DATES and all(abs(one.day - day) > APART for day in true)]
    few = sum(one.lines for one in empty) <= MOST_EMPTY * sum(one.lines for one in days)
    return empty if true and few else []


def _far(days: list[_Day], lines: int) -> list[_Day]:
    """Days of a few lines that are further from the main part than that spans."""
    if lines < FEWEST_LINES:
        return []
    parts: list[list[_Day]] = [[one] for one in days[:1]]
    for before, after in pairwise(days):
        if after.day - before.day > FAR:
            parts.append([])
        parts[-1].append(after)
    main = max(parts, key=_lines, default=[])
    if len(main) < FEWEST_DAYS or _lines(main) < MOST_EMPTY * lines:
        return []
    few = [part for part in parts if part is not main and _lines(part) <= max(1, MOST_LINES * lines)]
    return [one for part in few if _gap(part, main) > main[-1].day - main[0].day for one in part]


def _lines(days: Sequence[_Day]) -> int:
    return sum(one.lines for one in days)


def _gap(part: list[_Day], main: list[_Day]) -> timedelta:
    return max(part[0].day - main[-1].day, main[0].day - part[-1].day)


def _of_days(draft: Draft, odd: list[_Day]) -> pa.ChunkedArray:
    values = draft.values("order_date")
    assert values is not None, "no days to choose from"
    return pc.is_in(as_date(values), value_set=pa.array([one.day for one in odd], pa.date32()), skip_nulls=True)


def _question(draft: Draft, days: list[_Day], odd: list[_Day]) -> Question:
    lines, money = _lines(odd), total(one.money for one in odd)
    whole = total(one.money for one in days)
    return Question(
        "odd_dates",
        draft.name,
        (Choice("aside", _lines(days) - lines, whole - money), Choice("keep", _lines(days), whole)),
        "aside",
        next(iter(draft.mapping.headers("order_date"))),
        {"why": "odd"},
        lines,
        money,
        tuple(str(one.day) for one in odd[:3]),
        tuple({"value": str(one.day), "lines": one.lines, "money": one.money, "proposal": "aside"} for one in odd),
    )
