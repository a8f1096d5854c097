"""A file held while a process lives: the system gives it back however the process ends, so nothing of it is stale."""

from __future__ import annotations

import sys
from pathlib import Path


def hold(descriptor: int) -> bool:
    """Take the lock of an open file until it is closed; False where another opening of it holds the lock."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_held(path: Path) -> bool:
    """Whether a process that lives holds the file; a file that is not there, or not ours to open, counts as held."""
    try:
        with path.open("r+b") as file:
            return not hold(file.fileno())
    except OSError:
        return True
