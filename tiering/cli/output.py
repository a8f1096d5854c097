"""The one way in which commands write files, all of them or none, and the progress of a long run."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tiering.cli.request import CannotRun, ensure_writable, target_of
from tiering.scratch import is_locked, lock_file

PREFIX, SUFFIX = ".tiering-", ".part"  # what is being written lies beside its place, so that it can take it at once
SETTLES_SECONDS = 60.0  # between the last byte and its name a part is held by nobody
PERMISSIONS = 0o666  # of a new file, less what the user's mask takes away
_SAID = {
    errno.ENOSPC: "cli.request.disk_full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "cli.request.disk_full",
    errno.EFBIG: "cli.request.disk_full",
    errno.EACCES: "cli.request.not_allowed",
    errno.EPERM: "cli.request.not_allowed",
    errno.EROFS: "cli.request.not_allowed",
}
SHORT_RUN_SECONDS = 1.0


def place_of(path: Path) -> str:
    """How the place of a result is said: with what a link points to, nothing more where it is no link."""
    return f"{path} → {target_of(path)}" if path.is_symlink() else str(path)


def write_files(wanted: Mapping[Path, Iterable[bytes]]) -> None:
    """Write all files or none: whatever stops it, the files that were there before stay as they were.

    A file that is replaced keeps its mode. What a run that was killed left half written beside the place is removed.

    Raises
    ------
    CannotRun
        A place cannot be written to, or the disk is full.
    """
    with ExitStack() as parts:
        ready = [(path, parts.enter_context(_part_of(path, pieces))) for path, pieces in wanted.items()]
        for path, _ in ready:
            with _said_of(path):
                _ensure_free(target_of(path))
        for path, part in ready:
            with _said_of(path):
                part.replace(target_of(path))
        for folder in {target_of(path).parent for path, _ in ready}:
            _settle(folder)


@contextmanager
def _part_of(path: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """The content on disk beside the place of ``path``, gone at the end unless it took that place."""
    target = target_of(path)
    ensure_writable(path)
    _remove_left_behind(target.parent)
    with ExitStack() as at_end:
        with _said_of(path):
            descriptor, name = tempfile.mkstemp(SUFFIX, PREFIX, target.parent)
            part = Path(name)
            at_end.callback(part.unlink, missing_ok=True)
            with os.fdopen(descriptor, "wb") as file:
                lock_file(descriptor)
                file.writelines(pieces)
                file.flush()
                os.fsync(descriptor)
            part.chmod(_mode(target))
        yield part


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        key = _SAID.get(error.errno or 0, "cli.request.cannot_write")
        raise CannotRun(key, path=str(path), reason=error.strerror or "") from error


def _ensure_free(target: Path) -> None:
    """Find a file that another program keeps to itself before the first of several is replaced."""
    if target.exists():
        target.open("ab").close()


def _mode(target: Path) -> int:
    with suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0o077)
    os.umask(mask)
    return PERMISSIONS & ~mask


def _remove_left_behind(folder: Path) -> None:
    """Remove what killed runs left: nobody holds it and nothing was written to it of late."""
    for part in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > SETTLES_SECONDS and not is_locked(part):
                part.unlink()


def _settle(folder: Path) -> None:
    """Have the names themselves on disk, where a folder can be opened for that."""
    with suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Bars:
    """One bar per step of the run."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown

    def bar(self, label: str) -> Callable[[float], None]:
        """A new bar; call the answer with 0..1."""
        task = self._shown.add_task(label, total=1.0)
        return lambda done: self._shown.update(task, completed=done)


@contextmanager
def progress_bars() -> Iterator[Bars]:
    """Bars that appear once the run takes longer than a second and go away at its end."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    shown = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    late = threading.Timer(SHORT_RUN_SECONDS, shown.start)
    late.daemon = True
    late.start()
    try:
        yield Bars(shown)
    finally:
        late.cancel()
        late.join()
        shown.stop()
