"""Rooms for blind votes on one server: codes, ballots and what each side may see of them; never any data."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

MOST_ROOMS = 20
MOST_VOTERS = 40
MOST_INDICATORS = 60
MOST_ROOMS_OF_ONE = 3  # of one other computer; the one the server runs on is known by no address and has no bound
MOST_VOTERS_OF_ONE = 5
LASTS_SECONDS = 4 * 3600.0  # since anybody last did something in the room
LONGEST_ALIAS = 40
TOP_WEIGHT = 100
LEAST_VOTES = 2  # a single vote shown would be no secret


class Refusal(StrEnum):
    """Why a room does not do what it was asked; worded ``workshop.refused.<value>``."""

    NO_ROOM = "no_room"
    TOO_MANY_ROOMS = "too_many_rooms"
    TOO_MANY_VOTERS = "too_many_voters"
    TOO_MANY_HERE = "too_many_here"
    NO_ALIAS = "no_alias"
    ALIAS_TAKEN = "alias_taken"
    NOTHING_CHOSEN = "nothing_chosen"
    REVEALED = "revealed"
    TOO_FEW = "too_few"
    NOT_YOURS = "not_yours"


class Refused(Exception):
    """A room turned something away."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Party:
    """Who takes part: the secret of a host or voter, and the address of their computer (empty: the server's own)."""

    secret: str
    address: str = ""


@dataclass(frozen=True)
class Vote:
    """One person's weights, 0..100 by indicator key, under an alias of their choice."""

    alias: str
    weights: Mapping[str, int]


@dataclass(frozen=True)
class RoomView:
    """What one person may see: who has voted, the own vote, and everybody's votes only once they are revealed.

    ``indicators``: key → label, empty where the key is one that everybody knows.
    """

    code: str
    indicators: Mapping[str, str]
    aliases: tuple[str, ...]
    own: Vote | None
    revealed: bool
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class _Room:
    host: str
    indicators: Mapping[str, str]
    touched: float
    votes: Mapping[str, Vote]
    address: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    revealed: bool = False


class Rooms:
    """All rooms of a server; safe to be used by many sessions at once. ``now`` is any clock in seconds."""

    def __init__(self) -> None:
        self._rooms: dict[str, _Room] = {}
        self._lock = threading.Lock()

    def open(self, code: str, party: Party, indicators: Mapping[str, str], now: float) -> None:
        """A new room under ``code``; a room that the same host has open is closed.

        Raises
        ------
        Refused
            TOO_MANY_ROOMS, TOO_MANY_HERE by one address; NOTHING_CHOSEN without an indicator to weigh.
        """
        if not indicators or len(indicators) > MOST_INDICATORS:
            raise Refused(Refusal.NOTHING_CHOSEN)
        with self._lock:
            self._tidy(now)
            self._rooms = {key: room for key, room in self._rooms.items() if room.host != party.secret}
            if party.address and _count(party, [one.address for one in self._rooms.values()]) >= MOST_ROOMS_OF_ONE:
                raise Refused(Refusal.TOO_MANY_HERE)
            if len(self._rooms) >= MOST_ROOMS or code in self._rooms:
                raise Refused(Refusal.TOO_MANY_ROOMS)
            self._rooms[code] = _Room(party.secret, dict(indicators), now, {}, party.address)

    def view(self, code: str, person: str, now: float) -> RoomView:
        """What the person with this secret may see of a room.

        Raises
        ------
        Refused
            NO_ROOM when there is none of that code, or no longer.
        """
        with self._lock:
            room = self._room(code, now)
        votes = tuple(room.votes.values())
        own = room.votes.get(person)
        aliases = tuple(vote.alias for vote in votes)
        return RoomView(code, room.indicators, aliases, own, room.revealed, votes if room.revealed else ())

    def vote(self, code: str, party: Party, vote: Vote, now: float) -> None:
        """Take a vote; the same person may vote again until the reveal.

        Raises
        ------
        Refused
            NO_ROOM, REVEALED, NO_ALIAS, ALIAS_TAKEN by somebody else, NOTHING_CHOSEN when all weights are 0 or one is
            for another indicator, TOO_MANY_VOTERS, TOO_MANY_HERE from one address.
        """
        alias = " ".join(vote.alias.split())[:LONGEST_ALIAS]
        with self._lock:
            room = self._room(code, now)
            _ensure_possible(room, party, replace(vote, alias=alias))
            weights = {key: min(max(int(vote.weights.get(key, 0)), 0), TOP_WEIGHT) for key in room.indicators}
            votes = {**room.votes, party.secret: Vote(alias, weights)}
            addresses = {**room.addresses, party.secret: party.address}
            self._rooms[code] = replace(room, touched=now, votes=votes, addresses=addresses)

    def reveal(self, code: str, host: str, now: float) -> None:
        """Show everybody's votes to all in the room; nobody can vote after that.

        Raises
        ------
        Refused
            NO_ROOM, NOT_YOURS for anybody but the host, TOO_FEW votes.
        """
        with self._lock:
            room = self._room(code, now)
            if room.host != host:
                raise Refused(Refusal.NOT_YOURS)
            if len(room.votes) < LEAST_VOTES:
                raise Refused(Refusal.TOO_FEW)
            self._rooms[code] = replace(room, touched=now, revealed=True)

    def close(self, code: str, host: str) -> None:
        """End a vote: the room and all that was voted in it is forgotten. Only its host can."""
        with self._lock:
            if code in self._rooms and self._rooms[code].host == host:
                del self._rooms[code]

    def _room(self, code: str, now: float) -> _Room:
        self._tidy(now)
        if code not in self._rooms:
            raise Refused(Refusal.NO_ROOM)
        return self._rooms[code]

    def _tidy(self, now: float) -> None:
        self._rooms = {code: room for code, room in self._rooms.items() if now - room.touched < LASTS_SECONDS}


def _count(party: Party, addresses: Iterable[str]) -> int:
    return sum(party.address == address for address in addresses)


def _ensure_possible(room: _Room, party: Party, vote: Vote) -> None:
    """Whether this vote can be taken.

    Raises
    ------
    Refused
        As in ``Rooms.vote``.
    """
    others = {who: other.alias.casefold() for who, other in room.votes.items() if who != party.secret}
    elsewhere = [address for who, address in room.addresses.items() if who != party.secret]
    reasons = {
        Refusal.REVEALED: room.revealed,
        Refusal.NO_ALIAS: not vote.alias,
        Refusal.ALIAS_TAKEN: vote.alias.casefold() in others.values(),
        Refusal.NOTHING_CHOSEN: not any(vote.weights.values()) or not vote.weights.keys() <= room.indicators.keys(),
        Refusal.TOO_MANY_VOTERS: len(others) >= MOST_VOTERS,
        Refusal.TOO_MANY_HERE: bool(party.address) and _count(party, elsewhere) >= MOST_VOTERS_OF_ONE,
    }
    for reason, applies in reasons.items():
        if applies:
            raise Refused(reason)
