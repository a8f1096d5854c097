"""Currencies as people write them: signs, codes and words → the code of ISO 4217, or the sign where it is vague."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "currencies.toml").read_text(encoding="utf-8"))


@cache
def iso_codes() -> frozenset[str]:
    """All codes of ISO 4217 that a reader knows."""
    return frozenset(_written()["codes"].split())


@cache
def _names() -> Mapping[str, str]:
    """Every way to write a currency, in small letters → its code, or the sign several currencies share."""
    listed = _written()
    names = {code.lower(): code for code in iso_codes()}
    names |= {"r": "ZAR"}
    names |= {_plain(way): code for code, ways in listed["written"].items() for way in ways}
    for sign, entry in listed["vague"].items():
        names |= {_plain(way): sign for way in (sign, *entry["also"])}
    return names


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def currency_named(text: str) -> str:
    """Code of ISO 4217 a sign, code or word stands for; a shared sign itself ("$", "¥", "kr"); "" for none.

    Examples
    --------
    >>> currency_named("US$"), currency_named("人民币"), currency_named("zł"), currency_named("¥")
    ('USD', 'CNY', 'PLN', '¥')
    """
    name = _names().get(_plain(text), "")
    return "CNY" if name == "CNH" else name


def meanings(currency: str) -> tuple[str, ...]:
    """Codes a currency as read from a cell may stand for, the likeliest first.

    Examples
    --------
    >>> meanings("kr"), meanings("EUR")
    (('SEK', 'NOK', 'DKK', 'ISK'), ('EUR',))
    """
    vague = _written()["vague"].get(currency)
    if vague is not None:
        return tuple(vague["meanings"])
    return (currency,) if currency else ()


def code_of(currency: str, hints: Iterable[str] = ()) -> str:
    """One code for a currency as read from a cell: a hint (header, column of codes) decides what a shared sign means.

    Examples
    --------
    >>> code_of("$"), code_of("$", ["AUD"]), code_of("$", ["EUR"])
    ('USD', 'AUD', 'USD')
    """
    possible = meanings(currency)
    hinted = next((code for hint in hints for code in meanings(hint)[:1] if code in possible), None)
    return hinted or (possible[0] if possible else "")


def same_currency(one: str, other: str) -> str | None:
    """The more definite of two ways a currency is given for one amount; None where they contradict each other."""
    if not one or not other:
        return one or other
    if one == other or other in meanings(one):
        return other
    return one if one in meanings(other) else None


def shown_as(currency: str) -> str:
    """Sign beside an amount: ``CNY`` → ``¥``; codes without a sign of their own as they are."""
    return str(_written()["shown"].get("CNY" if currency == "CNH" else currency, currency))


@cache
def _loose() -> frozenset[str]:
    return frozenset({*_written()["loose"].split(), *(word.lower() for word in _written()["words"].split())})


def is_loose(text: str) -> bool:
    """Whether a way to write a currency means something else as often: ``6 ft``, ``RM 12``."""
    return _plain(text) in _loose()


@cache
def currency_pattern(behind: bool) -> str:
    """Regular expression for a currency before a number, or ``behind`` it; codes in capitals but for customary ones."""
    listed = _written()
    words = set(listed["words"].split())
    codes = [code for code in iso_codes() if behind or code not in words]
    ways = [re.escape(way) for way in _names() if way.upper() not in iso_codes()]
    small = listed["small"].split()
    ordered = sorted(ways, key=len, reverse=True)
    letters = f"(?:{'|'.join([*sorted(codes), *small, *(code.capitalize() for code in small)])})"
    return f"(?:{letters}(?![A-Za-z])|(?i:{'|'.join(ordered)}))"
