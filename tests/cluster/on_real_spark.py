"""The same SQL on a real Spark of two workers: bit-equal to DuckDB, also when one of them is killed half-way.

No part of the quick tests: it needs Java and a Spark distribution, named by ``TIERING_SPARK_HOME``, and fails without.
"""

import os
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.generate_orders import write_orders
from tests.cluster.standalone import Cluster, wait_until
from tests.metrics.orders import table
from tests.metrics.test_spark import CASES
from tiering.metrics import EngineOptions, customer_metrics

LINES = 400_000
AS_OF = [date(2023, 12, 31), date(2024, 2, 29), date(2024, 12, 31)]
BEGUN = 0.05

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(Path(os.environ["TIERING_SPARK_HOME"]), tmp_path_factory.mktemp("spark"))
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> EngineOptions:
    return EngineOptions(engine="spark", endpoint=cluster.endpoint)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("orders") / "orders.parquet"
    write_orders(LINES, path)
    return path


@pytest.fixture(scope="module")
def by_duckdb(orders: Path) -> pd.DataFrame:
    return customer_metrics(orders, AS_OF)


def test_spark_and_duckdb_agree_to_the_last_bit_on_every_case(spark):
    lines = [line for case in CASES.values() for line in case]
    pd.testing.assert_frame_equal(
        customer_metrics(table(lines), AS_OF, options=spark), customer_metrics(table(lines), AS_OF), check_exact=True
    )


def test_they_agree_on_realistic_orders(spark, orders, by_duckdb):
    pd.testing.assert_frame_equal(customer_metrics(orders, AS_OF, options=spark), by_duckdb, check_exact=True)


def test_a_worker_killed_half_way_changes_nothing(cluster, spark, orders, by_duckdb):
    begun, killed, shares = threading.Event(), threading.Event(), []

    def note(share: float) -> None:
        shares.append(share)
        if share > BEGUN and not killed.is_set():
            begun.set()
            killed.wait()

    def kill() -> None:
        begun.wait()
        cluster.kill_worker()
        killed.set()

    killer = threading.Thread(target=kill)
    killer.start()
    on_one = customer_metrics(orders, AS_OF, options=spark, progress=note)
    killer.join()
    assert BEGUN < next(share for share in shares if share > BEGUN) < 1
    wait_until(lambda: cluster.alive() == 1, "the master does not miss the worker")
    pd.testing.assert_frame_equal(on_one, by_duckdb, check_exact=True)
