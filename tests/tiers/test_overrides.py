"""Tiers set by hand: in force until their last day, the newest wins, and none is lost."""

from __future__ import annotations

from datetime import date

import numpy as np

from tiering.scenario.exceptions import Ledger, Override
from tiering.tiers.overrides import EntryStatus, by_hand, entry_of

TIERS = ("S", "A", "B")
IDS = np.array(["x", "y", "z"], dtype=object)
DAY = date(2026, 9, 30)


def override(who: str, tier: str, expires: date = date(2026, 12, 31), since: date | None = None) -> Override:
    return Override(customer_id=who, tier=tier, reason="strategic", owner="Li", expires=expires, since=since)


def standings(*overrides: Override, as_of: date | None = DAY) -> list[EntryStatus]:
    return [entry.standing for entry in by_hand(IDS, Ledger(overrides=overrides), TIERS, as_of).entries]


def test_a_tier_set_by_hand_holds_up_to_and_including_its_last_day() -> None:
    until = (override("x", "S", expires=date(2026, 9, 30)), override("y", "S", expires=date(2026, 9, 29)))
    hand = by_hand(IDS, Ledger(overrides=until), TIERS, DAY)
    assert hand.tiers.tolist() == [0, -1, -1]
    assert [entry.standing for entry in hand.entries] == [EntryStatus.IN_FORCE, EntryStatus.EXPIRED]


def test_one_that_begins_later_does_not_reach_back() -> None:
    assert standings(override("x", "S", since=date(2026, 9, 30)), as_of=date(2025, 9, 30)) == [EntryStatus.NOT_YET]
    assert standings(override("x", "S", since=date(2026, 9, 30))) == [EntryStatus.IN_FORCE]


def test_the_newest_of_several_counts_and_the_others_stay_listed() -> None:
    hand = by_hand(IDS, Ledger(overrides=(override("x", "S"), override("x", "B"))), TIERS, DAY)
    assert hand.tiers.tolist() == [2, -1, -1]
    assert [entry.standing for entry in hand.entries] == [EntryStatus.REPLACED, EntryStatus.IN_FORCE]


def test_when_the_newest_has_expired_the_one_before_counts_again() -> None:
    hand = by_hand(IDS, Ledger(overrides=(override("x", "A"), override("x", "S", date(2026, 1, 1)))), TIERS, DAY)
    assert hand.tiers.tolist() == [1, -1, -1]


def test_a_customer_or_tier_that_vanished_is_listed_not_lost() -> None:
    assert standings(override("gone", "S"), override("y", "AAA")) == [EntryStatus.NO_CUSTOMER, EntryStatus.NO_TIER]


def test_without_a_date_in_the_data_nothing_expires() -> None:
    assert standings(override("x", "S", expires=date(2000, 1, 1)), as_of=None) == [EntryStatus.IN_FORCE]


def test_the_entry_in_force_is_found_by_customer() -> None:
    hand = by_hand(IDS, Ledger(overrides=(override("x", "S"), override("y", "S", date(2026, 1, 1)))), TIERS, DAY)
    found = entry_of(hand, 0)
    assert found is not None
    assert found.override.owner == "Li"
    assert entry_of(hand, 1) is None
