"""A company name taken apart: what tells the company, and what only tells how it was written."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tiering.ingest.values.chinese import simplified

_DOTTED = re.compile(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.")  # the dots of S.A. and G.m.b.H.
_GAPS = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NUMBERS = re.compile(r"[0-9]+|[一二三四五六七八九十东南西北]")


@dataclass(frozen=True)
class CompanyName:
    """``core`` without legal form, spaces, case, width and brackets; ``place`` the city or province it began with."""

    core: str
    place: str

    @property
    def full(self) -> str:
        """Place and core: equal for names that differ in nothing but writing."""
        return self.place + self.core

    @property
    def chinese(self) -> bool:
        """Whether the name has Chinese characters."""
        return bool(_CHINESE.search(self.core))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers and points of the compass, which tell the second works from the third."""
        return tuple(_NUMBERS.findall(self.core))


def company_name(name: str) -> CompanyName:
    """Name as written → name for comparison.

    Width, case, spaces, punctuation, brackets, traditional characters and the legal form (有限公司, Co., Ltd.,
    GmbH) make no difference; a leading place is kept apart. A name of nothing but such words stays as it is.

    >>> company_name("深圳市德達宏科技（集团）有限公司")
    CompanyName(core='德达宏科技集团', place='深圳')
    >>> company_name("Müller & Söhne G.m.b.H.").core
    'müller söhne'
    """
    folded = simplified(unicodedata.normalize("NFKC", name).casefold()).replace("&", " and ")
    words = _without_forms(_GAPS.sub(" ", _DOTTED.sub("", folded)).split())
    if not _CHINESE.search(folded):
        return CompanyName(" ".join(words) or name, "")
    return _placed(_without_chinese_form("".join(words)))


def _without_forms(words: list[str]) -> list[str]:
    forms = _words()["words"]
    kept = [word for word in words if word != "and"]
    while len(kept) > 1 and kept[-1] in forms:
        kept = kept[:-1]
    return kept


def _without_chinese_form(name: str) -> str:
    for form in _words()["forms"]:
        if name.endswith(form) and len(name) > len(form) + 1:
            return name.removesuffix(form) + _words()["kept"].get(form, "")
    return name


def _placed(name: str) -> CompanyName:
    """Place at the beginning, with or without 市 and 省, if two characters or more are left."""
    found = _place_pattern().match(name)
    rest = name[found.end() :] if found else name
    return CompanyName(rest, found[1]) if found and len(rest) >= 2 else CompanyName(name, "")


@cache
def _place_pattern() -> re.Pattern[str]:
    places = sorted(_words()["places"], key=len, reverse=True)
    return re.compile(f"({'|'.join(places)})[市省]?")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "companies.toml").read_text(encoding="utf-8"))
