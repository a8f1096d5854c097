"""Private folders that go with the process that made them: what a killed one left is removed at the next start."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

PREFIX = "tiering-run-"
LOCK = "lock"
_TURN = Lock()


class Held(NamedTuple):
    """A folder this process holds, and the open file whose lock says so."""

    folder: Path
    descriptor: int


_HELD: dict[tuple[int, Path], Held] = {}


def new_folder(name: str, parent: Path | None = None) -> Path:
    """A new folder that only this user can enter (mode 0700), within the one this process holds in ``parent``.

    Without a ``parent`` that is the system's folder for temporary files.
    """
    where = (os.getpid(), parent or Path(tempfile.gettempdir()))
    with _TURN:
        if where not in _HELD or not _HELD[where].folder.is_dir():  # or swept away by whoever tidies temporary files
            _HELD[where] = _taken(*where)
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_HELD[where].folder))


@contextmanager
def private_folder(parent: Path | None = None) -> Iterator[Path]:
    """A folder as of :func:`new_folder`, gone afterwards, and with the last one nothing is left in a ``parent``."""
    folder = new_folder("work", parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if parent is not None:
            _give_back(folder.parent, parent)


def _give_back(held: Path, parent: Path) -> None:
    """Remove the folder this process holds in ``parent`` where nothing but its lock is left in it."""
    with _TURN:
        if held.is_dir() and {path.name for path in held.iterdir()} <= {LOCK}:
            os.close(_HELD.pop((os.getpid(), parent)).descriptor)
            shutil.rmtree(held, ignore_errors=True)


def remove_left_behind(parent: Path | None = None) -> None:
    """Remove what processes left that were ended without a word; who lives holds the lock in its folder."""
    for folder in (parent or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        if not is_locked(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)


def _taken(process: int, parent: Path) -> Held:
    """A folder that this process holds from now on; a forked one gets its own."""
    remove_left_behind(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    made = folder / LOCK if sys.platform == "win32" else folder / "new"
    descriptor = os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    lock_file(descriptor)  # open until the process ends, and nobody sees it under its name before it is held
    os.write(descriptor, str(process).encode())
    if made.name != LOCK:
        made.rename(folder / LOCK)
    atexit.register(_let_go, process, folder)
    return Held(folder, descriptor)


def _let_go(process: int, folder: Path) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)


def lock_file(descriptor: int) -> bool:
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


def is_locked(path: Path) -> bool:
    """Whether a process that lives holds the file; a file that is not there, or not ours to open, counts as held."""
    try:
        with path.open("r+b") as file:
            return not lock_file(file.fileno())
    except OSError:
        return True
