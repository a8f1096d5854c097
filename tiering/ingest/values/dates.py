"""Dates as people write them, with the order of day and month left open until a whole column has spoken."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]
Shape = Literal["sure", "order", "digits", "serial", "month"]

MONTH_WORDS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
MONTHS = {word[:3]: number for number, word in enumerate(MONTH_WORDS, 1)}
EXCEL_EPOCH = datetime(1899, 12, 30)
SERIALS = range(20_000, 80_001)  # 1954 to 2119

CLOCK = (
    r"(?:[ t:]\s*|(?<=[日号]))(?P<half>上午|下午)?\s*(?P<hour>\d{1,2})[:.时点](?P<minute>\d{1,2})分?"
    r"(?:[:.]?(?P<second>\d{1,2})秒?(?:\.\d+)?)?\s*(?P<ampm>am|pm|a\.m\.|p\.m\.)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?"
)
FORMS = {
    "ymd": re.compile(
        rf"(?P<y>\d{{4}})\s*[-/.年]\s*(?P<m>\d{{1,2}})\s*[-/.月]\s*(?P<d>\d{{1,2}})\s*[日号]?(?:{CLOCK})?"
    ),
    "month": re.compile(r"(?P<y>\d{4})\s*(?:[-/]\s*(?P<m>\d{1,2})|年\s*(?P<m2>\d{1,2})\s*月份?)"),
    "digits": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2}))?"),
    "order": re.compile(
        rf"(?P<a>\d{{1,2}})\s*(?P<gap>[-/.])\s*(?P<b>\d{{1,2}})\s*(?P=gap)\s*(?P<y>\d{{4}}|\d{{2}})(?:{CLOCK})?"
    ),
    "named": re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-/ .]*(?P<word>[a-z]{{3,9}})[-/ .,]*(?P<y>\d{{4}}|\d{{2}})(?:{CLOCK})?"
    ),
    "word": re.compile(
        rf"(?P<word>[a-z]{{3,9}})\.?[-/ ]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[-/ ]+(?P<y>\d{{4}})(?:{CLOCK})?"
    ),
    "serial": re.compile(r"(?P<serial>\d{5})(?:\.(?P<part>\d+))?"),
}
WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?\s*|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+")


@dataclass(frozen=True)
class DateText:
    """A date as written, taken apart. ``numbers`` are the two day-or-month numbers where the order is open."""

    shape: Shape
    year: int = 0
    month: int = 0
    day: int = 0
    clock: tuple[int, int, int] = (0, 0, 0)
    numbers: tuple[int, int] = (0, 0)
    year_digits: int = 4
    serial: float = 0.0


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
    if not 5 <= len(cell) <= 48:
        return None
    plain = WEEKDAY.sub(" ", unicodedata.normalize("NFKC", cell).lower()).strip()
    for form, pattern in FORMS.items():
        found = pattern.fullmatch(plain)
        if found is not None:
            return _taken_apart(form, found)
    return None


def _taken_apart(form: str, found: re.Match[str]) -> DateText | None:
    parts = found.groupdict()
    if form == "serial":
        return DateText("serial", serial=float(found[0])) if int(parts["serial"]) in SERIALS else None
    year, digits = _year(parts["y"]), len(parts["y"])
    if form == "month":
        return DateText("month", year, int(parts["m"] or parts["m2"]), 1)
    clock = _clock(parts)
    if form == "order":
        return DateText("order", year, clock=clock, numbers=(int(parts["a"]), int(parts["b"])), year_digits=digits)
    if form in {"named", "word"}:
        word = parts["word"]
        if word != "sept" and not any(month.startswith(word) for month in MONTH_WORDS):
            return None
        return DateText("sure", year, MONTHS[parts["word"][:3]], int(parts["d"]), clock)
    return DateText("digits" if form == "digits" else "sure", year, int(parts["m"]), int(parts["d"]), clock)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int]:
    if not parts.get("hour"):
        return (0, 0, 0)
    hour = int(parts["hour"] or 0)
    half = parts.get("ampm") or parts.get("half") or ""
    if half.startswith("p") or half == "下午":
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    return (hour, int(parts["minute"] or 0), int(parts["second"] or 0))


def date_value(text: DateText, order: Order = "dmy") -> datetime | None:
    """Moment a date text stands for; None where there is no such day. ``order`` counts only where it is open."""
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


def _ordered(text: DateText, order: Order) -> tuple[int, int, int]:
    first, second = text.numbers
    if order == "ymd" and text.year_digits == 2:
        return _year(f"{first:02d}"), second, text.year % 100
    return (text.year, second, first) if order == "dmy" else (text.year, first, second)


def possible_orders(text: DateText) -> set[Order]:
    """Orders of day, month and year under which an open date is a day of the calendar."""
    orders: tuple[Order, ...] = ("dmy", "mdy") if text.year_digits == 4 else ("dmy", "mdy", "ymd")
    return {order for order in orders if date_value(text, order) is not None}
