"""Run metrics.sql over canonical orders on an embedded DuckDB: staged, cancellable, sealed off from the disk."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.metrics.customer_table import customer_table
from tiering.metrics.windows import calendar_table, date_marks, snapshots_table, window_of
from tiering.problems import DataProblem, Problem

OPTIONAL = {"order_id": "VARCHAR", "category": "VARCHAR", "cost": "DECIMAL(18, 2)"}
ANSWER = "customer_totals"
POLL_SECONDS = 0.02


@dataclass(frozen=True)
class EngineOptions:
    """Limits of one run: ``memory_limit`` as DuckDB writes it ("4GB"), ``temp_dir`` for spilling, ``threads``.

    None leaves the engine's own default: 80 % of memory, the system's temporary folder, all cores.
    """

    memory_limit: str | None = None
    temp_dir: Path | None = None
    threads: int | None = None


DEFAULTS = EngineOptions()


def customer_metrics(
    orders: pa.Table,
    as_of: Sequence[date],
    *,
    window_months: int = 12,
    options: EngineOptions = DEFAULTS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """One row per order line → one row per snapshot date and customer with a line on or before it."""
    windows = [window_of(day, window_months) for day in sorted(set(as_of))]
    bounds = pc.min_max(orders["order_date"])
    first, last = bounds["min"].as_py(), bounds["max"].as_py()
    marks = date_marks(windows)
    with _sealed(options) as connection:
        connection.register("orders", orders)
        connection.register("calendar", calendar_table(first or date.max, last or date.min, marks))
        connection.register("snapshots", snapshots_table(windows, marks))
        connection.execute(_door(orders))
        _run_steps(connection, progress, cancelled)
        totals = connection.sql(f"SELECT * FROM {ANSWER}").to_arrow_table()
    return customer_table(totals, windows, first)


@cache
def steps() -> dict[str, str]:
    """Named steps of metrics.sql in order: view name → its CREATE statement."""
    text = files("tiering.metrics").joinpath("metrics.sql").read_text(encoding="utf-8")
    statements = [part.strip() for part in re.sub(r"(?m)^--.*$", "", text).split(";") if part.strip()]
    return {statement.split()[3]: statement for statement in statements}


@contextmanager
def _sealed(options: EngineOptions) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own that sees no file but its private spill folder."""
    with (
        tempfile.TemporaryDirectory(prefix="tiering-", dir=options.temp_dir) as spill,
        duckdb.connect(":memory:") as connection,
    ):
        settings = {
            "memory_limit": options.memory_limit,
            "threads": options.threads,
            "temp_directory": spill,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "enable_external_access": False,
            "lock_configuration": True,
        }
        for name, value in settings.items():
            if value is not None:
                connection.execute(f"SET {name} = ?", [value])
        yield connection


def _door(orders: pa.Table) -> str:
    """View of the orders with the columns metrics.sql reads; one the file lacks is NULL."""
    optional = [
        name if name in orders.column_names else f"CAST(NULL AS {kind}) AS {name}" for name, kind in OPTIONAL.items()
    ]
    columns = ", ".join(["customer_id", "order_date", "amount", *optional])
    return f"CREATE TEMPORARY VIEW order_lines AS SELECT {columns} FROM orders"


def _run_steps(
    connection: duckdb.DuckDBPyConnection,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    """Each step as a temporary table, in a thread of its own, so that the caller can stop it at any moment."""
    with ThreadPoolExecutor(1) as worker:
        for done, statement in enumerate(steps().values(), 1):
            table = statement.replace("TEMPORARY VIEW", "TEMPORARY TABLE", 1)
            _await(worker.submit(connection.execute, table), connection, cancelled)
            if progress:
                progress(done / len(steps()))


def _await(step: Future, connection: duckdb.DuckDBPyConnection, cancelled: Callable[[], bool] | None) -> None:
    """Wait for a step; interrupt it when the caller has had enough, for whatever reason."""
    try:
        while not wait([step], timeout=POLL_SECONDS).done:
            if cancelled and cancelled():
                raise DataProblem(Problem.CANCELLED)
    finally:
        if not step.done():
            connection.interrupt()
    step.result()
