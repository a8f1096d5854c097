"""Dates as people write them, with the order of day and month left open until a whole column has spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from tiering.ingest.values.date_forms import FORMS, LETTER_ERAS, era_year, month_of, plain_date

Order = Literal["dmy", "mdy", "ymd", "swapped"]  # swapped: a program has turned around what it could read
Shape = Literal["sure", "order", "digits", "serial", "month", "hinted"]

EXCEL_EPOCH = datetime(1899, 12, 30)
SERIALS = range(20_000, 80_001)  # 1954 to 2119
YEARS_BY_DIGITS = range(1950, 2061)
ROC_YEARS = range(60, 200)
AFTERNOON = frozenset({"下午", "午後", "오후", "晚上"})


# Outside every calendar: what databases, spreadsheets and systems write for an empty date, and no day of trade.
NO_DATE = re.compile(
    r"(?:0000[-/.]?00[-/.]?00|00[-/.]00[-/.]0000|000[01][-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]000[01]"
    r"|1900[-/]0?1[-/]0?0|0?[01]/0?0?0/1900|160[01][-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]160[01]"
    r"|(?:9999|[23]999|3000)[-/.年]?\d\d?[-/.月]?\d\d?日?|\d\d?[-/.]\d\d?[-/.](?:9999|[23]999|3000)|295846[456]|0(?:\.0+)?)"
    r"(?:[ T].*)?"
)


@dataclass(frozen=True)
class DateText:
    """A date as written, taken apart. ``numbers`` are the two day-or-month numbers where the order is open.

    Months, quarters and weeks (shape ``month``) stand for their first day; ``hinted`` forms (202601, R6.4.1) are
    dates where the header says so.
    """

    shape: Shape
    year: int = 0
    month: int = 0
    day: int = 0
    clock: tuple[int, int, int] = (0, 0, 0)
    numbers: tuple[int, int] = (0, 0)
    year_digits: int = 4
    serial: float = 0.0
    dotted: bool = False
    dayless: bool = False


@lru_cache(maxsize=65_536)
def is_no_date(cell: str) -> bool:
    """Whether a cell of a column of dates holds what programs write where there is none.

    >>> is_no_date("0000-00-00 00:00:00"), is_no_date("31.12.9999"), is_no_date("2024-02-30")
    (True, True, False)
    """
    return bool(NO_DATE.fullmatch(cell.strip()))


@lru_cache(maxsize=65_536)
def date_text(cell: str) -> DateText | None:
    """Take a cell apart; None where it is not written as a date (an impossible day is still written as one).

    Examples
    --------
    >>> date_text("2023年8月16号").shape
    'sure'
    >>> date_text("03/11/2023").numbers
    (3, 11)
    """
    if not 4 <= len(cell) <= 48 or not any(char.isdigit() or char in "年月" for char in cell):
        return None
    plain = plain_date(cell)
    for form, pattern in FORMS.items():
        found = pattern.fullmatch(plain)
        if found is not None and (taken := _taken_apart(form, found)) is not None:
            return taken
    return None


def _taken_apart(form: str, found: re.Match[str]) -> DateText | None:
    parts = {name: text for name, text in found.groupdict().items() if text}
    if form == "serial":
        return DateText("serial", serial=float(found[0])) if int(parts["serial"]) in SERIALS else None
    if form in {"quarter", "week"}:
        return _period(form, parts)
    if form == "roc":
        year = int(parts["roc"])
        taken = DateText("hinted", year + 1911, int(parts["m"]), int(parts["d"]), _clock(parts))
        return taken if year in ROC_YEARS else None
    if form == "letter_era":
        year = era_year(LETTER_ERAS[parts["era"]], parts["era_year"])
        return DateText("hinted", year, int(parts["m"]), int(parts["d"]))
    written = parts["y"].lstrip("'")
    year, clock = _year(written), _clock(parts)
    if form == "order":
        numbers, dotted = (int(parts["a"]), int(parts["b"])), parts["gap"] == "."
        return DateText("order", year, clock=clock, numbers=numbers, year_digits=len(written), dotted=dotted)
    month = month_of(parts["word"]) if "word" in parts else int(parts.get("m") or parts["m2"])
    if month is None or (form == "digits_month" and year not in YEARS_BY_DIGITS):
        return None
    if "d" not in parts:
        return DateText("hinted" if form == "digits_month" else "month", year, month, 1, dayless=True)
    return DateText("digits" if form == "digits" else "sure", year, month, int(parts["d"]), clock)


def _period(form: str, parts: dict[str, str]) -> DateText | None:
    """First day of a quarter, half-year or week."""
    named = {name.rstrip("2345"): text for name, text in parts.items()}
    year = _year(named["y"])
    if form == "week":
        try:
            monday = date.fromisocalendar(year, int(named["w"]), 1)
        except ValueError:
            return None
        return DateText("month", monday.year, monday.month, monday.day, dayless=True)
    half = {"上": 1, "下": 2}.get(named.get("h", ""), 0) or int(named.get("h", "0"))
    return DateText("month", year, 6 * half - 5 if half else 3 * int(named["q"]) - 2, 1, dayless=True)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _clock(parts: dict[str, str]) -> tuple[int, int, int]:
    if not parts.get("hour"):
        return (0, 0, 0)
    hour = int(parts["hour"] or 0)
    half = parts.get("ampm") or parts.get("half") or ""
    if half.startswith("p") or half in AFTERNOON:
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    return (hour, int(parts["minute"]), int(parts.get("second", 0)))


def date_value(text: DateText, order: Order = "dmy") -> datetime | None:
    """Moment a date text stands for; None where there is no such day.

    ``order`` counts only where it is open; ``swapped`` turns true dates around that a program has made of texts.
    """
    if order == "swapped":
        return _turned_around(text)
    if text.shape == "serial":
        return EXCEL_EPOCH + timedelta(seconds=round(text.serial * 86_400))
    year, month, day = text.year, text.month, text.day
    if text.shape == "order":
        year, month, day = _ordered(text, order)
    try:
        moment = datetime(year, month, day, *text.clock)
    except ValueError:
        return None
    return moment if 1677 < moment.year < 2262 else None


def _turned_around(text: DateText) -> datetime | None:
    if text.shape == "sure" and text.day <= 12:
        return date_value(replace(text, month=text.day, day=text.month))
    orders = sorted(possible_orders(text))
    return date_value(text, orders[0]) if orders else None


def _ordered(text: DateText, order: Order) -> tuple[int, int, int]:
    first, second = text.numbers
    if order == "ymd" and text.year_digits == 2:
        return _year(f"{first:02d}"), second, text.year % 100
    return (text.year, second, first) if order == "dmy" else (text.year, first, second)


def possible_orders(text: DateText) -> set[Order]:
    """Orders of day, month and year under which an open date is a day of the calendar."""
    orders: tuple[Order, ...] = ("dmy", "mdy") if text.year_digits == 4 else ("dmy", "mdy", "ymd")
    return {order for order in orders if date_value(text, order) is not None}
