"""Customers who may be the same company, by name and number: proposals to merge; nothing is merged here."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
from rapidfuzz.distance import OSA

from tiering.dataset import Dataset
from tiering.ingest.values.number_words import simplified

Progress = Callable[[float], None]
Why = Literal["writing", "place", "slip"]

LONG_ENOUGH = 6  # characters of a name in which one wrong one is more likely a slip than another company
LONG_ENOUGH_CHINESE = 8  # there one character is half a word, and trade names of three differ by one
TOLD_EVERY = 2000  # names
CROWD = 12  # that many names one slip apart are a naming pattern, not slips
_DOTTED = re.compile(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.")  # the dots of S.A. and G.m.b.H.
_GAPS = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NUMBERS = re.compile(r"[0-9]+|[一二三四五六七八九十东南西北]")


@dataclass(frozen=True)
class Proposal:
    """Customers that look like one company.

    Attributes
    ----------
    why
        ``writing``: the names differ in legal form, spaces, case, width, brackets or traditional characters only;
        ``place``: one begins with a city or province that the other lacks; ``slip``: one character differs.
    ids, names
        The customers in code-point order of their ids.
    """

    why: Why
    ids: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class NameConflicts:
    """Ids with several names and names with several ids, each in code-point order."""

    several_names: dict[str, tuple[str, ...]]
    several_ids: dict[str, tuple[str, ...]]


def propose_merges(customers: pa.Table, progress: Progress | None = None) -> tuple[Proposal, ...]:
    """Customers (``customer_id``, ``customer_name``) → groups to look at; nothing is merged by this.

    Names that differ only in writing come first, then names with and without a place, then single slips. Names
    with different numbers are never proposed, nor names too short to tell. ``progress`` is told 0..1.
    """
    names = {row["customer_id"]: row["customer_name"] for row in _named(customers)}
    parsed = {key: company_name(names[key]) for key in _told(names, progress, 0.0)}
    same = _grouped((name.full, key) for key, name in parsed.items())
    companies = {name.full: name for name in parsed.values()}
    groups: list[tuple[Why, list[str]]] = [("writing", keys) for keys in same.values() if len(keys) > 1]
    groups += [("place", [*same[one], *same[other]]) for one, other in _place_pairs(companies)]
    groups += [("slip", [*same[one], *same[other]]) for one, other in _slips(companies, progress)]
    return tuple(Proposal(why, tuple(sorted(keys)), tuple(names[key] for key in sorted(keys))) for why, keys in groups)


def _told(names: Collection[str], progress: Progress | None, begun: float) -> Iterator[str]:
    """The names one by one, half of the search each time they are gone through."""
    for place, name in enumerate(names):
        if progress is not None and place % TOLD_EVERY == 0:
            progress(begun + place / len(names) / 2)
        yield name


def name_conflicts(dataset: Dataset) -> NameConflicts:
    """Where one id goes under several names, or one name under several ids, in orders and customers together."""
    tables = [table for table in (dataset.orders, dataset.customers) if table is not None]
    pairs = {(row["customer_id"], row["customer_name"]) for table in tables for row in _named(table)}
    return NameConflicts(_several(pairs), _several((name, key) for key, name in pairs))


def _named(table: pa.Table) -> list[dict[str, str]]:
    """The different pairs of id and name, by id; none where there are no names."""
    if "customer_name" not in table.column_names:
        return []
    pairs = table.group_by(["customer_id", "customer_name"]).aggregate([])
    return pairs.filter(pairs["customer_name"].is_valid()).sort_by("customer_id").to_pylist()


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, member in sorted(pairs):
        groups[key].append(member)
    return groups


def _several(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(members) for key, members in _grouped(pairs).items() if len(members) > 1}


def _place_pairs(companies: dict[str, CompanyName]) -> Iterator[tuple[str, str]]:
    """A name without a place and the only one that has it with a place."""
    placed = _grouped((name.core, full) for full, name in companies.items() if name.place)
    for full, name in companies.items():
        if not name.place and len(placed.get(name.core, [])) == 1:
            yield full, placed[name.core][0]


def _slips(companies: dict[str, CompanyName], progress: Progress | None) -> Iterator[tuple[str, str]]:
    """Names one character apart, found through what is left of them without one character."""
    rest: dict[str, list[str]] = defaultdict(list)
    for full in _told(companies, progress, 0.5):
        name = companies[full]
        if len(name.core) >= (LONG_ENOUGH_CHINESE if name.chinese else LONG_ENOUGH):
            for shorter in {full, *(full[:place] + full[place + 1 :] for place in range(len(full)))}:
                rest[shorter].append(full)
    crowds = (names for names in rest.values() if 1 < len(names) <= CROWD)
    pairs = {tuple(sorted(pair)) for names in crowds for pair in combinations(names, 2)}
    yield from sorted((one, other) for one, other in pairs if _is_slip(companies[one], companies[other]))


def _is_slip(one: CompanyName, other: CompanyName) -> bool:
    """One character differs, but not the first, nor one that counts or points."""
    alike = (one.place, one.core[0], one.numbers) == (other.place, other.core[0], other.numbers)
    return alike and OSA.distance(one.core, other.core, score_cutoff=1) == 1


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
