"""The same SQL on a Spark Connect server (Sail, in the test process): bit-equal, and clear when it cannot run."""

import socket
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql.connect.session import SparkSession

from tests.metrics.orders import days, line, order_files, table
from tests.metrics.test_three_customers import LINES
from tiering import metrics
from tiering.metrics import EngineOptions, customer_metrics
from tiering.metrics.spark import ANSWER_SECONDS
from tiering.metrics.steps import steps
from tiering.problems import DataProblem, Problem
from tiering.words.catalogue import LANGUAGES, Words

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
AS_OF = [date(2023, 12, 31), date(2024, 2, 29), date(2024, 12, 31)]


def ensure_bit_equal(spark, orders, as_of, **more):
    on_cluster = customer_metrics(orders, as_of, options=spark, **more)
    pd.testing.assert_frame_equal(on_cluster, customer_metrics(orders, as_of, **more), check_exact=True)


# By the rule each pair keeps: nulls, returns, ties, month ends, leap days, one order, nothing at all.
CASES = {
    "three customers": LINES,
    "one order": [line("a", "2024-02-29", "1", "1", category="pump", cost="0.5")],
    "returns alone": [line("a", "2024-02-01", "-1", "C1"), line("b", "2024-02-29", "0")],
    "equal categories": [line("a", "2024-02-01", "1", category=name) for name in ("阀", "pump", "Valve", "ﬁ", "𐐷")],
    "month ends": [line("a", day, "0.1") for day in ("2023-01-31", "2023-02-28", "2023-03-31", "2024-02-29")],
    "names by code point": [line(name, "2024-01-01", "1") for name in ("b", "B", "é", "10", "9", "客户", "ﬁ", "𐐷")],
    "orders without a number": [
        line("a", day, "1", order) for day in ("2024-01-01", "2024-01-02") for order in (None, "1")
    ],
    "large sums": [line("a", "2024-01-01", "9e15")] * 40,
    "before the first order": [line("a", "2025-01-01", "1")],
    "no orders": [],
}


@pytest.mark.parametrize("case", CASES)
def test_spark_and_duckdb_agree_to_the_last_bit(spark, case):
    ensure_bit_equal(spark, table(CASES[case]), AS_OF)


@pytest.mark.parametrize("lacking", [["order_id"], ["category"], ["cost"], ["order_id", "category", "cost"]])
def test_they_agree_without_optional_columns(spark, lacking):
    ensure_bit_equal(spark, table(LINES, without=lacking), AS_OF)


@pytest.mark.parametrize("scale", [3, 6])
def test_they_agree_at_every_scale_of_money(spark, scale):
    ensure_bit_equal(spark, table(LINES, scale=scale), AS_OF)


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_they_agree_on_orders_drawn_at_random(spark, data):
    as_of = data.draw(st.lists(days, min_size=1, max_size=3))
    ensure_bit_equal(spark, table(data.draw(order_files)), as_of, window_months=data.draw(st.sampled_from([1, 12])))


def test_a_folder_of_parquet_files_is_read_by_the_cluster(spark, tmp_path):
    for part, rows in enumerate([LINES[:4], LINES[4:]]):
        pq.write_table(table(rows), tmp_path / f"part-{part}.parquet")
    on_cluster = customer_metrics(tmp_path, AS_OF, options=spark)
    pd.testing.assert_frame_equal(on_cluster, customer_metrics(table(LINES), AS_OF), check_exact=True)


def test_progress_ends_at_one(spark):
    seen: list[float] = []
    customer_metrics(table(LINES), AS_OF, options=spark, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_a_run_on_the_cluster_stops_when_told_to(spark):
    with pytest.raises(DataProblem) as stopped:
        customer_metrics(table(LINES), AS_OF, options=spark, cancelled=lambda: True)
    assert stopped.value.code is Problem.CANCELLED
    assert len(customer_metrics(table(LINES), AS_OF[-1:], options=spark)) == 3


def test_a_path_the_cluster_does_not_see_is_named(spark, tmp_path):
    with pytest.raises(DataProblem) as told:
        customer_metrics(tmp_path / "elsewhere.parquet", AS_OF, options=spark)
    assert told.value.code is Problem.PATH_UNSEEN
    assert told.value.facts == {"path": str(tmp_path / "elsewhere.parquet")}


def test_files_without_the_needed_columns_say_which(spark, tmp_path):
    pq.write_table(table(LINES).drop_columns(["amount"]), tmp_path / "orders.parquet")
    for options in (spark, EngineOptions()):
        with pytest.raises(DataProblem) as told:
            customer_metrics(tmp_path / "orders.parquet", AS_OF, options=options)
        assert told.value.code is Problem.MISSING_COLUMNS
        assert told.value.facts["missing"] == ["amount"]


def test_amounts_that_are_no_numbers_fail_on_the_cluster_with_its_address(spark, tmp_path):
    orders = table(LINES)
    words = orders.set_column(orders.schema.get_field_index("amount"), "amount", [["much"] * len(LINES)])
    pq.write_table(words, tmp_path / "orders.parquet")
    with pytest.raises(DataProblem) as told:
        customer_metrics(tmp_path / "orders.parquet", AS_OF, options=spark)
    assert told.value.code is Problem.ENGINE_FAILED
    assert told.value.facts == {"endpoint": spark.endpoint}


def test_an_endpoint_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr("tiering.metrics.spark.ANSWER_SECONDS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        endpoint = f"sc://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(DataProblem) as told:
            customer_metrics(table(LINES), AS_OF, options=EngineOptions(engine="spark", endpoint=endpoint))
    assert told.value.code is Problem.ENGINE_SILENT
    assert told.value.facts["endpoint"] == endpoint


def test_something_that_is_no_address_does_not_answer():
    with pytest.raises(DataProblem) as told:
        customer_metrics(table(LINES), AS_OF, options=EngineOptions(engine="spark", endpoint="cluster 7"))
    assert told.value.code is Problem.ENGINE_SILENT


def test_without_the_extra_its_name_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", None)
    with pytest.raises(DataProblem) as told:
        customer_metrics(table(LINES), AS_OF, options=EngineOptions(engine="spark"))
    assert told.value.code is Problem.ENGINE_MISSING
    assert told.value.facts == {"extra": "spark"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_problem_has_its_three_sentences(language):
    words = Words(language)
    facts = {"extra": "spark", "endpoint": "sc://cluster:15002", "seconds": ANSWER_SECONDS, "path": "/orders"}
    codes = (Problem.ENGINE_MISSING, Problem.ENGINE_SILENT, Problem.ENGINE_FAILED, Problem.PATH_UNSEEN)
    for code in codes:
        sentences = [words(f"problem.{code}.{part}", **facts) for part in ("wrong", "expected", "todo")]
        assert all("{" not in sentence and sentence for sentence in sentences)


@pytest.fixture
def session(spark) -> Iterator[SparkSession]:
    session = SparkSession.builder.remote(spark.endpoint).create()
    yield session
    session.stop()


def test_the_file_of_steps_runs_as_it_stands(session):
    given_tables = {
        "order_lines": "customer_id STRING, order_id STRING, order_date DATE, category STRING, "
        "amount DECIMAL(18, 2), cost DECIMAL(18, 2)",
        "calendar": "order_date DATE, day INT, month INT, bucket INT",
        "snapshots": "snapshot INT, now_bucket INT, half_bucket INT, start_bucket INT, prior_bucket INT",
    }
    for name, columns in given_tables.items():
        session.createDataFrame([], columns).createOrReplaceTempView(name)
    for statement in (Path(metrics.__file__).parent / "metrics.sql").read_text(encoding="utf-8").split(";")[:-1]:
        session.sql(statement)
    assert session.table(steps()[-1].name).toArrow().num_rows == 0
