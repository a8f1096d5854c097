"""Who asks: this computer or another of the local network, from which address, and from which device."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
import socket
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit

LAN, CODE = "TIERING_LAN", "TIERING_CODE"  # what the command line was told: nothing, "vote" or "all"
HERE, DEVICE = b"x-tiering-from", b"x-tiering-device"  # written here alone; what comes in under them is dropped
COOKIE = "tiering_device"
_SECRET = secrets.token_bytes(32)


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
