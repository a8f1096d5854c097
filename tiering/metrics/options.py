"""What a run of the metric step may use, and where it takes place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


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
