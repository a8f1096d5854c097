"""Numbers in words: Chinese numerals, scales such as 万, k and lakh, and traditional characters made simple."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{char: value for value, char in enumerate("○壹貳參肆伍陸柒捌玖")},
    "两": 2,
    "兩": 2,
    "叄": 3,
    "弐": 2,
    "参": 3,
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
DIGIT = f"[{''.join(DIGITS)}]"
NUMERAL = f"[{''.join([*DIGITS, *TENS, *GROUPS])}]"
CHEQUE = re.compile(
    rf"(?P<prefix>人民币|¥)?\s*(?P<minus>负)?(?P<whole>{NUMERAL}+)?(?P<yuan>[元圆圓円])?"
    rf"(?:(?P<jiao>{DIGIT})角)?零?(?:(?P<fen>{DIGIT})分)?(?P<even>[整正也])?"
)
MIXED = re.compile(
    r"(?:(?P<yi>\d+)[亿億])?(?:(?P<wan>\d+)[万萬])?(?:(?P<qian>\d)[千仟])?(?:(?P<bai>\d)[百佰])?(?P<rest>\d{2,4})?(?P<yuan>[元圆円])?"
)
CHEQUE_SIGNS = frozenset("壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟弐")
LONGEST = 40
_SAME_WORD = {"帐": "账", "帳": "账"}  # two spellings of "account" that people mix


def spelled_amount(text: str) -> Decimal | None:
    """Value of an amount in Chinese numerals; None where it is none, or just a word that counts something.

    Examples
    --------
    >>> spelled_amount("壹万贰仟叁佰元整"), spelled_amount("3万5千"), spelled_amount("十一")
    (Decimal('12300'), Decimal('35000'), None)
    """
    if not 2 <= len(text) <= LONGEST:
        return None
    return _mixed(text) if any("0" <= char <= "9" for char in text) else _cheque(text)


def _cheque(text: str) -> Decimal | None:
    found = CHEQUE.fullmatch(text)
    if found is None or not (found["whole"] or found["jiao"] or found["fen"]):
        return None
    if not found["yuan"] and (not set(text) & CHEQUE_SIGNS or found["jiao"] or found["fen"]):
        return None
    whole = numeral(found["whole"]) if found["whole"] else 0
    if whole is None:
        return None
    cents = 10 * DIGITS.get(found["jiao"] or "零", 0) + DIGITS.get(found["fen"] or "零", 0)
    value = Decimal(whole) + Decimal(cents) / 100
    return -value if found["minus"] else value


def numeral(text: str) -> int | None:
    """Whole number in Chinese numerals, with or without tens and hundreds; None where they are out of order.

    Examples
    --------
    >>> numeral("一亿二千万"), numeral("二〇二六"), numeral("二十三"), numeral("百千")
    (120000000, 2026, 23, None)
    """
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total, group, digit, last = 0, 0, None, 10**4
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char] or digit
        elif char in TENS:
            if TENS[char] >= last:
                return None
            group, digit, last = group + (digit or 1) * TENS[char], None, TENS[char]
        else:
            whole = group + (digit or 0)
            total = (total + whole) * GROUPS[char] if char in "亿億" else total + whole * GROUPS[char]
            group, digit, last = 0, None, 10**4
    return total + group + (digit or 0)


def _mixed(text: str) -> Decimal | None:
    """Figures between two or more words of number: 1亿2000万, 3万5千."""
    found = MIXED.fullmatch(text)
    if found is None:
        return None
    sizes = {"yi": 10**8, "wan": 10**4, "qian": 1000, "bai": 100, "rest": 1}
    parts = {name: int(found[name]) for name in sizes if found[name]}
    if len(parts) < 2 or not {"yi", "wan"} & set(parts):
        return None
    smaller = [value * sizes[name] for name, value in parts.items()]
    return Decimal(sum(smaller)) if smaller[0] > sum(smaller[1:]) else None


def simplified(text: str) -> str:
    """The text in simplified characters, for comparison only: never for display.

    >>> simplified("臺灣電機股份有限公司")
    '台湾电机股份有限公司'
    """
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    pairs = tomllib.loads((Path(__file__).parent / "traditional.toml").read_text(encoding="utf-8"))
    return str.maketrans(dict(zip(pairs["traditional"], pairs["simplified"], strict=True)) | _SAME_WORD)


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "scales.toml").read_text(encoding="utf-8"))


@cache
def scale_words() -> Mapping[str, Decimal]:
    """Word of number in small letters → its factor."""
    return {word: Decimal(factor) for factor, words in _listed()["words"].items() for word in words}


@cache
def scale_letters() -> Mapping[str, Decimal]:
    """Letters that mean thousands or millions where the money is certain."""
    return {letter: Decimal(int(factor)) for letter, factor in _listed()["letters"].items()}


@cache
def scale_pattern() -> str:
    """Regular expression for a word of number or such a letter; a word of letters is not the beginning of another."""
    words = sorted(scale_words(), key=len, reverse=True)
    latin = [re.escape(word) for word in words if word.isascii() or word[0] in "тм"]
    other = [re.escape(word) for word in words if not (word.isascii() or word[0] in "тм")]
    return f"(?i:{'|'.join(other)}|(?:{'|'.join([*latin, *scale_letters()])})(?![a-zа-я])|[ktm](?=eur|usd|chf|gbp))"


def scale_of(word: str, rupees: bool = False) -> Decimal | None:
    """Factor of a word of number; None for none. Before or behind rupees, Cr is crore and L is lakh.

    Examples
    --------
    >>> scale_of("Mio."), scale_of("亿"), scale_of("Cr", rupees=True)
    (Decimal('1E+6'), Decimal('1E+8'), Decimal('1E+7'))
    """
    plain = word.lower()
    if rupees and plain.rstrip(".") in {"cr", "l"}:
        return Decimal("1e7") if plain.startswith("c") else Decimal("1e5")
    return scale_words().get(plain, scale_letters().get(plain))
