"""Private folders that go with the process that made them: what a killed one left is removed at the next start."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

PREFIX = "tiering-run-"
LOCK = "lock"


def new_folder(name: str, parent: Path | None = None) -> Path:
    """A new folder that only this user can enter (mode 0700), within the one this process holds in ``parent``.

    Without a ``parent`` that is the system's folder for temporary files.
    """
    where = (os.getpid(), parent or Path(tempfile.gettempdir()))
    held = _held(*where)
    if not held.is_dir():  # swept away by whoever tidies temporary files
        _held.cache_clear()
        held = _held(*where)
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=held))


@contextmanager
def private_folder(parent: Path | None = None) -> Iterator[Path]:
    """A new folder that only this user can enter (mode 0700); afterwards nothing of it is left in ``parent``."""
    where = parent or Path(tempfile.gettempdir())
    remove_left_behind(where)
    folder, lock = _locked_folder(where)
    try:
        yield Path(tempfile.mkdtemp(prefix="work-", dir=folder))
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def remove_left_behind(parent: Path | None = None) -> None:
    """Remove what processes left that were ended without a word; who lives holds the lock in its folder."""
    for folder in (parent or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        if not is_held(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _held(process: int, parent: Path) -> Path:
    """The folder that this process holds; a forked one gets its own."""
    remove_left_behind(parent)
    folder, _ = _locked_folder(parent)  # open until the process ends
    atexit.register(_let_go, process, folder)
    return folder


def _locked_folder(parent: Path) -> tuple[Path, int]:
    """A new folder and the descriptor of its lock, which nobody sees under its name before it is held."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    made = folder / LOCK if sys.platform == "win32" else folder / "new"
    descriptor = os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    hold(descriptor)
    os.write(descriptor, str(os.getpid()).encode())
    if made.name != LOCK:
        made.rename(folder / LOCK)
    return folder, descriptor


def _let_go(process: int, folder: Path) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)


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
