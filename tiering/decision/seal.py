"""Same data, same tiers? A seal tells what a scenario gave once, and who stands elsewhere now."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tiering.dataset import Dataset
from tiering.decision.saved import Seal
from tiering.evaluate import Tiering, tier_names, tiers_hash

MARK_BYTES = 6  # two of 20,000 customers share a mark once in a million files
MOST_MARKED = 20_000  # more would make the file big; hash and fingerprint still tell whether anything changed


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
