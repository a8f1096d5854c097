"""The engines every figure is asked of: DuckDB in this process, and a Spark Connect server (Sail) beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd
import pytest
from pysail.spark import SparkConnectServer

from tiering.metrics import EngineOptions, customer_metrics

Metrics = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def spark() -> Iterator[EngineOptions]:
    server = SparkConnectServer()
    server.start(background=True)
    host, port = server.listening_address
    yield EngineOptions(engine="spark", endpoint=f"sc://{host}:{port}")
    server.stop()


@pytest.fixture(scope="session", params=["duckdb", "spark"])
def metrics(request: pytest.FixtureRequest) -> Metrics:
    """``customer_metrics`` on each engine in turn."""
    if request.param == "duckdb":
        return customer_metrics
    return partial(customer_metrics, options=request.getfixturevalue("spark"))
