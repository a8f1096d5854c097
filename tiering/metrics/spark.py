"""metrics.sql on any Spark Connect endpoint: each step a temporary view, the whole one plan on the cluster."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tiering.metrics.files import OrderFiles, lines_query, used_lines_query
from tiering.metrics.options import EngineOptions
from tiering.metrics.steps import Step, order_lines_query
from tiering.problems import DataProblem, Problem

if TYPE_CHECKING:
    from pyspark.sql.connect.dataframe import DataFrame
    from pyspark.sql.connect.session import SparkSession

QUOTE = "`"
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

    def query(self, text: str) -> pa.Table:
        """Rows of a query over what is at hand there."""
        return self._session.sql(text).toArrow()

    def offer(self, name: str, table: pa.Table) -> None:
        """Make ``table`` known to the steps as ``name``."""
        _offer(self._session, name, table)

    def stage(self, step: Step) -> None:
        """Name a step; nothing is computed yet."""
        self._session.sql(f"CREATE OR REPLACE TEMPORARY VIEW {step.name} AS {step.query}")

    def answer(self, step: Step) -> pa.Table:
        """Rows of the last step, computed with all the others as one plan."""
        return self.query(step.query)

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
def open_spark(orders: pa.Table | Path | OrderFiles, options: EngineOptions) -> Iterator[SparkEngine]:
    """Engine over canonical orders in memory here or in Parquet, or over any `OrderFiles` that the cluster sees.

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
        if columns:
            session.sql(f"CREATE OR REPLACE TEMPORARY VIEW order_lines AS {order_lines_query(columns)}")
        yield SparkEngine(session, columns)
    except PySparkException as error:
        raise DataProblem(Problem.ENGINE_FAILED, endpoint=options.endpoint) from error
    finally:
        session.stop()


def _session(endpoint: str) -> SparkSession:
    try:
        import grpc

        with warnings.catch_warnings():
            # of pandas, through which nothing goes here
            warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
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


def _orders_view(session: SparkSession, orders: pa.Table | Path | OrderFiles) -> list[str]:
    """Columns of the orders, which are now known as ``orders``; none when it is not known what they mean."""
    if isinstance(orders, pa.Table):
        _offer(session, "orders", orders)
        return orders.column_names
    if isinstance(orders, Path):
        _given(session, OrderFiles((str(orders),)), "orders")
    else:
        _given(session, orders, "given")
        if not orders.columns:
            return []
        session.sql(f"CREATE OR REPLACE TEMPORARY VIEW lines AS {lines_query(orders, QUOTE)}")
        session.sql(f"CREATE OR REPLACE TEMPORARY VIEW orders AS {used_lines_query()}")
    return list(session.table("orders").columns)


def _given(session: SparkSession, files: OrderFiles, name: str) -> None:
    """Make what the cluster sees known as ``name``."""
    from pyspark.errors import PySparkException

    path = ", ".join(files.paths)
    try:
        rows = _rows(session, files)
        columns = rows.columns
    except PySparkException as error:
        raise DataProblem(Problem.PATH_UNSEEN, path=path) from error
    if not columns:  # some servers answer so where others refuse
        raise DataProblem(Problem.PATH_UNSEEN, path=path)
    rows.createOrReplaceTempView(name)


def _rows(session: SparkSession, files: OrderFiles) -> DataFrame:
    if files.kind == "table":
        return session.table(files.paths[0])
    if files.kind == "csv":
        return session.read.options(header=True, inferSchema=False, escape='"').csv(list(files.paths))
    return session.read.parquet(*files.paths)


def _offer(session: SparkSession, name: str, table: pa.Table) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema

    rows = table if table.num_rows else []  # the client refuses an empty table without a schema of its own
    session.createDataFrame(rows, from_arrow_schema(table.schema)).createOrReplaceTempView(name)
