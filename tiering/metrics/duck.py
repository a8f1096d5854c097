"""metrics.sql on an embedded DuckDB: each step a temporary table, in a database that sees no file but its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from tiering.metrics.files import OrderFiles, lines_query, used_lines_query
from tiering.metrics.options import EngineOptions
from tiering.metrics.steps import Step, order_lines_query
from tiering.problems import DataProblem, Problem
from tiering.scratch import private_folder

QUOTE = '"'
DATABASE_SHARE = 0.7  # of the limit; the answer, which lies outside the database, takes the rest


class DuckEngine:
    """One run on one private database; see `open_duckdb`."""

    lazy = False

    def __init__(
        self, database: duckdb.DuckDBPyConnection, columns: list[str], memory_limit: str | None, paths: list[str]
    ) -> None:
        self.columns = columns
        self._paths = paths
        self._database = database
        self._memory_limit = memory_limit

    def query(self, text: str) -> pa.Table:
        """Rows of a query over what is at hand here."""
        with self._problems_told():
            return self._database.sql(text).to_arrow_table()

    def offer(self, name: str, table: pa.Table) -> None:
        """Make ``table`` known to the steps as ``name``."""
        self._database.register(name, table)

    def stage(self, step: Step) -> None:
        """Compute a step and let go of the tables that no later one reads."""
        with self._problems_told():
            self._database.execute(f"CREATE TEMPORARY TABLE {step.name} AS {step.query}")
        for name in step.frees:
            self._database.execute(f"DROP TABLE {name}")

    def answer(self, step: Step) -> pa.Table:
        """Rows of the last step."""
        return self.query(step.query)

    def share_done(self) -> float:
        """0: DuckDB cannot tell how far such a query is."""
        return 0.0

    def interrupt(self) -> None:
        """Stop whatever runs, from another thread."""
        self._database.interrupt()

    @contextmanager
    def _problems_told(self) -> Iterator[None]:
        try:
            with _unreadable_told(self._paths):
                yield
        except duckdb.OutOfMemoryException as error:
            raise DataProblem(Problem.OUT_OF_MEMORY, limit=self._memory_limit or "80 %") from error


@contextmanager
def open_duckdb(orders: pa.Table | Path | OrderFiles, options: EngineOptions) -> Iterator[DuckEngine]:
    """Engine over orders in memory or in files; its spill folder is private and removed after.

    Raises
    ------
    DataProblem
        MISSING_COLUMNS when orders that should be canonical are not, FILES_UNREADABLE for files that are no Parquet
        or no CSV in UTF-8.
    """
    paths = _paths(orders)
    with (
        private_folder(options.temp_dir) as spill,
        duckdb.connect(":memory:") as database,
    ):
        _seal(database, options, str(spill), paths)
        with _unreadable_told(paths):
            known = _offer_orders(database, orders)
        columns = [row[0] for row in database.execute("DESCRIBE orders").fetchall()] if known else []
        if known:
            database.execute(f"CREATE TEMPORARY VIEW order_lines AS {order_lines_query(columns)}")
        yield DuckEngine(database, columns, options.memory_limit, paths)


def _paths(orders: pa.Table | Path | OrderFiles) -> list[str]:
    if isinstance(orders, OrderFiles):
        return list(orders.paths)
    return [] if isinstance(orders, pa.Table) else [str(orders)]


def _offer_orders(database: duckdb.DuckDBPyConnection, orders: pa.Table | Path | OrderFiles) -> bool:
    """Make ``orders`` known, of files what is ``given`` first; False when it is not known what the columns mean."""
    if isinstance(orders, pa.Table):
        database.register("orders", orders)
    elif isinstance(orders, Path):
        database.read_parquet(str(orders)).create_view("orders")
    else:
        paths = list(orders.paths)
        if orders.kind == "csv":
            given = database.read_csv(paths, header=True, all_varchar=True, filename=False)
        else:
            given = database.read_parquet(paths, union_by_name=True)
        given.create_view("given")
        if not orders.columns:
            return False
        database.execute(f"CREATE TEMPORARY VIEW lines AS {lines_query(orders, QUOTE)}")
        database.execute(f"CREATE TEMPORARY VIEW orders AS {used_lines_query()}")
    return True


@contextmanager
def _unreadable_told(paths: list[str]) -> Iterator[None]:
    try:
        yield
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        if not paths:
            raise
        raise DataProblem(Problem.FILES_UNREADABLE, path=paths[0] if len(paths) == 1 else f"{paths[0]} …") from error


def database_limit(limit: str) -> str:
    """The database's part of a limit for all: ``"4GB"`` → ``"2.8GB"``; what is no size is left to DuckDB to refuse."""
    size = re.fullmatch(r"([\d.]+)\s*([A-Za-z]+|%)", limit.strip())
    return f"{float(size[1]) * DATABASE_SHARE:.3g}{size[2]}" if size else limit


def _seal(database: duckdb.DuckDBPyConnection, options: EngineOptions, spill: str, readable: list[str]) -> None:
    """Set the limits, close the doors, throw away the key: in that order, the later ones forbid the earlier."""
    settings = {
        "memory_limit": options.memory_limit and database_limit(options.memory_limit),
        "threads": options.threads,
        "temp_directory": spill,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allowed_paths": readable,
        "enable_external_access": False,
        "lock_configuration": True,
    }
    for name, setting in settings.items():
        if setting is not None:
            database.execute(f"SET {name} = ?", [setting])
