"""Which columns a record cannot do without, and when somebody has to say which one is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiering.ingest.meaning.fields import FIELDS, normalised_header
from tiering.ingest.values.columns import Census
from tiering.ingest.values.kinds import Judged
from tiering.problems import DataProblem, Problem

NOT_AMOUNTS = frozenset({"price", "share", "date", "id", "quantity", "estimate"})
LONGEST_NAME = 30  # characters; a phrase that speaks of money may be about anything
NUMBERED = re.compile(r"(.+)_\d+")


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
