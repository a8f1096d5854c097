"""Units that headers and titles name for the numbers below them: 万元, 千円, k€, in thousands, (USD)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from tiering.ingest.values.currencies import currency_named, currency_pattern, is_loose, same_currency
from tiering.ingest.values.number_words import scale_letters, scale_of, scale_words

BRACKETS = re.compile(r"[(\[{【<]([^()\[\]{}【】<>]*)[)\]}】>]")
CONNECTIVES = re.compile(
    r"^(?:单位|單位|単位|unit|units|einheit|currency|币种|amounts?|values?|beträge|angaben|alle|all|figures|montants|importes)?\s*[::]?\s*"
    r"(?:are\s+)?(?:in|en|em|à|以|按)?\s+|^(?:单位|單位|単位|unit|einheit|currency|币种)\s*[::]\s*",
    re.IGNORECASE,
)
OF = re.compile(r"\s*(?:\bof\b|\bde\b|\bd'|\bdi\b|\bvon\b|\bin\b)\s*|\s+", re.IGNORECASE)
THOUSANDS = r"(?:[x×*]\s*)?(?:'?000'?s?|1[,.' ]?000'?s?)"
COUNTERS = "件个個台吨噸人套只箱次单單张張户戶家股份瓶台辆"
CHINESE_MONEY = "元|圆|圓|円|日元|美元|美金|欧元|歐元|港元|港币|港幣|英镑|人民币|台币|韩元"
CHINESE_END = re.compile(rf"([十百千万萬亿億]+(?:{CHINESE_MONEY}))$")
PLAIN_UNITS = frozenset({"%", "kg", "g", "t", "l", "m", "m²", "m³", "km", "h", "pcs", "pc", "stk", "stk.", "units"})
LONGEST_HEADER = 200
NOT_UNITS = frozenset({"ALL", "TOP"})
RATE = re.compile(r"(?:\bper|/|每|\bje|\bpro)\s*$", re.IGNORECASE)
STATED = "amounts?|values|figures|beträge|angaben|montants|importes|valori"
TITLE_UNIT = re.compile(
    rf"(?:单位|單位|単位|币种|unit|einheit|currency|(?:{STATED})[\w ]*?\b(?:in|en)\b|^\(?in\b)"
    r"\s*[::]?\s*(?P<unit>[^()]{1,30}?)\s*(?:,[^,]*)?[)。.]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HeaderUnit:
    """A unit as named, what it multiplies by and the currency in it (a code, or a sign several currencies share)."""

    unit: str = ""
    factor: int = 1
    currency: str = ""


NONE = HeaderUnit()


@lru_cache(maxsize=4096)
def header_unit(header: str, of_money: bool = True) -> HeaderUnit:
    """Unit a header names for its column; an empty one where it names none.

    Parameters
    ----------
    of_money
        Whether the header speaks of money, so that a letter alone in brackets may mean thousands or millions.

    Examples
    --------
    >>> header_unit("金额(万元)")
    HeaderUnit(unit='万元', factor=10000, currency='元')
    >>> header_unit("Umsatz T€").factor, header_unit("Revenue, in thousands").factor
    (1000, 1000)
    """
    if len(header) > LONGEST_HEADER:
        return NONE
    plain = " ".join(unicodedata.normalize("NFKC", header).replace("’", "'").split())
    found = [unit for text, enclosed in _candidates(plain) if (unit := _unit(text, enclosed and of_money, enclosed))]
    scaled = [unit for unit in found if unit.factor != 1]
    best = (scaled or found or [NONE])[0]
    named = next((unit.currency for unit in found if unit.currency), "")
    return best if best.currency or not named else HeaderUnit(best.unit, best.factor, named)


def is_unit(cell: str) -> bool:
    """Whether a cell is nothing but a unit, in brackets or not: ``元``, ``(T€)``, ``kg``, ``件``."""
    plain = unicodedata.normalize("NFKC", cell).strip().strip("()[]").strip()
    return plain.lower() in PLAIN_UNITS or plain in set(COUNTERS) or bool(header_unit(f"({plain})").unit)


def title_unit(line: str) -> HeaderUnit:
    """Unit a line above a table names for all its money: ``单位：万元``, ``Angaben in T€``, ``(in thousands)``."""
    plain = " ".join(unicodedata.normalize("NFKC", line[:LONGEST_HEADER]).replace("’", "'").split())
    found = TITLE_UNIT.search(plain) if len(line) <= LONGEST_HEADER else None
    return (_unit(found["unit"], True, True) or NONE) if found else NONE


def _candidates(plain: str) -> Iterator[tuple[str, bool]]:
    """Parts of a header that may be a unit, and whether they stand in brackets; the surest first."""
    for inside in BRACKETS.findall(plain):
        yield inside, True
        yield from ((part, True) for part in re.split(r"[,,、;/|]", inside) if part != inside)
    bare = BRACKETS.sub(" ", plain).strip()
    if found := CHINESE_END.search(bare):
        yield found[1], False
    words = re.split(r"[\s_]+|(?<=\w)[-/:|,](?=\s*\S)", bare)
    starts = [found.end() for found in re.finditer(r"[\s_:|,/-]+", bare)]
    for start in starts[-4:]:
        if not RATE.search(bare[:start].rstrip(" _")):
            yield bare[start:], False
    if len(words) > 1:
        yield words[0], False
    if bare and not bare[0].isalnum():
        yield bare[0], False
    if bare and unicodedata.category(bare[-1]) == "Sc":
        yield bare[-1], False


@cache
def _phrase() -> re.Pattern[str]:
    words = sorted(scale_words(), key=len, reverse=True)
    scale = f"{THOUSANDS}|(?i:{'|'.join([*map(re.escape, words), 'cr', *scale_letters()])})"
    money = currency_pattern(True).replace("(?![A-Za-z])", "")
    return re.compile(
        rf"(?P<before>{money})?\s*(?P<scale>{scale})?\s*(?:(?P<behind>{money})|(?P<counter>[{COUNTERS}]))?\.?"
    )


def _unit(text: str, letters: bool, enclosed: bool) -> HeaderUnit | None:
    """Unit a part of a header is, None where it is none."""
    shown = text.strip(" .:-")
    joined = OF.sub(" ", CONNECTIVES.sub("", f"{shown}").strip()).strip()
    found = _phrase().fullmatch(joined) if joined else None
    if found is None or not any(found.groupdict().values()):
        return None
    part = {name: piece or "" for name, piece in found.groupdict().items()}
    ways = [way for way in (part["before"], part["behind"]) if way]
    if any(way in NOT_UNITS or (is_loose(way) and not enclosed) for way in ways) or (
        part["counter"] and not part["scale"]
    ):
        return None
    currency = same_currency(*(currency_named(part[place]) for place in ("before", "behind")))
    factor = _factor(part["scale"], currency or "", letters)
    return (
        None
        if currency is None or factor is None
        else HeaderUnit(CONNECTIVES.sub("", shown).strip(), int(factor), currency)
    )


def _factor(scale: str, currency: str, letters: bool) -> Decimal | None:
    if not scale:
        return Decimal(1)
    if re.fullmatch(THOUSANDS, scale):
        return Decimal(1000) if letters or currency or not scale.isdecimal() else None
    plain = scale.lower()
    if plain == "cr" or (plain in scale_letters() and not currency):
        return (
            scale_of(plain, rupees=plain == "cr") if (letters and plain != "cr") or currency in {"INR", "Rs"} else None
        )
    return scale_of(plain)
