"""Made-up company names, the same company in Chinese and in English, each name used once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from sample_data.generator.market import Ints
from sample_data.tables import names, words

PART = re.compile(r"([^\x00-\x7f]+)(\S+)")


@dataclass(frozen=True)
class Word:
    """A piece of a name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Company:
    """What a name is made from."""

    brand: Word
    trade: Word
    form: Word
    place: Word | None = None

    @property
    def zh(self) -> str:
        """The Chinese name: 海科装备（苏州）股份有限公司."""
        return f"{self.brand.zh}{self.trade.zh}{f'（{self.place.zh}）' if self.place else ''}{self.form.zh}"

    @property
    def en(self) -> str:
        """The English name: Haike Equipment (Suzhou) Co., Ltd."""
        return f"{self.brand.en} {self.trade.en}{f' ({self.place.en})' if self.place else ''} {self.form.en}"


def draw_companies(rng: np.random.Generator, industry: list[str], size: list[str]) -> list[Company]:
    """Draw one company per customer, each with a brand of its own."""
    free = brands()
    chosen = rng.permutation(len(free))[: len(industry)]
    trade, form = rng.random(len(industry)), rng.random(len(industry))
    return [
        Company(free[brand], _at(_words("trades", field), x), _at(_words("forms", scale), y))
        for brand, field, scale, x, y in zip(chosen, industry, size, trade, form, strict=True)
    ]


def draw_groups(rng: np.random.Generator, count: int, share: float) -> Ints:
    """For each customer the index of its parent, -1 for none; a parent has one to four subsidiaries."""
    parent = np.full(count, -1)
    members = rng.permutation(count)[: int(count * share)]
    while len(members) > 1:
        daughters = members[1 : 1 + rng.integers(1, 5)]
        parent[daughters] = members[0]
        members = members[1 + len(daughters) :]
    return parent


def with_groups(companies: list[Company], parent: Ints, city: list[str]) -> list[Company]:
    """Give subsidiaries their parent's brand and the name of their city, parents the form of a group."""
    cities = words()["cities"]
    group = _words("forms", "large")[-1]
    named = list(companies)
    for row in np.unique(parent[parent >= 0]):
        named[row] = Company(companies[row].brand, companies[row].trade, group)
    for row in np.flatnonzero(parent >= 0):
        place = Word(cities[city[row]]["zh"], cities[city[row]]["en"])
        own = companies[row]
        named[row] = Company(companies[parent[row]].brand, own.trade, own.form, place)
    return named


@cache
def brands() -> list[Word]:
    """All brands of two syllables that are nobody's, each spelling once."""
    taken = set(names()["taken"].split())
    firsts, seconds = (_parse(names()[part]) for part in ("first", "second"))
    pairs = (Word(a.zh + b.zh, a.en + b.en.lower()) for a in firsts for b in seconds if a.en != b.en)
    free = {pair.en: pair for pair in pairs if pair.zh not in taken and pair.zh[::-1] not in taken}
    return list(free.values())


@cache
def _words(section: str, key: str) -> list[Word]:
    return _parse(names()[section][key])


def _parse(text: str) -> list[Word]:
    return [Word(zh, en.replace("_", " ")) for zh, en in PART.findall(text)]


def _at(choices: list[Word], share: float) -> Word:
    return choices[int(share * len(choices))]
