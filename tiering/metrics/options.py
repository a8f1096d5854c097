"""What a run of the metric step may use, and how its caller follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EngineOptions:
    """Limits of one run.

    Attributes
    ----------
    memory_limit
        As DuckDB writes it, such as ``"4GB"``; beyond it the run spills to disk. None: 80 % of the machine.
    temp_dir
        Where the private spill folder is made. None: the system's temporary folder.
    threads
        None: all cores.
    """

    memory_limit: str | None = None
    temp_dir: Path | None = None
    threads: int | None = None


@dataclass(frozen=True)
class Watch:
    """Both are called in the caller's own thread: ``progress`` with 0..1, ``cancelled`` some 50 times a second."""

    progress: Callable[[float], None] | None = None
    cancelled: Callable[[], bool] | None = None
