"""Numbers as people write them: currencies, words of number, brackets, percent, credit, grouping and decimal marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Literal

from tiering.ingest.values.currencies import currency_named, currency_pattern, is_loose, meanings, same_currency
from tiering.ingest.values.number_words import scale_letters, scale_of, scale_pattern, spelled_amount

Mark = Literal[".", ","]
Side = Literal["", "cr", "dr"]

ABSENT = frozenset(
    {"", "-", "--", "—", "——", "/", "n/a", "na", "nan", "null", "none", "nil", "#n/a", "无", "空", "暂无"}
)
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
ONE_SIGN = str.maketrans(
    {**dict.fromkeys("−–—‒―‐‑﹣－", "-"), **dict.fromkeys("’‘ʼ`´′＇", "'"), **dict.fromkeys(INVISIBLE)}
)
NO_CENTS = re.compile(r"(?<=\d)[.,:](?:-{1,2}|=)(?=\s*\D*$)")  # 500.- and 500,-- and 500:- are whole amounts
SPACE_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
SIDES: dict[str, Side] = {"cr": "cr", "贷": "cr", "貸": "cr", "h": "cr", "dr": "dr", "借": "dr", "s": "dr"}
OWN_WORDS = re.compile(r"[元圆圓円块塊]")
CODE_AND_NUMBER = re.compile(r"[A-Za-z]+-\d+")
CORES = {
    ".": re.compile(
        r"\d+(\.\d+)?|\d+\.|\.\d+|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}('\d{3})+(\.\d+)?|\d{1,2}(,\d{2})+,\d{3}(\.\d+)?"
    ),
    ",": re.compile(r"\d+(,\d+)?|,\d+|\d{1,3}(\.\d{3})+(,\d+)?|\d{1,3}('\d{3})+(,\d+)?"),
}


@cache
def _shape() -> re.Pattern[str]:
    side = r"(?:[CcDd][Rr]\.?|贷|貸|借)"
    return re.compile(
        rf"(?P<open>\()?\s*(?P<side_before>{side})?\s*(?P<sign>[+-])?\s*"
        rf"(?P<big>[kKtTmM](?=€|EUR|USD|CHF|GBP))?(?P<before>{currency_pattern(False)}|R(?=\s?\d))?\s*"
        r"(?P<inner>\()?\s*(?P<sign_inside>[+-])?\s*"
        r"(?P<core>\d[\d.,']*|[.,]\d+)(?P<exponent>[eE][+-]?\d{1,3})?\s*"
        rf"(?P<scale>{scale_pattern()}|L(?![a-zA-Z]))?\s*"
        rf"(?P<behind>{currency_pattern(True)})?\s*"
        rf"(?P<part>%|‰|(?i:percent|pct))?(?P<trailing>\s*-)?\s*(?P<side>{side}|(?<=\s)[HS])?\s*(?P<close>\))?"
    )


@dataclass(frozen=True)
class NumberText:
    """A number as written, taken apart; the marks in ``core`` are still to be read.

    ``currency`` is a code, or the sign where several currencies share it; ``own_unit`` says that the cell names
    its unit (元, 万), whatever the header says; ``loose`` that it is a number only among money (``5m``, ``6 ft``);
    ``spelled`` is the value of an amount in words.
    """

    core: str
    negative: bool
    factor: Decimal
    currency: str
    percent: bool
    own_unit: bool = False
    loose: str = ""
    side: Side = ""
    spelled: Decimal | None = None


@lru_cache(maxsize=65_536)
def number_text(cell: str) -> NumberText | None:
    """Take a cell apart; None where it is not written as one number.

    Examples
    --------
    >>> number_text("(￥1,234.50)").negative
    True
    >>> number_text("面议3000") is None
    True
    >>> number_text("1.2 Mio. €").currency, number_text("12k").loose
    ('EUR', 'k')
    """
    if len(cell) > 64:
        return None
    if not any(char.isdecimal() for char in cell):
        return _spelled(cell)
    plain = _plain(cell)
    found = _shape().fullmatch(plain) if plain else None
    return _spelled(cell) if found is None else _taken_apart(found)


def _plain(cell: str) -> str:
    """The cell in common forms; nothing where a raised or circled digit would become a digit."""
    shown = cell.translate(ONE_SIGN)
    if not shown.isascii():
        if any(unicodedata.category(char) == "No" for char in shown):
            return ""
        shown = unicodedata.normalize("NFKC", shown)
    shown = shown.strip()
    hidden = shown[1:] if shown[:1] == "'" and shown.count("'") == 1 else shown
    return SPACE_GROUPS.sub("", NO_CENTS.sub("", hidden))


def _spelled(cell: str) -> NumberText | None:
    plain = unicodedata.normalize("NFKC", cell).strip() if 2 <= len(cell) <= 40 and not cell.isascii() else ""
    value = spelled_amount(plain.replace(" ", "")) if plain else None
    if value is None:
        return None
    named = {"人民币": "CNY", "円": "JPY", "元": "元", "圆": "元", "圓": "元"}
    currency = next((code for word, code in named.items() if word in plain), "")
    return NumberText(str(abs(value)), value < 0, Decimal(1), currency, False, own_unit=True, spelled=abs(value))


def _taken_apart(found: re.Match[str]) -> NumberText | None:
    part = {name: text or "" for name, text in found.groupdict().items()}
    minus = [sign for sign in (part["sign"], part["sign_inside"], part["trailing"].strip()) if sign]
    opened = bool(part["open"]) + bool(part["inner"])
    if opened != bool(part["close"]) or len(minus) + opened > 1 or (part["side_before"] and part["side"]):
        return None
    currency = same_currency(currency_named(part["before"]), currency_named(part["behind"]))
    if currency is None or CODE_AND_NUMBER.fullmatch(found[0]):
        return None
    scale = _scale(part, currency)
    if scale is None:
        return None
    exponent = Decimal(f"1{part['exponent']}") if part["exponent"] else Decimal(1)
    share = {"": Decimal(1), "‰": Decimal("0.1")}.get(part["part"], Decimal(1))
    return NumberText(
        core=part["core"],
        negative=bool(opened) or minus == ["-"],
        factor=scale * exponent * share,
        currency=currency,
        percent=bool(part["part"]),
        own_unit=bool(part["scale"] or part["big"] or OWN_WORDS.search(part["behind"])),
        loose=_loose(part, currency),
        side=SIDES.get((part["side"] or part["side_before"]).lower().rstrip("."), ""),
    )


def _scale(part: dict[str, str], currency: str) -> Decimal | None:
    """Factor of the words of number of a cell; None where a letter is none without a currency."""
    word = part["scale"] or part["big"]
    if not word:
        return Decimal(1)
    rupees = "INR" in meanings(currency)
    if (word == "L" and not rupees) or (word.lower() == "t" and not currency) or (part["scale"] and part["big"]):
        return None
    return scale_of(word, rupees=rupees)


def _loose(part: dict[str, str], currency: str) -> str:
    """What makes a number of the cell among money only."""
    if part["side"] in {"H", "S"}:
        return part["side"].lower()
    written = part["before"] or part["behind"]
    if currency and not is_loose(written):
        return ""
    letter = part["scale"].lower()
    return written.lower() or (letter if letter in scale_letters() else "")


def is_absent(cell: str) -> bool:
    """Whether a cell of a number or date column says "nothing here"."""
    return cell.strip().lower() in ABSENT


def number_value(text: NumberText, mark: Mark) -> Decimal | None:
    """Value of a number with ``mark`` as its decimal mark; None where it cannot be read so.

    Examples
    --------
    >>> number_value(number_text("1.234,5"), ",")
    Decimal('1234.5')
    >>> number_value(number_text("1.234,5"), ".") is None
    True
    """
    if text.spelled is not None:
        return -text.spelled if text.negative else text.spelled
    if not CORES[mark].fullmatch(text.core):
        return None
    group = "," if mark == "." else "."
    digits = text.core.replace(group, "").replace("'", "").replace(",", ".")
    try:
        value = Decimal(digits) * text.factor
    except InvalidOperation:
        return None
    if text.percent:
        value = value / 100
    return -value if text.negative and value else value


def mark_evidence(core: str) -> Mark | Literal["dot3", "comma3"] | None:
    """What one number says about the decimal mark: a mark, "dot3"/"comma3" for 1.234 and 1,234, None for nothing."""
    dots, commas = core.count("."), core.count(",")
    if dots and commas:
        return "." if core.rindex(".") > core.rindex(",") else ","
    if not dots and not commas:
        return None
    mark: Mark = "." if dots else ","
    if max(dots, commas) > 1:
        return "," if mark == "." else "."
    whole, fraction = core.split(mark)
    if len(fraction) == 3 and 1 <= len(whole.replace("'", "")) <= 3 and not whole.startswith("0"):
        return "dot3" if mark == "." else "comma3"
    return mark


def marks_seen(cores: Iterable[str]) -> dict[str, int]:
    """Count of each piece of evidence over a column's numbers."""
    seen: dict[str, int] = {}
    for core in cores:
        evidence = mark_evidence(core)
        if evidence:
            seen[evidence] = seen.get(evidence, 0) + 1
    return seen
