"""Progress of a long run, on a terminal alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

SHORT_RUN_SECONDS = 1.0


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
