"""Tiers set by hand: which are in force on a day, which have expired, and whose customer is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.exceptions import Ledger, Override

BY_RULE = -1

Tiers = NDArray[np.int8]


class EntryStatus(StrEnum):
    """What has become of an entry of the ledger."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REPLACED = "replaced"
    NO_CUSTOMER = "no_customer"
    NO_TIER = "no_tier"


@dataclass(frozen=True)
class Entry:
    """An override with its standing; ``row`` of its customer, −1 where the data does not have it."""

    override: Override
    standing: EntryStatus
    row: int


@dataclass(frozen=True)
class ByHand:
    """Entries in the ledger's order; the tier number set by hand for each customer (n,), −1 where none is."""

    entries: tuple[Entry, ...]
    tiers: Tiers


def by_hand(customer_ids: NDArray[np.object_], ledger: Ledger, tiers: tuple[str, ...], as_of: date | None) -> ByHand:
    """Ids (n,) + ledger on a day → what is set by hand.

    An entry holds up to and including its last day; without a day (``as_of`` None) it neither begins nor expires.
    Of several entries in force for one customer the last one counts. Entries that do nothing are kept and say why.
    """
    rows = _rows_of(customer_ids, ledger)
    standings = [_standing(override, rows, tiers, as_of) for override in ledger.overrides]
    newest = {o.customer_id: n for n, o in enumerate(ledger.overrides) if standings[n] == EntryStatus.IN_FORCE}
    fixed = np.full(customer_ids.size, BY_RULE, dtype=np.int8)
    entries = []
    for place, (override, standing) in enumerate(zip(ledger.overrides, standings, strict=True)):
        row = rows.get(override.customer_id, -1)
        replaced = standing == EntryStatus.IN_FORCE and newest[override.customer_id] != place
        entries.append(Entry(override, EntryStatus.REPLACED if replaced else standing, row))
        if entries[-1].standing == EntryStatus.IN_FORCE:
            fixed[row] = tiers.index(override.tier)
    return ByHand(tuple(entries), fixed)


def entry_of(hand: ByHand, row: int) -> Entry | None:
    """The entry in force for the customer in ``row``."""
    return next((e for e in hand.entries if e.row == row and e.standing == EntryStatus.IN_FORCE), None)


def _rows_of(customer_ids: NDArray[np.object_], ledger: Ledger) -> dict[str, int]:
    wanted = {override.customer_id for override in ledger.overrides}
    return {str(who): row for row, who in enumerate(customer_ids) if who in wanted}


def _standing(override: Override, rows: dict[str, int], tiers: tuple[str, ...], as_of: date | None) -> EntryStatus:
    if as_of is not None and override.expires < as_of:
        return EntryStatus.EXPIRED
    if as_of is not None and override.since is not None and as_of < override.since:
        return EntryStatus.NOT_YET
    if override.customer_id not in rows:
        return EntryStatus.NO_CUSTOMER
    return EntryStatus.IN_FORCE if override.tier in tiers else EntryStatus.NO_TIER
