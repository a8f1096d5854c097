"""A scenario as a file with its seal: its choices, what they gave when it was saved, and what was decided."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from tiering.dataset import Dataset
from tiering.evaluate import Tiering, tier_names, tiers_hash
from tiering.indicators.catalogue import BY_KEY
from tiering.problems import DataProblem, Problem
from tiering.scenario import SEAL_AND_LOG, Scenario, checked, scenario_fields
from tiering.scenario.retired import without_retired
from tiering.scenario.touches import Frozen

Hash = Annotated[str, Field(min_length=1, max_length=128)]
Line = Annotated[str, Field(max_length=200)]
Verdict = Literal["accepted", "discarded", "voted", "decided"]
MOST_ENTRIES = 500
MARK_BYTES = 6  # two of 20,000 customers share a mark once in a million files
MOST_MARKED = 20_000  # more would make the file big; hash and fingerprint still tell whether anything changed


class Seal(Frozen):
    """What a scenario gave when it was saved.

    ``marks``: tier name → the customers in it, each as a short check number of its id (see ``decision.seal``);
    empty where there were too many of them. An empty tier name stands for "no score".
    """

    fingerprint: Hash
    tiers_hash: Hash
    customers: Annotated[int, Field(ge=0)]
    as_of: date | None = None
    marks: dict[str, str] = Field(default_factory=dict)


class Entry(Frozen):
    """One decision: when, what became of which scheme or question, why, by whom, and how many customers it moved."""

    day: date
    verdict: Verdict
    subject: Line
    reason: Annotated[str, Field(max_length=2000)] = ""
    by: Line = ""
    moved: Annotated[int, Field(ge=0)] | None = None


class SealAndLog(Frozen):
    """What a file holds beside the choices."""

    seal: Seal | None = None
    log: Annotated[tuple[Entry, ...], Field(max_length=MOST_ENTRIES)] = ()


@dataclass(frozen=True)
class Saved:
    """A scenario as it was saved, with its seal (None where it was written by hand) and the log of decisions.

    ``retired``: names of choices in the file that are no longer there, and that something else took the place of.
    """

    scenario: Scenario
    seal: Seal | None = None
    log: tuple[Entry, ...] = ()
    retired: tuple[str, ...] = ()


def saved_to_json(saved: Saved) -> str:
    """Indented JSON, UTF-8 text: the choices first, for people to read, then seal and log."""
    beside = SealAndLog(seal=saved.seal, log=saved.log)
    fields = {**saved.scenario.model_dump(mode="json"), **beside.model_dump(mode="json")}
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def saved_from_json(text: str) -> Saved:
    """Scenario, seal and log of a file's text; a file of an earlier version or written by hand needs no seal.

    Raises
    ------
    DataProblem
        As in ``scenario_fields`` and ``checked``, and as in ``ensure_known_indicators``.
    """
    fields, retired = without_retired(scenario_fields(text))
    scenario = checked(Scenario, {name: value for name, value in fields.items() if name not in SEAL_AND_LOG})
    beside = checked(SealAndLog, {name: value for name, value in fields.items() if name in SEAL_AND_LOG})
    ensure_known_indicators(scenario)
    return Saved(scenario, beside.seal, beside.log, retired)


def merged_logs(first: tuple[Entry, ...], second: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries of both logs, each once, oldest day first; those of one day in the order given, the newest kept."""
    together = tuple(dict.fromkeys((*first, *second)))
    return tuple(sorted(together, key=lambda entry: entry.day))[-MOST_ENTRIES:]


LIKENESS = 0.7


def ensure_known_indicators(scenario: Scenario) -> None:
    """Every weight and switch is of an indicator that is ready or that the scenario makes of a column.

    Raises
    ------
    DataProblem
        INDICATOR_UNKNOWN (``found``: the names, ``available``: those that are most like them, else all).
    """
    known = [*BY_KEY, *(own.key for own in scenario.measures.own)]
    named = (*scenario.weights, *scenario.measures.switched, *scenario.measures.turned)
    found = sorted(set(named) - set(known))
    if found:
        alike = list(dict.fromkeys(key for name in found for key in _most_like(name, known)))
        raise DataProblem(Problem.INDICATOR_UNKNOWN, found=found, available=alike or known)


def _most_like(name: str, known: Sequence[str]) -> list[str]:
    """Keys that are as like the name as any is, as a whole or in one of their words; none where none is like it."""
    by_key = {key: max(_likeness(name, part) for part in (key, *key.split("_"))) for key in known}
    best = max(by_key.values())
    return [key for key, likeness in by_key.items() if likeness == best >= LIKENESS]


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name.lower(), other.lower()).ratio()


@dataclass(frozen=True)
class SealCheck:
    """What has changed since a scenario was saved.

    ``rows``: customers (rows of the tiering) known then and in another tier now, biggest revenue first; ``before``:
    names of their tiers then. ``new`` and ``gone`` count customers that only now or only then were there. These four
    tell nothing where ``is_listed`` is false: the file holds no marks, or the data had too many customers.
    """

    same_data: bool
    same_tiers: bool
    is_listed: bool
    rows: NDArray[np.intp]
    before: tuple[str, ...]
    new: int
    gone: int


def seal_of(tiering: Tiering, dataset: Dataset) -> Seal:
    """Tiers of n customers → their seal. The same data and choices give the same seal, whatever the row order."""
    ids = tiering.base.customers["customer_id"]
    marks = {} if len(ids) > MOST_MARKED else _marks_by_tier(ids, tier_names(tiering), dataset.fingerprint)
    return Seal(
        fingerprint=dataset.fingerprint,
        tiers_hash=tiers_hash(tiering),
        customers=len(ids),
        as_of=tiering.base.as_of,
        marks=marks,
    )


def check_seal(seal: Seal, tiering: Tiering, dataset: Dataset) -> SealCheck:
    """A seal and the tiers the same scenario gives now → what is the same and who stands elsewhere."""
    same_data, same_tiers = seal.fingerprint == dataset.fingerprint, seal.tiers_hash == tiers_hash(tiering)
    then = _tiers_then(seal)
    if not then or same_tiers:
        return SealCheck(same_data, same_tiers, same_tiers or bool(then), np.array([], np.intp), (), 0, 0)
    marks = _marks(tiering.base.customers["customer_id"], seal.fingerprint)
    now = tier_names(tiering)
    was = [then.get(mark) for mark in marks]
    rows = [row for row, name in enumerate(was) if name is not None and name != now[row]]
    before = tuple(str(was[row]) for row in rows)
    gone = len(then.keys() - set(marks))
    return SealCheck(same_data, same_tiers, True, np.array(rows, np.intp), before, was.count(None), gone)


def _marks(ids: Iterable[str], fingerprint: str) -> list[bytes]:
    """A few bytes for each id, different for different data: they tell who is meant only to who has the id."""
    salt = blake2b(fingerprint.encode(), digest_size=16).digest()
    return [blake2b(str(who).encode(), digest_size=MARK_BYTES, key=salt).digest() for who in ids]


def _marks_by_tier(ids: Iterable[str], names: NDArray[np.object_], fingerprint: str) -> dict[str, str]:
    by_tier: dict[str, list[bytes]] = {}
    for mark, name in sorted(zip(_marks(ids, fingerprint), names, strict=True)):
        by_tier.setdefault(str(name), []).append(mark)
    return {name: base64.b64encode(b"".join(by_tier[name])).decode() for name in sorted(by_tier)}


def _tiers_then(seal: Seal) -> dict[bytes, str]:
    """Mark → tier name; nothing where the marks were edited into something else."""
    then: dict[bytes, str] = {}
    for name, text in seal.marks.items():
        try:
            marks = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return {}
        then |= {marks[at : at + MARK_BYTES]: name for at in range(0, len(marks), MARK_BYTES)}
    return then
