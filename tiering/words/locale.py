"""How each language writes numbers, days and sentences, from one file a language beside the texts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

from babel.core import Locale as Cldr
from babel.numbers import get_decimal_symbol, get_group_symbol

Language = str
FALLBACK: Language = "en"


@dataclass(frozen=True)
class Locale:
    """The forms of one language.

    ``position`` in the switch of languages; ``babel`` the name under which CLDR knows its separators, months and plural
    forms, ``tag`` that for browsers, slides and pages; ``known_as`` beginnings of the names a system or browser gives
    it. ``comma`` between the items of a list, ``colon`` before a figure, ``between_sentences`` what parts them; ``day``
    a pattern of CLDR; ``units`` in which large amounts are said, (size, name), smallest first, from "as it is" to no
    end. ``latin`` and ``asian`` are the fonts of slides and documents, ``drawn`` those of pictures, first choice first;
    ``encoding`` the one taken for a file that leaves its encoding open, "" to ask.
    """

    position: int
    babel: str
    tag: str
    known_as: tuple[str, ...]
    comma: str
    colon: str
    between_sentences: str
    day: str
    units: tuple[tuple[float, str], ...]
    latin: str
    asian: str
    drawn: str
    encoding: str

    def plural(self, number: int) -> str:
        """The form of a noun after the number: ``one``, ``two``, ``few``, ``many`` or ``other``."""
        return str(_cldr(self.babel).plural_form(number))

    @property
    def decimal(self) -> str:
        """Sign before the decimals."""
        return str(get_decimal_symbol(self.babel))

    @property
    def group(self) -> str:
        """Sign between thousands."""
        return str(get_group_symbol(self.babel))


@cache
def _cldr(name: str) -> Cldr:
    return Cldr.parse(name)


@cache
def locale_of(language: Language) -> Locale:
    """Forms of a language.

    Raises
    ------
    KeyError
        When there is no file of that language.
    """
    return _locales()[language]


@cache
def _locales() -> dict[Language, Locale]:
    paths = (Path(__file__).parent / "locales").glob("*.toml")
    found = {path.stem: _locale(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths}
    return dict(sorted(found.items(), key=lambda entry: entry[1].position))


def _locale(written: dict[str, Any]) -> Locale:
    units = ((1.0, ""), *((float(size), name) for size, name in written["units"]), (inf, ""))
    return Locale(**{**written, "known_as": tuple(written["known_as"]), "units": units})


LANGUAGES: tuple[Language, ...] = tuple(_locales())


def language_named(name: str) -> Language:
    """Language by its name in a system or browser (``zh_CN.UTF-8``, ``en-GB``); English where it is none of ours."""
    known = ((language, beginning) for language in LANGUAGES for beginning in locale_of(language).known_as)
    return next((language for language, beginning in known if name.lower().startswith(beginning)), FALLBACK)


def known_language(name: str) -> Language:
    """The name of a language the program speaks.

    Raises
    ------
    ValueError
        For any other.
    """
    if name not in LANGUAGES:
        raise ValueError(f"no texts in {name!r}: one of {', '.join(LANGUAGES)} was expected")
    return name
