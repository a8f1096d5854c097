"""The forms in which people write dates, brought to a few: months in ten languages, eras, Chinese numerals."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from tiering.ingest.values.number_words import numeral

CLOCK = (
    r"(?:(?:[ t:_]|,\s)\s*|(?<=[日号]))(?P<half>上午|下午|午前|午後|오전|오후|晚上|早上|中午)?\s*"
    r"(?P<hour>\d{1,2})[:.时時点點시h](?P<minute>\d{1,2})[分분]?"
    r"(?:[:.]?(?P<second>\d{1,2})[秒초]?(?:\.\d+)?)?\s*(?P<ampm>am|pm|a\.m\.|p\.m\.)?\s*(?:z|utc|gmt|uhr|[+-]\d{2}:?\d{2})?"
)
COMPACT_CLOCK = r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?z?)"
NAME = r"[^\W\d_]{3,12}"
YEAR = r"(?P<y>\d{4}|(?<!\d)'?\d{2})"
BEFORE_YEAR = r"(?:[-/ ,]+(?:de |del )?|(?<=[^\W\d_]))"
GAPPED = r"(?P<gap>[-/.])\s*(?P<m>\d{1,2})\s*(?P=gap)\s*(?P<d>\d{1,2})"
WRITTEN = {
    "ymd": rf"(?P<y>\d{{4}})\s*[-/.年]\s*(?P<m>\d{{1,2}})\s*[-/.月]\s*(?P<d>\d{{1,2}})\s*[日号號.]?(?:{CLOCK})?",
    "month": r"(?P<y>\d{4})\s*(?:[-/]\s*(?P<m>\d{1,2})|年\s*(?P<m2>\d{1,2})\s*月份?)",
    "month_first": r"(?P<m>0?[1-9]|1[0-2])\s*[-/]\s*(?P<y>(?:19|20)\d{2})",
    "digits": rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){COMPACT_CLOCK}?",
    "digits_clock": rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}})(?:{CLOCK})",
    "digits_month": r"(?P<y>(?:19|20)\d{2})\.?(?P<m>0[1-9]|1[0-2])",
    "order": (
        rf"(?P<a>\d{{1,2}})\s*(?P<gap>[-/.])\s*(?P<b>\d{{1,2}})\s*(?P=gap)\s*(?P<y>\d{{4}}|\d{{2}})\.?(?:{CLOCK})?"
    ),
    "roc": rf"(?P<roc>\d{{3}})\s*{GAPPED}(?:{CLOCK})?",
    "letter_era": rf"(?P<era>[rhs])\s?(?P<era_year>\d{{1,2}}|元)\s*{GAPPED}",
    "named": (
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?[-/ .]*(?:de |d')?(?P<word>{NAME})\.?"
        rf"{BEFORE_YEAR}{YEAR}(?:{CLOCK})?"
    ),
    "word": rf"(?P<word>{NAME})\.?[-/ ]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[-/ ]+(?P<y>\d{{4}})(?:{CLOCK})?",
    "year_word": rf"(?P<y>\d{{4}})[-/ ]+(?P<word>{NAME})\.?(?:[-/ ]+(?P<d>\d{{1,2}}))?",
    "month_word": rf"(?P<word>{NAME})\.?{BEFORE_YEAR}{YEAR}",
    "quarter": (
        r"(?P<y>\d{4}|\d{2})\s*年?[-/ .]*(?:q(?P<q>[1-4])|第?\s*(?P<q2>[1-4])\s*季度?)"
        r"|q(?P<q3>[1-4])[-/ .']*(?P<y2>\d{4}|\d{2})|(?P<q4>[1-4])q[-/ .']*(?P<y3>\d{4}|\d{2})"
        r"|(?P<y4>\d{4}|\d{2})\s*年?[-/ .]*(?:h(?P<h>[12])|(?P<h2>[上下])半年)|h(?P<h3>[12])[-/ .]*(?P<y5>\d{4})"
    ),
    "week": (
        r"(?P<y>\d{4})\s*年?[-/ ]*(?:w|kw|cw|wk|week|第)\s*(?P<w>\d{1,2})\s*周?"
        r"|(?:w|kw|cw|wk|week)\s*(?P<w2>\d{1,2})[-/ ,]+(?P<y2>\d{4})"
    ),
    "serial": r"(?P<serial>\d{5})(?:\.(?P<part>\d+))?",
}
FORMS = {form: re.compile(pattern) for form, pattern in WRITTEN.items()}
DAYS = (
    "mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
)
WEEKDAY = re.compile(
    rf"\s*[(（]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）]?\s*|\s*[(（][月火水木金土日월화수목금토일][)）]|^(?:{DAYS})(?:[a-z]*)?[.,]+\s*|^(?:{DAYS})[a-z]*\s+(?=\d)"
)
ERAS = {"民国": 1911, "民國": 1911, "中華民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}
ERA = re.compile(r"^(?P<era>中華民國|民国|民國|令和|平成|昭和|大正)\s*(?P<year>\d{1,3}|元)\s*(?=[年/.-])")
LETTER_ERAS = {"r": 2018, "h": 1988, "s": 1925}
NUMERALS = re.compile(r"[〇零○一二三四五六七八九十廿卅]+(?=[年月日号號季])")
SEASONS = re.compile(r"第([一二三四])季|(?<=年)([一二三四])季")


@cache
def month_names() -> dict[str, int]:
    """Full names and irregular abbreviations of the months, with and without accents → 1..12."""
    listed = tomllib.loads((Path(__file__).parent / "months.toml").read_text(encoding="utf-8"))
    short = listed.pop("short")
    names = {name: place for months in listed.values() for place, name in enumerate(months, 1)} | short
    return names | {_without_accents(name): place for name, place in names.items()}


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


@cache
def month_of(word: str) -> int | None:
    """Month a word names or begins, in any of the languages known; None where it names none, or two.

    Examples
    --------
    >>> month_of("märz"), month_of("janv"), month_of("dic"), month_of("jui"), month_of("maybe")
    (3, 1, 12, None, None)
    """
    names = month_names()
    if word in names:
        return names[word]
    begun = {place for name, place in names.items() if len(word) >= 3 and name.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


def plain_date(cell: str) -> str:
    """A cell in common forms, in small letters: no weekday, no era, no Chinese numeral.

    Examples
    --------
    >>> plain_date("二〇二六年三月五日"), plain_date("令和6年4月1日"), plain_date("Mo., 5. Jan 2026")
    ('2026年3月5日', '2024年4月1日', '5. jan 2026')
    """
    plain = unicodedata.normalize("NFKC", cell).lower().strip().lstrip("'")
    plain = WEEKDAY.sub(" ", plain).strip()
    if plain.isascii():
        return plain
    plain = plain.translate(str.maketrans("년월일", "年月日"))
    plain = SEASONS.sub(lambda found: f"第{numeral(found[1] or found[2])}季", plain)
    plain = NUMERALS.sub(lambda found: str(numeral(found[0].replace("廿", "二十").replace("卅", "三十")) or 0), plain)
    return ERA.sub(lambda found: str(era_year(ERAS[found["era"]], found["year"])), plain)


def era_year(start: int, year: str) -> int:
    """Year of the calendar for a year of an era that began after ``start``; 元 is the first."""
    return start + (1 if year == "元" else int(year))
