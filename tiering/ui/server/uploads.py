"""Budgets of uploads: into sessions that show a place for files, under ids the server gave, and not too many bytes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

MEBIBYTE = 1024 * 1024
OF_A_SESSION = 1_024 * MEBIBYTE
OF_ALL = 2_048 * MEBIBYTE
AT_ONCE = 4
FRAMING = 64 * 1024  # what a form adds to its file
MOST_IDS = 200


class Refusal(IntEnum):
    """Why an upload is turned away, as a status of HTTP."""

    NOT_ASKED_FOR = 403
    NO_LENGTH = 411
    TOO_LARGE = 413
    BUSY = 503


class Refused(Exception):
    """An upload is turned away before its first byte is taken."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.name)
        self.reason = reason


class Uploads:
    """What may come in; ``held`` tells the bytes the server holds of a session, of all with None."""

    def __init__(self, held: Callable[[str | None], int]) -> None:
        self._held = held
        self._most: dict[str, int] = {}
        self._ids: dict[str, deque[str]] = {}
        self._coming: dict[tuple[str, str], int] = {}
        self._turned_away: set[str] = set()
        self._lock = threading.Lock()

    def given(self, session: str, ids: list[str]) -> None:
        """Note ids under which the server is ready to take files of a session, the newest in place of the oldest."""
        with self._lock:
            self._ids.setdefault(session, deque(maxlen=MOST_IDS)).extend(ids)

    def shown(self, session: str, most: int) -> None:
        """Note that the page of a session has a place for files of ``most`` bytes; none with 0."""
        with self._lock:
            self._most[session] = most

    def was_busy(self, session: str) -> bool:
        """Whether the last file of a session was turned away for want of room."""
        return session in self._turned_away

    def forget(self, session: str) -> None:
        """Drop what is known of a session that has ended."""
        with self._lock:
            self._turned_away.discard(session)
            self._most.pop(session, None)
            self._ids.pop(session, None)

    @contextmanager
    def taken(self, session: str, file: str, size: int | None) -> Iterator[None]:
        """Hold room for a file while it comes in.

        Raises
        ------
        Refused
            NOT_ASKED_FOR: no place for files is shown, or the id is none the server gave; NO_LENGTH; TOO_LARGE for the
            place; BUSY: the room of the session or of all is used up, or too many files come at once.
        """
        with self._lock:
            self._ensure(session, file, size)
            self._turned_away.discard(session)
            self._coming[session, file] = size or 0
        try:
            yield
        finally:
            with self._lock:
                self._coming.pop((session, file), None)

    def _ensure(self, session: str, file: str, size: int | None) -> None:
        most = self._most.get(session, 0)
        if not most or file not in self._ids.get(session, ()) or (session, file) in self._coming:
            raise Refused(Refusal.NOT_ASKED_FOR)
        if size is None:
            raise Refused(Refusal.NO_LENGTH)
        if size > most + FRAMING:
            raise Refused(Refusal.TOO_LARGE)
        own = self._held(session) + sum(coming for (one, _), coming in self._coming.items() if one == session)
        everybody = self._held(None) + sum(self._coming.values())
        if own + size > OF_A_SESSION or everybody + size > OF_ALL or len(self._coming) >= AT_ONCE:
            self._turned_away.add(session)
            raise Refused(Refusal.BUSY)
