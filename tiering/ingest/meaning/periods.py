"""Periods as people write them in headers and cells: months, quarters, halves, weeks, years and fiscal periods."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from tiering.ingest.meaning.fields import normalised_header

Span = Literal["day", "week", "month", "quarter", "half", "year"]
MONTHS_OF: dict[Span, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"(?P<year>(?:19|20)?\d\d)"
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTERS = r"季度|季|四半期|분기|quartal|trimestre|trim|kwartał|kwartaal|кв\.?|квартал|quarter|qtr|q"
_WEEKS = "w|kw|cw|wk|week|s|semaine|semana|неделя"
_GAP = r"[\s\-_./'’年]*"


@dataclass(frozen=True)
class Period:
    """A span of time; ``year`` is None where only its place in the year is written."""

    span: Span
    number: int
    year: int | None
    day: date | None = field(default=None, repr=False)

    def last_day(self, year: int | None = None) -> date:
        """The last day of it, in the year given where it has none of its own."""
        whole = self.year or year
        assert whole is not None, "a period needs a year"
        if self.day is not None:
            return self.day
        if self.span == "week":
            return date.fromisocalendar(whole, min(self.number, 52), 7)
        month = self.number * MONTHS_OF[self.span]
        return date(whole + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@cache
def vocabulary() -> dict[str, Any]:
    """Months and words of periods."""
    return tomllib.loads((Path(__file__).parent / "periods.toml").read_text(encoding="utf-8"))


@cache
def period_words() -> frozenset[str]:
    """Headers of a column of periods, as headers are compared."""
    return frozenset(normalised_header(word) for word in vocabulary()["period"])


@cache
def _months() -> dict[str, int]:
    return {word: number for number, words in enumerate(vocabulary()["months"], start=1) for word in words}


@cache
def _patterns() -> tuple[tuple[Span, re.Pattern[str]], ...]:
    words = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    named = rf"(?P<word>{words})(?![^\W\d_])\.?"
    number, quarter = r"(?P<number>0?[1-9]|1[0-2])", r"(?P<number>[1-4一二三四]|iv|i{1,3})"
    of_quarter = rf"(?:\s*\.?\s*(?:{_QUARTERS}))"
    of_week = rf"(?:年?第?(?P<number>[0-5]?\d)[周週]|(?:{_WEEKS}){_GAP}(?P<n2>[0-5]?\d))"
    all_patterns: tuple[tuple[Span, str], ...] = (
        ("day", rf"{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?:[ t]00:00(?::00)?)?"),
        ("month", rf"{_SHORT}\s*[年년]度?\s*{number}\s*[月월](?:份|度)?"),
        ("month", rf"(?<![^\W\d_]){named}{_GAP}{_SHORT}"),
        ("month", rf"{_YEAR}{_GAP}(?<![^\W\d_]){named}"),
        ("week", rf"{_YEAR}{_GAP}{of_week}"),
        ("week", rf"(?<![^\W\d_])(?:w|kw|cw|wk|week){_GAP}(?P<number>[0-5]?\d){_GAP}{_YEAR}"),
        ("quarter", rf"{_SHORT}{_GAP}(?:年度?)?(?:第?{quarter}{of_quarter}|(?:q|qtr|quarter|t|кв){_GAP}(?P<n2>[1-4]))"),
        ("quarter", rf"(?<![^\W\d_])(?:q|qtr|quarter|t|trim|trimestre)\.?{_GAP}(?P<number>[1-4]){_GAP}(?:fy)?{_SHORT}"),
        ("quarter", rf"(?P<number>[1-4])\.?{of_quarter}{_GAP}{_SHORT}"),
        ("half", rf"{_YEAR}{_GAP}(?:(?P<number>[上下])半?年|h(?P<n2>[12]))"),
        ("half", rf"(?<![^\W\d_])h(?P<number>[12]){_GAP}{_SHORT}"),
        ("month", rf"(?:fy|财年)?{_GAP}{_SHORT}{_GAP}(?:年度?)?(?:p|per|period|m|期间){_GAP}0?{number}(?!\d)"),
        ("month", rf"(?<![^\W\d_])(?:p|per|period|m){_GAP}0?{number}{_GAP}(?:fy)?{_SHORT}"),
        ("month", rf"{_YEAR}0{number}(?!\d)"),
        ("month", rf"{_YEAR}[\s\-_./]?(?P<number>0[1-9]|1[0-2])(?!\d)(?:\s*月)?"),
        ("month", rf"{_YEAR}[\s\-_./年년度]+(?P<number>[1-9])(?!\d)"),
        ("month", rf"(?<![\d.])0?{number}[\-/.]{_YEAR}"),
        ("year", rf"(?:fy|财年|cy|gj){_GAP}{_SHORT}(?:[/\-](?:20)?\d\d)?(?!\d)"),
        ("year", rf"{_YEAR}(?:[/\-](?:(?:19|20)\d\d|\d\d))?(?:\s*(?:年度?|财年|년|г\.?))?"),
        ("quarter", rf"第?{quarter}{of_quarter}|(?<![^\W\d_])(?:q|qtr|quarter)\s*(?P<n2>[1-4])"),
        ("half", r"(?P<number>[上下])半年|(?<![^\W\d_])h(?P<n2>[12])"),
        ("month", rf"(?<!\d){number}\s*(?:月[份度]?|월)"),
        ("month", rf"(?<![^\W\d_]){named}"),
        ("month", rf"(?<![^\W\d_])(?:m|month|mois|monat|mes|maand)\s*0?{number}"),
        ("week", r"(?<![^\W\d_])(?:w|kw|wk|week)\s*(?P<number>[0-5]?\d)|第(?P<n2>[0-5]?\d)[周週]"),
    )  # fmt: skip
    return tuple((span, re.compile(rf"(?<!\d)(?:{text})(?!\d)", re.IGNORECASE)) for span, text in all_patterns)


@lru_cache(maxsize=4096)
def period_in(text: str) -> tuple[Period, str] | None:
    """The period that a text names, with what else it says; None where it names none.

    >>> period_in("2022年销售额"), period_in("Sales Jan-24")
    ((Period(span='year', number=1, year=2022), '销售额'), (Period(span='month', number=1, year=2024), 'Sales'))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for span, pattern in _patterns():
        found = pattern.search(plain)
        period = None if found is None else _period(span, found)
        if found is not None and period is not None:
            rest = plain[: found.start()] + " " + plain[found.end() :]
            return period, _said_beside(rest)
    return None


def _said_beside(rest: str) -> str:
    left = " ".join(re.sub(r"[()（）\[\]]", " ", rest).split()).strip(" -_·:：,/年度'")
    return "" if normalised_header(left) in period_words() else left


def period_of(text: str) -> Period | None:
    """The period that a text names and nothing else."""
    found = period_in(text)
    return found[0] if found and not found[1] else None


def year_in(texts: Iterator[str]) -> int | None:
    """The one year that titles or file names bear, None where they bear none or several."""
    years = {int(year) for text in texts for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)}
    return years.pop() if len(years) == 1 else None


def _period(span: Span, found: re.Match[str]) -> Period | None:
    told = found.groupdict()
    year = _four_digits(told.get("year"))
    if year is not None and not 1950 <= year <= 2100:
        return None
    if span == "year":
        return Period("year", 1, year)
    written = (told.get("word") or told.get("number") or told.get("n2") or "").casefold()
    number = _months().get(written) or _CHINESE.get(written) or (int(written) if written.isdigit() else 0)
    if not 1 <= number <= {"week": 53, "quarter": 4, "half": 2}.get(span, 12):
        return None
    if span == "day":
        return _day(year or 0, number, int(told["day"]))
    return Period(span, number, year)


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        return Period("day", month, year, date(year, month, day))
    except ValueError:
        return None


def _four_digits(year: str | None) -> int | None:
    if year is None:
        return None
    return int(year) if len(year) == 4 else 2000 + int(year)
