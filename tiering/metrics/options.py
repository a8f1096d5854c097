"""What a run of the metric step may use, where it takes place, and who watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tiering.problems import DataProblem, Problem


@dataclass(frozen=True)
class EngineOptions:
    """Where a run takes place, and its limits.

    Attributes
    ----------
    engine
        ``"duckdb"`` in this process, to which the limits below apply; or ``"spark"``.
    endpoint
        Spark Connect address, ``"sc://HOST:PORT"``.
    memory_limit
        Of the whole run, as DuckDB writes it, such as ``"4GB"``; beyond it the run spills to disk. None: 80 % of the
        machine.
    temp_dir
        Where the private spill folder is made. None: the system's temporary folder.
    threads
        None: all cores.
    """

    engine: Literal["duckdb", "spark"] = "duckdb"
    endpoint: str = "sc://localhost:15002"
    memory_limit: str | None = None
    temp_dir: Path | None = None
    threads: int | None = None


class Watch:
    """``progress`` is told growing shares up to 1, ``cancelled`` asked again and again, both in the caller's thread."""

    def __init__(self, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._told = 0.0

    def tell(self, share: float) -> None:
        """Pass the share done on, if it has grown."""
        if self._progress and share > self._told:
            self._progress(share)
            self._told = share

    def ensure_wanted(self) -> None:
        """Raise DataProblem CANCELLED when the caller no longer wants the answer."""
        if self._cancelled and self._cancelled():
            raise DataProblem(Problem.CANCELLED)
