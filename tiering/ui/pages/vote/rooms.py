"""The server's vote rooms, shared by all sessions: weights under an alias, never data, one vote for each device."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from tiering.decision.rooms import Party, Refusal, Refused, Rooms, RoomView, Vote
from tiering.local_network import lan_address
from tiering.ui.base import state
from tiering.ui.server import visitors

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks or sounds like another
CODE_LENGTH = 6
CODES_TRIED = 5
CARRIED = "room"


@st.cache_resource(show_spinner=False)
def _rooms() -> Rooms:
    return Rooms()


def open_room(indicators: Mapping[str, str]) -> None:
    """Call a vote; this session is its host.

    Raises
    ------
    Refused
        As in ``Rooms.open``.
    """
    host = state.choices().host or secrets.token_hex(16)
    for _ in range(CODES_TRIED):
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        try:
            _rooms().open(code, Party(host, visitors.address()), indicators, time.monotonic())
        except Refused as refused:
            if refused.reason != Refusal.TOO_MANY_ROOMS:
                raise
            continue
        state.choose(room=code, host=host)
        return
    raise Refused(Refusal.TOO_MANY_ROOMS)


def own_room() -> RoomView | None:
    """The vote this session has called, None where there is none (any more)."""
    code, host = state.choices().room, state.choices().host
    if code is None or host is None:
        return None
    try:
        return _rooms().view(code, host, time.monotonic())
    except Refused:
        state.choose(room=None)
        return None


def visible_room(code: str) -> RoomView:
    """A room as this session's voter may see it.

    Raises
    ------
    Refused
        There is no such room.
    """
    return _rooms().view(code, voter(code) or "", time.monotonic())


def vote(code: str, ballot: Vote) -> None:
    """Vote from this device; another vote of the same browser, from whatever tab, replaces the one before.

    Raises
    ------
    Refused
        As in ``Rooms.vote``.
    """
    who = voter(code) or new_voter(code)
    _rooms().vote(code, Party(who, visitors.address()), ballot, time.monotonic())
    state.choose(voter=who)


def vote_here(code: str, ballot: Vote) -> None:
    """Vote on the host's machine: everybody who sits down there is another voter.

    Raises
    ------
    Refused
        As in ``Rooms.vote``.
    """
    _rooms().vote(code, Party(new_voter(code), visitors.address()), ballot, time.monotonic())


def reveal() -> None:
    """Show all votes of this session's room.

    Raises
    ------
    Refused
        As in ``Rooms.reveal``.
    """
    code, host = state.choices().room, state.choices().host
    if code is not None and host is not None:
        _rooms().reveal(code, host, time.monotonic())


def close() -> None:
    """End the vote and forget what was voted."""
    code, host = state.choices().room, state.choices().host
    if code is not None and host is not None:
        _rooms().close(code, host)
    state.choose(room=None)


def address(code: str) -> str:
    """Where other devices find the ballot."""
    here = urlsplit(st.context.url or "http://localhost")
    name = lan_address() if is_on_lan() and here.hostname in ("localhost", "127.0.0.1") else here.hostname
    port = f":{here.port}" if here.port else ""
    return f"{here.scheme}://{name}{port}/vote?{CARRIED}={code}"


def is_on_lan() -> bool:
    """Whether other devices can reach this server at all."""
    return st.get_option("server.address") not in ("127.0.0.1", "localhost", "::1")


def voter(code: str) -> str | None:
    """The secret under which this browser votes in a room, the same in all its tabs; None where it has none yet.

    It follows from the mark that the server gave the device, so that no page can choose one.
    """
    mark = visitors.device()
    if mark:
        return f"{code}-{hashlib.sha256(f'{code} {mark}'.encode()).hexdigest()[:32]}"
    held = state.choices().voter
    return held if held is not None and held.startswith(f"{code}-") else None


def new_voter(code: str) -> str:
    """A secret for each who sits down at the host's machine, and for a browser that takes no mark."""
    return f"{code}-{secrets.token_hex(16)}"
