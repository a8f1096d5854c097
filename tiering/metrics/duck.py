"""metrics.sql on an embedded DuckDB: each step a temporary table, in a database that sees no file but its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from tiering.metrics.options import EngineOptions
from tiering.metrics.steps import Step, order_lines_query
from tiering.problems import DataProblem, Problem


class DuckEngine:
    """One run on one private database; see `open_duckdb`."""

    lazy = False

    def __init__(self, database: duckdb.DuckDBPyConnection, columns: list[str], memory_limit: str | None) -> None:
        self.columns = columns
        self._database = database
        self._memory_limit = memory_limit

    def order_dates(self) -> tuple[date | None, date | None]:
        """First and last order date, None without orders."""
        return self._database.execute("SELECT MIN(order_date), MAX(order_date) FROM orders").fetchall()[0]

    def offer(self, name: str, table: pa.Table) -> None:
        """Make ``table`` known to the steps as ``name``."""
        self._database.register(name, table)

    def stage(self, step: Step) -> None:
        """Compute a step and let go of the tables that no later one reads."""
        with self._memory_told():
            self._database.execute(f"CREATE TEMPORARY TABLE {step.name} AS {step.query}")
        for name in step.frees:
            self._database.execute(f"DROP TABLE {name}")

    def answer(self, step: Step) -> pa.Table:
        """Rows of the last step."""
        with self._memory_told():
            return self._database.sql(step.query).to_arrow_table()

    def share_done(self) -> float:
        """0: DuckDB cannot tell how far such a query is."""
        return 0.0

    def interrupt(self) -> None:
        """Stop whatever runs, from another thread."""
        self._database.interrupt()

    @contextmanager
    def _memory_told(self) -> Iterator[None]:
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise DataProblem(Problem.OUT_OF_MEMORY, limit=self._memory_limit or "80 %") from error


@contextmanager
def open_duckdb(orders: pa.Table | Path, options: EngineOptions) -> Iterator[DuckEngine]:
    """Engine over canonical orders, in memory or in a Parquet file; its spill folder is private and removed after."""
    with (
        tempfile.TemporaryDirectory(prefix="tiering-", dir=options.temp_dir) as spill,
        duckdb.connect(":memory:") as database,
    ):
        _seal(database, options, spill, [] if isinstance(orders, pa.Table) else [str(orders)])
        if isinstance(orders, pa.Table):
            database.register("orders", orders)
        else:
            database.read_parquet(str(orders)).create_view("orders")
        columns = [row[0] for row in database.execute("DESCRIBE orders").fetchall()]
        database.execute(f"CREATE TEMPORARY VIEW order_lines AS {order_lines_query(columns)}")
        yield DuckEngine(database, columns, options.memory_limit)


def _seal(database: duckdb.DuckDBPyConnection, options: EngineOptions, spill: str, readable: list[str]) -> None:
    """Set the limits, close the doors, throw away the key: in that order, the later ones forbid the earlier."""
    settings = {
        "memory_limit": options.memory_limit,
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
