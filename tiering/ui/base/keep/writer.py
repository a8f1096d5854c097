"""Writes what a session keeps a moment after it changed, on a thread of its own: no slider waits for a disk."""

from __future__ import annotations

import ctypes
import gc
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pyarrow as pa

from tiering.ui.base.keep.vault import Vault

QUIET_SECONDS = 0.4
TIDY_SECONDS = 60.0

ENDED_SECONDS = 1.0

log = logging.getLogger(__name__)


def give_back() -> None:
    """Collect what an ended session left in circles (the app runs no collection after each script) and free it."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


class Writer:
    """Keeps the newest state of each token and saves it once it has been quiet for a moment."""

    def __init__(self, vault: Vault, save: Callable[[Any, Any], None], quiet: float = QUIET_SECONDS) -> None:
        self.vault = vault
        self.leaving: set[str] = set()  # sessions that were forgotten and still have a browser
        self._save = save
        self._quiet = quiet
        self._waiting: dict[str, tuple[str, Any, float]] = {}
        self._free_at: float | None = None
        self._changed = threading.Condition()
        self._saving = threading.Lock()
        threading.Thread(target=self._run, name="keep", daemon=True).start()

    def note(self, token: str, session: str, state: Any) -> None:
        """Take in a new state; it is written later, unless a newer one comes first."""
        with self._changed:
            self._waiting[token] = (session, state, time.monotonic() + self._quiet)
            self._changed.notify()

    def flush(self, token: str) -> None:
        """Write what waits for this token now."""
        with self._changed:
            waiting = self._waiting.pop(token, None)
        if waiting is not None:
            self._write(token, *waiting[:2])

    def forget(self, token: str) -> None:
        """Write nothing of this token any more and remove what was written."""
        with self._changed:
            self._waiting.pop(token, None)
        with self._saving:
            self.vault.forget(token)

    def free_soon(self) -> None:
        """Give back the memory of a session that has just ended, once it had time to end."""
        with self._changed:
            self._free_at = time.monotonic() + ENDED_SECONDS
            self._changed.notify()

    def _run(self) -> None:
        tidied = time.monotonic()
        while True:
            with self._changed:
                self._changed.wait(self._pause())
                now = time.monotonic()
                due = [token for token, (_, _, when) in self._waiting.items() if when <= now]
            for token in due:
                self.flush(token)
            if self._free_at is not None and now >= self._free_at:
                self._free_at = None
                self._guarded(give_back)
            if now - tidied > TIDY_SECONDS:
                tidied = now
                self._guarded(self.vault.tidy, time.time())

    def _pause(self) -> float:
        now = time.monotonic()
        dues = [when for _, _, when in self._waiting.values()] + ([] if self._free_at is None else [self._free_at])
        return max(0.01, min(dues, default=now + TIDY_SECONDS) - now)

    def _write(self, token: str, session: str, state: Any) -> None:
        with self._saving:
            if self.vault.is_owner(token, session):
                self._guarded(lambda: self._save(self.vault.own(token, session), state))

    def _guarded(self, step: Callable[..., None], *given: Any) -> None:
        """A full disk costs the way back after a refresh, not the session."""
        try:
            step(*given)
        except Exception as fault:
            log.warning("not kept: %s", type(fault).__name__)
