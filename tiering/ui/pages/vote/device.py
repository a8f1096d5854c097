"""One device, one vote: under which secret this browser votes in a room; other rooms never learn it."""

from __future__ import annotations

import hashlib
import secrets

from tiering.ui.base import state
from tiering.ui.server import visitors


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
