"""What the paths of a command stand for: one file for the reader, or files and tables for an engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import Literal

from tiering.cli.request import CannotRun
from tiering.metrics import EngineOptions
from tiering.metrics.files import Kind, OrderFiles

EngineName = Literal["", "duckdb", "spark"]
TABLE = "table:"
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "parquet": (".parquet", ".pq"),
    "csv": (".csv", ".csv.gz", ".tsv", ".txt"),
}
_SIZE = re.compile(r"\d+(\.\d+)?\s*[KMGT]i?B", re.IGNORECASE)


@dataclass(frozen=True)
class EngineChoice:
    """Which engine the command line names, and what it may use; empty texts where nothing is said."""

    engine: EngineName = ""
    spark: str = ""
    memory_limit: str = ""
    temp_dir: Path | None = None

    @property
    def is_named(self) -> bool:
        """Whether anything is said of an engine."""
        return self != DEFAULT_ENGINE


DEFAULT_ENGINE = EngineChoice()


def needs_engine(paths: tuple[str, ...], choice: EngineChoice) -> bool:
    """Whether an engine adds up the orders: where one is named, and for folders and patterns."""
    return choice.is_named or any(Path(path).is_dir() or _is_pattern(path) for path in paths)


def options_of(choice: EngineChoice) -> EngineOptions:
    """Options of a run.

    Raises
    ------
    CannotRun
        The memory limit is no size, the temporary folder is none, or Spark is chosen without its address.
    """
    if choice.memory_limit and not _SIZE.fullmatch(choice.memory_limit.strip()):
        raise CannotRun("cli.request.no_size", given=choice.memory_limit)
    if choice.temp_dir is not None and not choice.temp_dir.is_dir():
        raise CannotRun("cli.request.no_folder", path=str(choice.temp_dir))
    if choice.engine == "duckdb" and choice.spark:
        raise CannotRun("cli.request.spark_not_chosen", endpoint=choice.spark)
    if choice.engine == "spark" and not choice.spark:
        raise CannotRun("cli.request.no_endpoint")
    limits = {"memory_limit": choice.memory_limit or None, "temp_dir": choice.temp_dir}
    return EngineOptions("spark", choice.spark) if choice.spark else EngineOptions(**limits)  # type: ignore[arg-type]


def order_files(paths: tuple[str, ...], options: EngineOptions) -> OrderFiles:
    """Paths, folders and patterns → the files; on Spark they stay as they are, for the cluster to resolve.

    Raises
    ------
    CannotRun
        Nothing is there, or Parquet and CSV are mixed.
    """
    if options.engine == "spark":
        return _on_cluster(paths)
    files = tuple(dict.fromkeys(file for path in paths for file in _files_of(path)))
    kinds = {_kind_of(file) for file in files}
    if len(kinds) > 1:
        raise CannotRun("cli.request.mixed_files")
    return OrderFiles(files, kinds.pop())


def _on_cluster(paths: tuple[str, ...]) -> OrderFiles:
    if paths[0].startswith(TABLE):
        return OrderFiles((paths[0].removeprefix(TABLE),), "table")
    kinds = {_kind_of(path) for path in paths}
    if len(kinds) > 1:
        raise CannotRun("cli.request.mixed_files")
    whole = tuple(path if "://" in path else str(Path(path).absolute()) for path in paths)
    return OrderFiles(whole, kinds.pop())


def _files_of(path: str) -> list[str]:
    """Files of one path, by name; of a folder those that are Parquet, without any those that are CSV."""
    if Path(path).is_dir():
        inside = sorted(str(file) for file in Path(path).rglob("*") if file.is_file())
        found = next((some for kind in ENDINGS if (some := [one for one in inside if _ends(one, kind)])), [])
    elif _is_pattern(path):
        found = sorted(file for file in glob(path, recursive=True) if Path(file).is_file())
    else:
        found = [path] if Path(path).is_file() else []
    if not found:
        raise CannotRun("cli.request.no_orders_at", path=path)
    return [str(Path(file).absolute()) for file in found]


def _is_pattern(path: str) -> bool:
    return has_magic(path) and not Path(path).exists()


def _kind_of(path: str) -> Kind:
    """By the ending; a folder by what is in it, one that only the cluster knows is taken for Parquet."""
    told = _files_of(path)[0] if Path(path).is_dir() else path
    return "csv" if _ends(told, "csv") else "parquet"


def _ends(path: str, kind: Kind) -> bool:
    return path.lower().endswith(ENDINGS[kind])
