"""Writes what a session keeps a moment after it changed, on a thread of its own: no slider waits for a disk."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from tiering.ui.keep.vault import Vault

QUIET_SECONDS = 0.4
TIDY_SECONDS = 60.0

log = logging.getLogger(__name__)


class Writer:
    """Keeps the newest state of each token and saves it once it has been quiet for a moment."""

    def __init__(self, vault: Vault, save: Callable[[Any, Any], None], quiet: float = QUIET_SECONDS) -> None:
        self.vault = vault
        self._save = save
        self._quiet = quiet
        self._waiting: dict[str, tuple[str, Any, float]] = {}
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

    def _run(self) -> None:
        tidied = time.monotonic()
        while True:
            with self._changed:
                self._changed.wait(self._pause())
                now = time.monotonic()
                due = [token for token, (_, _, when) in self._waiting.items() if when <= now]
            for token in due:
                self.flush(token)
            if now - tidied > TIDY_SECONDS:
                tidied = now
                self._guarded(self.vault.tidy, time.time())

    def _pause(self) -> float:
        next_due = min((when for _, _, when in self._waiting.values()), default=time.monotonic() + TIDY_SECONDS)
        return max(0.01, next_due - time.monotonic())

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
