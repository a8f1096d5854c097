"""metrics.sql on any Spark Connect endpoint: each step a temporary view, the whole one plan on the cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tiering.metrics.options import EngineOptions
from tiering.metrics.steps import Step, order_lines_query
from tiering.problems import DataProblem, Problem

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

ANSWER_SECONDS = 10
# About twelve seconds until a lost connection is given up; the client's own default is ten minutes.
RETRIES = {"max_retries": 6, "max_backoff": 4_000}


class SparkEngine:
    """One run in one session of its own; see `open_spark`."""

    lazy = True

    def __init__(self, session: SparkSession, columns: list[str]) -> None:
        self.columns = columns
        self._session = session
        self._share = 0.0
        session.registerProgressHandler(self._note_progress)

    def order_dates(self) -> tuple[date | None, date | None]:
        """First and last order date, None without orders."""
        bounds = self._session.sql("SELECT MIN(order_date) AS first, MAX(order_date) AS last FROM orders").toArrow()
        return bounds["first"][0].as_py(), bounds["last"][0].as_py()

    def offer(self, name: str, table: pa.Table) -> None:
        """Make ``table`` known to the steps as ``name``."""
        _offer(self._session, name, table)

    def stage(self, step: Step) -> None:
        """Name a step; nothing is computed yet."""
        self._session.sql(f"CREATE OR REPLACE TEMPORARY VIEW {step.name} AS {step.query}")

    def answer(self, step: Step) -> pa.Table:
        """Rows of the last step, computed with all the others as one plan."""
        return self._session.sql(step.query).toArrow()

    def share_done(self) -> float:
        """Completed tasks among those of the stages known so far, 0..1."""
        return self._share

    def interrupt(self) -> None:
        """Ask the cluster to stop whatever runs in this session."""
        self._session.interruptAll()

    def _note_progress(self, stages: Sequence[Any] | None, **_facts: object) -> None:
        tasks = sum(stage.num_tasks for stage in stages or ())
        if tasks:
            self._share = max(self._share, sum(stage.num_completed_tasks for stage in stages or ()) / tasks)


@contextmanager
def open_spark(orders: pa.Table | Path, options: EngineOptions) -> Iterator[SparkEngine]:
    """Engine over canonical orders, in memory here or in Parquet files that the cluster sees.

    Raises
    ------
    DataProblem
        ENGINE_MISSING without the extra ``spark``, ENGINE_SILENT when nothing answers at the endpoint,
        PATH_UNSEEN when the cluster finds no orders there, MISSING_COLUMNS when they are no canonical ones,
        ENGINE_FAILED when the cluster refuses or is lost on the way.
    """
    session = _session(options.endpoint)
    from pyspark.errors import PySparkException

    try:
        columns = _orders_view(session, orders)
        session.sql(f"CREATE OR REPLACE TEMPORARY VIEW order_lines AS {order_lines_query(columns)}")
        yield SparkEngine(session, columns)
    except PySparkException as error:
        raise DataProblem(Problem.ENGINE_FAILED, endpoint=options.endpoint) from error
    finally:
        session.stop()


def _session(endpoint: str) -> SparkSession:
    try:
        import grpc
        from pyspark.errors import PySparkException
        from pyspark.sql.connect.client import DefaultChannelBuilder
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession
    except ImportError as error:
        raise DataProblem(Problem.ENGINE_MISSING, extra="spark") from error
    try:
        channels = DefaultChannelBuilder(endpoint)
        # the client itself would try for ten minutes
        with channels.toChannel() as channel:
            grpc.channel_ready_future(channel).result(timeout=ANSWER_SECONDS)
    except (PySparkException, grpc.FutureTimeoutError) as error:
        raise DataProblem(Problem.ENGINE_SILENT, endpoint=endpoint, seconds=ANSWER_SECONDS) from error
    session = SparkSession.builder.channelBuilder(channels).create()
    session.client.set_retry_policies([DefaultPolicy(**RETRIES)])
    return session


def _orders_view(session: SparkSession, orders: pa.Table | Path) -> list[str]:
    """Columns of the orders, which are now known as ``orders``."""
    if isinstance(orders, pa.Table):
        _offer(session, "orders", orders)
        return orders.column_names
    from pyspark.errors import AnalysisException

    try:
        files = session.read.parquet(str(orders))
        columns = files.columns
    except AnalysisException as error:
        raise DataProblem(Problem.PATH_UNSEEN, path=str(orders)) from error
    if not columns:  # some servers answer so where others refuse
        raise DataProblem(Problem.PATH_UNSEEN, path=str(orders))
    files.createOrReplaceTempView("orders")
    return columns


def _offer(session: SparkSession, name: str, table: pa.Table) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema

    rows = table if table.num_rows else []  # the client refuses an empty table without a schema of its own
    session.createDataFrame(rows, from_arrow_schema(table.schema)).createOrReplaceTempView(name)
