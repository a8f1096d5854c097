"""Who asks, from this computer or another: the ballot for all, the rest for those who type the host's code."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
import socket
import threading
import time
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit

import streamlit as st

from tiering.ui.base import frame
from tiering.words import Words

MOST_TRIES = 10
FORGET_SECONDS = 600.0
MOST_ADMITTED = 500
LAN, CODE = "TIERING_LAN", "TIERING_CODE"  # what the command line was told: nothing, "vote" or "all"
HERE, DEVICE = b"x-tiering-from", b"x-tiering-device"  # written here alone; what comes in under them is dropped
COOKIE = "tiering_device"
_SECRET = secrets.token_bytes(32)


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
            if not is_right_code(code):
                self._wrong.setdefault(address, []).append(now)
                return False
            while len(self._admitted) >= MOST_ADMITTED:
                del self._admitted[next(iter(self._admitted))]
            self._admitted[device] = None
            return True


GATE = Gate()


def address() -> str:
    """Address of the computer that looks at this page; empty for the one the server runs on."""
    return st.context.headers.get(HERE.decode(), "")


def device() -> str:
    """Mark of the device that looks at this page; empty where the server gave none."""
    return st.context.headers.get(DEVICE.decode(), "")


def sees_ballot_only() -> bool:
    """Whether this page is looked at from another computer that has not shown the code."""
    return bool(address()) and not GATE.is_admitted(device())


def ask_code(words: Words) -> None:
    """The field for the code, where the host lets other computers see everything."""
    if not may_see_all():
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


def is_this_computer(address: str) -> bool:
    """Whether an address of a connection is one of this machine's own."""
    with suppress(ValueError):
        found = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(found, "ipv4_mapped", None)
        return (mapped or found).is_loopback or str(mapped or found) in _own_addresses()
    return False


def may_see_all() -> bool:
    """Whether other computers may see more than the ballot."""
    return os.environ.get(LAN, "") == "all"


def is_right_code(given: str) -> bool:
    """Whether somebody typed the code that stands on the host's screen; there is none unless all may be seen."""
    code = os.environ.get(CODE, "")
    return bool(code) and hmac.compare_digest(given.strip().upper().encode(), code.encode())


def host_name(host: str) -> str | None:
    """Name in a ``Host`` header without its port; None where the header is no host at all."""
    with suppress(ValueError):
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises where it is no number
        if parts.hostname and parts.netloc == host and "@" not in host:
            return parts.hostname.lower().rstrip(".")
    return None


def new_device() -> str:
    """A device's mark, which nobody but this server can make."""
    name = secrets.token_urlsafe(16)
    return f"{name}.{_signed(name)}"


def is_device(mark: str) -> bool:
    """Whether a mark is one that this server gave since it started."""
    name, _, signature = mark.partition(".")
    return bool(name) and hmac.compare_digest(signature.encode(), _signed(name).encode())


def _signed(name: str) -> str:
    return hmac.new(_SECRET, name.encode(), hashlib.sha256).hexdigest()


@cache
def _own_addresses() -> frozenset[str]:
    found = set()
    with suppress(OSError):
        found.update(socket.gethostbyname_ex(socket.gethostname())[2])
    return frozenset(found)
