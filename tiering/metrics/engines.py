"""Orders → one row per customer and snapshot date, on the engine the options name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

import pandas as pd
import pyarrow as pa

from tiering.metrics.customer_table import customer_table
from tiering.metrics.duck import open_duckdb
from tiering.metrics.files import OrderFiles
from tiering.metrics.options import EngineOptions, Watch
from tiering.metrics.spark import open_spark
from tiering.metrics.steps import Step, steps
from tiering.metrics.windows import calendar_table, date_marks, snapshots_table, window_of

POLL_SECONDS = 0.02
DEFAULT_OPTIONS = EngineOptions()
Answer = TypeVar("Answer")


class Engine(Protocol):
    """Where metrics.sql runs, once the orders are at hand there; a lazy one does all the work in the last step."""

    lazy: bool

    @property
    def columns(self) -> Collection[str]:
        """What the orders hold."""
        ...

    def query(self, text: str) -> pa.Table:
        """Rows of a query over what is at hand there."""
        ...

    def offer(self, name: str, table: pa.Table) -> None:
        """Make ``table`` known to the steps as ``name``."""
        ...

    def stage(self, step: Step) -> None:
        """Make the step's table known to the later ones."""
        ...

    def answer(self, step: Step) -> pa.Table:
        """Rows of the last step."""
        ...

    def share_done(self) -> float:
        """How much of the running step is done, 0..1, as far as can be told."""
        ...

    def interrupt(self) -> None:
        """Stop whatever runs, from another thread."""
        ...


def customer_metrics(  # noqa: PLR0913 the two callbacks are no part of the question
    orders: pa.Table | Path | OrderFiles,
    as_of: Sequence[date],
    *,
    window_months: int = 12,
    orders_from: date | None = None,
    options: EngineOptions = DEFAULT_OPTIONS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """One row per snapshot date and customer who has a line on or before it, with all that orders tell of them.

    One row of ``orders`` is an order line in the canonical form of `tiering.dataset.Dataset`, in memory or in
    Parquet: one file on DuckDB, any path or glob on Spark; `OrderFiles` may have columns of their own. Rows come
    sorted by date, then customer_id by code point; the order of the lines changes nothing.
    ``orders_from`` is the first day that the orders are known to cover; None takes the first order at hand.
    The window is (as_of − ``window_months``, as_of] in calendar months, a day the month lacks being its last.
    Money is summed exactly and becomes float64 once; dates are datetime64; NaN, NaT say "cannot be told".

    ``revenue``, ``gross_revenue``
        All lines so far, net of returns; positive lines alone.
    ``first_order``, ``last_order``, ``orders``, ``recency_days``, ``tenure_days``
        An order is an order_id of the customer (without one: a day) with a positive line, dated by its first such
        line, so that nothing is known before it happened. NaT and NaN for a customer with returns alone.
    ``annual_revenue``, ``annual_gross``, ``annual_returns``, ``annual_orders``
        The same in the window; returns as a positive number, so that revenue = gross − returns.
    ``prior_revenue``, ``growth``
        Net revenue of the window before, and annual / prior − 1; NaN when there was none above 0 or when the data
        do not cover that window (`growth_is_known`).
    ``recent_half_revenue``, ``earlier_half_revenue``
        Net revenue of the later and the earlier half of the window, 6 and 6 months.
    ``average_order_value``
        annual_revenue / annual_orders.
    ``active_months``
        Calendar months with a positive line in the window; 13 are possible when as_of is not a month's end.
    ``gaps``, ``gap_mean_days``, ``gap_std_days``, ``gap_log_mean``
        Gaps between distinct sale days so far: count, mean (from one gap), sample deviation (from two), mean natural
        logarithm of the days to 2⁻²⁵.
    ``categories``, ``top_category``, ``top_category_share``
        Categories with sales in the window, the one sold most (of equals the smaller name), its share of the sales
        that have a category. Without a category column ``categories`` is NaN.
    ``returns_share``
        annual_returns / annual_gross; above 1 when returns of earlier sales fall into the window.
    ``margin``, ``margin_rate``
        annual_revenue − cost of the same lines, the cost signed like the amount; NaN when any of them has none.

    Raises
    ------
    DataProblem
        CANCELLED when ``cancelled`` said so; OUT_OF_MEMORY when the limit does not suffice even with spilling; on
        Spark ENGINE_MISSING, ENGINE_SILENT or PATH_UNSEEN (`tiering.metrics.spark.open_spark`).
    """
    windows = [window_of(day, window_months) for day in sorted(set(as_of))]
    with open_engine(orders, options) as engine:
        first, last = _order_dates(engine)
        marks = date_marks(windows)
        engine.offer("calendar", calendar_table(first, last, marks))
        engine.offer("snapshots", snapshots_table(windows, marks))
        totals = _run(engine, Watch(progress, cancelled))
        columns = list(engine.columns)
    # the database is gone by now: its memory and that of the table are not held at the same time
    return customer_table(totals, windows, [window.is_preceded_by(orders_from or first) for window in windows], columns)


def open_engine(orders: pa.Table | Path | OrderFiles, options: EngineOptions) -> AbstractContextManager[Engine]:
    """The engine of the options with the orders at hand: ``order_lines``, and of files ``given`` and ``lines``."""
    return open_spark(orders, options) if options.engine == "spark" else open_duckdb(orders, options)


def query_rows(engine: Engine, query: str, watch: Watch) -> pa.Table:
    """Rows of a query, in a thread of its own so that the caller can stop it at any moment."""
    with ThreadPoolExecutor(1, thread_name_prefix="metrics") as worker:
        rows = _watched(engine, watch, worker.submit(engine.query, query), 0.0)
    watch.tell(1.0)
    return rows


def _order_dates(engine: Engine) -> tuple[date | None, date | None]:
    """First and last order date, None without orders."""
    bounds = engine.query("SELECT MIN(order_date) AS first, MAX(order_date) AS last FROM order_lines")
    return bounds["first"][0].as_py(), bounds["last"][0].as_py()


def _run(engine: Engine, watch: Watch) -> pa.Table:
    """All steps one after another, in a thread of their own so that the caller can stop them at any moment."""
    *staged, last = steps()
    weights = [0 if engine.lazy else step.weight for step in staged]
    whole, done = sum(weights) + last.weight, 0.0
    with ThreadPoolExecutor(1, thread_name_prefix="metrics") as worker:
        for step, weight in zip(staged, weights, strict=True):
            _watched(engine, watch, worker.submit(engine.stage, step), done)
            done += weight / whole
        totals = _watched(engine, watch, worker.submit(engine.answer, last), done)
    watch.tell(1.0)
    return totals


def _watched(engine: Engine, watch: Watch, running: Future[Answer], done: float) -> Answer:
    """What ``running`` returns; it is interrupted when the caller has had enough, for whatever reason."""
    try:
        watch.tell(done)
        while not wait([running], timeout=POLL_SECONDS).done:
            watch.ensure_wanted()
            watch.tell(done + (1 - done) * engine.share_done())
    finally:
        if not running.done():
            engine.interrupt()
    return running.result()
