"""How well a header and what stands below it fit a canonical field, and which columns play which role in a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from tiering.ingest.meaning.fields import FIELDS, NUMERIC, Field, normalised_header
from tiering.ingest.reading import Column, Kind, Reading
from tiering.ingest.values.columns import Census
from tiering.ingest.values.kinds import Judged
from tiering.problems import DataProblem, Problem

ACCEPTED = 0.55  # below that a column is left to be mapped by hand
ALONE = 0.75  # a general word ("id", "name") that is the whole header
FUZZY_FROM = 86.0  # per cent of equal characters: one slip in seven, never one in four
BY_KIND = 0.4  # only the values speak for it
UNEXPECTED_KIND = 0.8
HAS_CASE = "abcdefghijklmnopqrstuvwxyz"
NOT_AMOUNTS = frozenset({"price", "share", "date", "id", "quantity", "estimate"})
LONGEST_NAME = 30  # characters; a phrase that speaks of money may be about anything
NUMBERED = re.compile(r"(.+)_\d+")


@dataclass(frozen=True)
class Candidate:
    """One column as the matcher sees it."""

    header: str
    kind: Kind
    bare: str
    values: pa.ChunkedArray = field(repr=False, compare=False)

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers."""
        kind = self.values.type
        return pa.types.is_decimal(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)

    @property
    def dated(self) -> bool:
        """Whether the values are dates."""
        return pa.types.is_date(self.values.type) or pa.types.is_timestamp(self.values.type)

    @property
    def filled(self) -> int:
        """Number of cells that are not missing."""
        return len(self.values) - self.values.null_count

    @property
    def distinct(self) -> int:
        """Number of different values."""
        return pc.count_distinct(self.values).as_py()

    @property
    def repeats(self) -> bool:
        """Whether a value occurs twice."""
        return self.distinct < self.filled


def candidates_of(reading: Reading) -> tuple[Candidate, ...]:
    """The file's columns as candidates, in their order."""
    return tuple(_candidate(column, reading) for column in reading.columns)


def _candidate(column: Column, reading: Reading) -> Candidate:
    assert reading.table is not None, "a file that could not be read has no columns to map"
    return Candidate(column.name, column.kind, normalised_header(column.name), reading.table[column.name])


def match_score(target: Field, candidate: Candidate) -> float:
    """Confidence 0..1 that the column stands for the field: header word × fit of the values."""
    word = word_score(target, candidate.bare)
    return round(word * values_fit(target, candidate), 3) if word else 0.0


def word_score(target: Field, bare: str) -> float:
    """How well a normalised header names the field: one of its words, ends in one, or is a slip away from one."""
    if bare in target.words:
        return 1.0 - 0.05 * target.words.index(bare) / len(target.words)
    if bare in target.alone:
        return ALONE
    if ruled_out(target, bare):
        return 0.0
    return max(_at_the_end(target, bare), _a_slip_away(target, bare))


def ruled_out(target: Field, bare: str, by_kind: bool = False) -> bool:
    """Whether a part of the header says that it is something else."""
    parts = target.never + target.by_kind_never if by_kind else target.never
    return any(part in bare for part in parts)


def _at_the_end(target: Field, bare: str) -> float:
    """Most languages put the noun last: "total sales amount" is an amount, "amount type" is not."""
    found = max((len(word) for word in target.words if bare.endswith(word) and _is_long(word)), default=0)
    return 0.55 + 0.35 * found / len(bare) if found else 0.0


def _is_long(word: str) -> bool:
    return len(word) >= (4 if word[0] in HAS_CASE else 2)


def _a_slip_away(target: Field, bare: str) -> float:
    found = process.extractOne(bare, target.words, scorer=fuzz.ratio, score_cutoff=FUZZY_FROM)
    return 0.9 * found[1] / 100 if found else 0.0


def values_fit(target: Field, candidate: Candidate) -> float:
    """1 where kind and type suit the field, less where only the type does, 0 where it cannot be."""
    if target.becomes in NUMERIC and not candidate.numeric:
        return 0.0
    if (target.becomes == "date") != candidate.dated:
        return 0.0
    if target.key == "discount" and not _is_rate(candidate):
        return 0.0
    if target.becomes == "money" and candidate.kind == "share":
        return 0.0  # a rate stays a rate
    return 1.0 if candidate.kind in target.kinds else UNEXPECTED_KIND


def _is_rate(candidate: Candidate) -> bool:
    bounds = pc.min_max(candidate.values).as_py()
    return bounds["min"] is not None and bounds["min"] >= 0 and bounds["max"] <= 1


@dataclass(frozen=True)
class Keys:
    """Place of the amount column where one is clear, and the reason to ask where none is."""

    amount: int | None
    ask: dict[str, Any] | None = None


def find_keys(columns: Sequence[Judged], counts: Sequence[Census], answer: Any) -> Keys:
    """The amount column of a table.

    Raises
    ------
    DataProblem
        NO_AMOUNT where the only amount column has not one usable value.
    """
    chosen = answer.get("amount") if isinstance(answer, Mapping) else answer
    if chosen is not None:
        return Keys(next((place for place, one in enumerate(columns) if one.name == chosen), None))
    numeric = [place for place, one in enumerate(columns) if one.kind in {"money", "quantity"}]
    named = [place for place in numeric if _may_be_amount(columns[place])]
    if not numeric:
        _ensure_usable_amount(columns, counts)
        return Keys(None, _question(columns, counts, "no_number"))
    twins = _twins([columns[place].name for place in named])
    if twins:
        return Keys(None, _question(columns, counts, "twice", twins))
    if len(named) == 1:
        return Keys(named[0])
    return Keys(None)  # a money column that no word calls the amount may well be blank: an estimate, a limit


def _may_be_amount(column: Judged) -> bool:
    return "amount" in column.roles and not column.roles & NOT_AMOUNTS and "%" not in column.name


def _ensure_usable_amount(columns: Sequence[Judged], counts: Sequence[Census]) -> None:
    for one, values in zip(columns, counts, strict=True):
        is_amount = one.roles == {"amount"} and len(one.name) <= LONGEST_NAME and not _names_somebody(one.name)
        if is_amount and values.filled and not values.numbers and values.different < 1000:
            raise DataProblem(Problem.NO_AMOUNT, column=one.name, examples="、".join(values.texts[:3]))


def _names_somebody(header: str) -> bool:
    """Whether a word of money in the header is part of a title: "sales agent"."""
    return normalised_header(header) in FIELDS["owner"].words


def _twins(names: list[str]) -> list[str]:
    """Columns whose headers were the same word."""
    bases: dict[str, list[str]] = {}
    for name in names:
        found = NUMBERED.fullmatch(name)
        base = found[1] if found and found[1] in names else name
        bases.setdefault(base, []).append(name)
    return next((group for group in bases.values() if len(group) > 1), [])


def _question(
    columns: Sequence[Judged], counts: Sequence[Census], why: str, candidates: Sequence[str] = ()
) -> dict[str, Any]:
    names = list(candidates) or [one.name for one in columns]
    shown = {
        one.name: values.texts[:3] or [word for _, word in values.numbers[:3]]
        for one, values in zip(columns, counts, strict=True)
    }
    return {
        "code": "columns",
        "evidence": {"why": why, "columns": [one.name for one in columns]},
        "choices": [{"value": {"amount": name}, "preview": shown.get(name, [])} for name in names],
    }
