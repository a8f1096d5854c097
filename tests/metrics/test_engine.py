"""A run shows its progress, stops at once, spills when memory is short, and leaves nothing behind."""

import threading
from datetime import date
from itertools import count
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.metrics.orders import line, table
from tiering.metrics import EngineOptions, customer_metrics
from tiering.metrics.duck import database_limit, open_duckdb
from tiering.metrics.steps import steps
from tiering.problems import DataProblem, Problem
from tiering.words.catalogue import LANGUAGES, Words

AS_OF = [date(2024, 12, 31)]
SMALL = table([line("a", "2024-01-01", "10", category="pump"), line("b", "2024-05-01", "-3")])


@pytest.fixture(scope="module")
def many_orders() -> pa.Table:
    """300,000 lines, each an order of its own: too many for 50 MB of memory."""
    random = np.random.default_rng(5)
    size = 300_000
    days = np.datetime64("2023-01-01") + random.integers(0, 730, size)
    return pa.table(
        {
            "customer_id": pa.array(np.char.add("customer ", random.integers(0, 40_000, size).astype(str))),
            "order_id": pa.array(np.char.add("order number ", np.arange(size).astype(str))),
            "order_date": pa.array(days, pa.date32()),
            "amount": pa.array(random.integers(1, 10**6, size)).cast(pa.decimal128(19, 0)).cast(pa.decimal128(18, 2)),
        }
    )


def test_progress_climbs_to_one():
    seen: list[float] = []
    customer_metrics(SMALL, AS_OF, progress=seen.append)
    assert len(seen) == len(steps())
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_both_callbacks_come_in_the_callers_own_thread(many_orders):
    threads = set()

    def note(_share: float = 0) -> bool:
        threads.add(threading.current_thread())
        return False

    customer_metrics(many_orders, AS_OF, progress=note, cancelled=note)
    assert threads == {threading.current_thread()}


def test_a_run_stops_when_told_to(many_orders):
    with pytest.raises(DataProblem) as stopped:
        customer_metrics(many_orders, AS_OF, cancelled=lambda: True)
    assert stopped.value.code is Problem.CANCELLED


def test_a_run_can_be_stopped_half_way_and_started_anew(many_orders):
    asked = count()
    with pytest.raises(DataProblem):
        customer_metrics(many_orders, AS_OF, cancelled=lambda: next(asked) >= 3)
    assert len(customer_metrics(SMALL, AS_OF)) == 2


def test_a_failing_progress_display_ends_the_run(many_orders):
    def broken(_share: float) -> None:
        raise RuntimeError("the page is gone")

    with pytest.raises(RuntimeError, match="the page is gone"):
        customer_metrics(many_orders, AS_OF, progress=broken)


def test_little_memory_gives_the_same_answer_by_spilling(many_orders, tmp_path):
    tight = EngineOptions(memory_limit="85MB", temp_dir=tmp_path, threads=1)
    pd.testing.assert_frame_equal(
        customer_metrics(many_orders, AS_OF, options=tight), customer_metrics(many_orders, AS_OF), check_exact=True
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("limit", "database"), [("4GB", "2.8GB"), (" 512 MiB", "358MiB"), ("80%", "56%"), ("much", "much")]
)
def test_the_database_leaves_room_for_the_answer(limit, database):
    assert database_limit(limit) == database


def test_too_little_memory_is_said_with_the_limit(many_orders, tmp_path):
    tiny = EngineOptions(memory_limit="5MB", temp_dir=tmp_path, threads=1)
    with pytest.raises(DataProblem) as told:
        customer_metrics(many_orders, AS_OF, options=tiny)
    assert told.value.code is Problem.OUT_OF_MEMORY
    assert told.value.facts == {"limit": "5MB"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_lack_of_memory_has_its_sentence_in_both_languages(language):
    words = Words(language)
    assert "5MB" in words("problem.out_of_memory.expected", limit="5MB")
    assert all(words.has(f"problem.out_of_memory.{part}") for part in ("wrong", "expected", "todo"))


def test_the_number_of_threads_changes_nothing(many_orders):
    one, two = (customer_metrics(many_orders, AS_OF, options=EngineOptions(threads=n)) for n in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_a_parquet_file_gives_what_its_table_gives(tmp_path):
    path = tmp_path / "orders of 2024's customers.parquet"
    pq.write_table(SMALL, path)
    pd.testing.assert_frame_equal(customer_metrics(path, AS_OF), customer_metrics(SMALL, AS_OF), check_exact=True)


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY order_lines TO '{folder}/stolen.csv'",
        "ATTACH '{folder}/stolen.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
    ],
)
def test_the_database_opens_no_file_and_takes_no_new_settings(attempt, tmp_path: Path):
    with open_duckdb(SMALL, EngineOptions()) as engine, pytest.raises(duckdb.Error):
        engine._database.execute(attempt.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_spill_folder_is_private_and_goes_with_the_run(tmp_path):
    with open_duckdb(SMALL, EngineOptions(temp_dir=tmp_path)):
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_every_step_but_the_answer_is_freed_by_its_last_reader():
    freed = [name for step in steps() for name in step.frees]
    assert sorted(freed) == sorted(step.name for step in steps()[:-1])


def test_runs_side_by_side_do_not_meet(many_orders):
    answers: dict[int, int] = {}

    def run(key: int, orders: pa.Table) -> None:
        answers[key] = len(customer_metrics(orders, AS_OF))

    threads = [threading.Thread(target=run, args=(key, orders)) for key, orders in enumerate([many_orders, SMALL])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {0: len(set(many_orders["customer_id"].to_pylist())), 1: 2}
