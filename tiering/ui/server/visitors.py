"""Other computers of the local network: the ballot for all, the rest for those who type the host's code."""

from __future__ import annotations

import threading
import time

import streamlit as st

from tiering.ui.base import frame
from tiering.ui.server import computers
from tiering.words import Words

MOST_TRIES = 10
FORGET_SECONDS = 600.0
MOST_ADMITTED = 500


class Gate:
    """Which devices were let in, and how often each address has typed a wrong code of late."""

    def __init__(self) -> None:
        self._admitted: dict[str, None] = {}
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def is_admitted(self, device: str) -> bool:
        """Whether the device has shown the code."""
        return device in self._admitted

    def is_closed(self, address: str, now: float) -> bool:
        """Whether an address has tried too often (``now``: any clock in seconds)."""
        with self._lock:
            late = {one: [at for at in tries if now - at < FORGET_SECONDS] for one, tries in self._wrong.items()}
            self._wrong = {one: tries for one, tries in late.items() if tries}
            return len(self._wrong.get(address, ())) >= MOST_TRIES

    def try_code(self, code: str, device: str, address: str, now: float) -> bool:
        """Let a device in where the code is right; an address that tried too often is not even listened to."""
        if self.is_closed(address, now):
            return False
        with self._lock:
            if not computers.is_right_code(code):
                self._wrong.setdefault(address, []).append(now)
                return False
            while len(self._admitted) >= MOST_ADMITTED:
                del self._admitted[next(iter(self._admitted))]
            self._admitted[device] = None
            return True


GATE = Gate()


def address() -> str:
    """Address of the computer that looks at this page; empty for the one the server runs on."""
    return st.context.headers.get(computers.HERE.decode(), "")


def device() -> str:
    """Mark of the device that looks at this page; empty where the server gave none."""
    return st.context.headers.get(computers.DEVICE.decode(), "")


def sees_ballot_only() -> bool:
    """Whether this page is looked at from another computer that has not shown the code."""
    return bool(address()) and not GATE.is_admitted(device())


def ask_code(words: Words) -> None:
    """The field for the code, where the host lets other computers see everything."""
    if not computers.may_see_all():
        return
    with st.expander(words("visitors.more")):
        st.caption(words("visitors.plain"))
        with st.form("visitors", border=False):
            code = st.text_input(words("visitors.code"), max_chars=12, width=240)
            if st.form_submit_button(words("visitors.go")):
                _try(code, words)


def _try(code: str, words: Words) -> None:
    now = time.monotonic()
    if GATE.try_code(code, device(), address(), now):
        st.rerun()
    st.error(frame.plain(words("visitors.closed" if GATE.is_closed(address(), now) else "visitors.wrong")))
