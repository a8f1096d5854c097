"""The benchmark's order lines are the same each time, and the race's contestants compute the same figures."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pytest

from benchmarks.generate_orders import SCHEMA, line_count, order_batches, write_orders
from benchmarks.pandas_metrics import pandas_metrics
from tiering.metrics import customer_metrics

LINES = 20_000


@pytest.fixture(scope="module")
def orders() -> pa.Table:
    return pa.Table.from_batches(order_batches(LINES))


def test_the_number_of_lines_is_exact(orders):
    assert orders.num_rows == LINES
    assert orders.schema == SCHEMA


def test_the_same_seed_gives_the_same_lines(orders):
    assert pa.Table.from_batches(order_batches(LINES)).equals(orders)
    assert not pa.Table.from_batches(order_batches(LINES, seed=8)).equals(orders)


def test_an_order_has_one_customer_and_one_day(orders):
    heads = orders.group_by(["order_id"]).aggregate(
        [("customer_id", "count_distinct"), ("order_date", "count_distinct")]
    )
    assert pc.max(heads["customer_id_count_distinct"]).as_py() == 1
    assert pc.max(heads["order_date_count_distinct"]).as_py() == 1


def test_demand_is_heavy_tailed_and_some_orders_come_back(orders):
    spend = np.sort(customer_metrics(orders, [date(2024, 12, 31)])["revenue"])[::-1]
    assert spend[: len(spend) // 5].sum() > 0.6 * spend.sum()
    returned = pc.mean(pc.less(orders["amount"], pa.scalar(0, pa.decimal128(18, 2)))).as_py()
    assert 0.01 < returned < 0.04


@pytest.mark.parametrize(("text", "lines"), [("10M", 10_000_000), ("500k", 500_000), ("42", 42)])
def test_sizes_are_written_short(text, lines):
    assert line_count(text) == lines


def test_csv_and_parquet_hold_the_same_lines(tmp_path, orders):
    write_orders(LINES, tmp_path / "orders.csv")
    types = pacsv.ConvertOptions(column_types=SCHEMA)
    assert pacsv.read_csv(tmp_path / "orders.csv", convert_options=types).equals(orders)


def test_pandas_finds_the_same_figures(tmp_path):
    write_orders(LINES, tmp_path / "orders.parquet")
    as_of = [date(2023, 6, 30), date(2024, 2, 29), date(2024, 12, 31)]
    measured = customer_metrics(tmp_path / "orders.parquet", as_of)
    by_pandas = pandas_metrics(tmp_path / "orders.parquet", as_of)
    days = by_pandas[["first_order", "last_order"]].apply(pd.to_datetime, unit="D").astype("datetime64[s]")
    by_pandas[["first_order", "last_order"]] = days
    shared = [name for name in by_pandas.columns if name in measured.columns]
    assert len(shared) == 22
    pd.testing.assert_frame_equal(measured[shared], by_pandas[shared], check_dtype=False, rtol=1e-9)
