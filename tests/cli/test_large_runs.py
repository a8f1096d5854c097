"""Many files, folders and patterns are tiered by an engine without being loaded, to the reader's own tiers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from pysail.spark import SparkConnectServer
from pyspark.sql.connect.session import SparkSession

from benchmarks.generate_orders import order_batches
from tests.cli.conftest import ORDERS, run_command
from tests.scenario_texts import scenario_to_json
from tiering.scenario import Scenario

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
LINES = 3_000


@pytest.fixture(scope="module")
def lines() -> pa.Table:
    return pa.Table.from_batches(order_batches(LINES))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, lines: pa.Table) -> Path:
    """The same lines as one file and as two, in Parquet and CSV."""
    folder = tmp_path_factory.mktemp("orders")
    for name in ("parquet", "csv"):
        (folder / name).mkdir()
    for place, part in enumerate((lines.slice(0, 1_000), lines.slice(1_000))):
        pq.write_table(part, folder / "parquet" / f"part-{place}.parquet")
        pacsv.write_csv(part, folder / "csv" / f"part-{place}.csv")
    pacsv.write_csv(lines, folder / "whole.csv")
    return folder


@pytest.fixture(scope="module")
def by_the_reader(folder: Path) -> bytes:
    assert run_command("tier", folder / "whole.csv", "--out", folder / "whole-tiers.csv").status == 0
    return (folder / "whole-tiers.csv").read_bytes()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = SparkConnectServer()
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


@pytest.mark.parametrize("paths", [["csv/part-?.csv"], ["parquet"]], ids=str)
def test_many_files_give_the_tiers_of_the_one_they_make(folder, by_the_reader, tmp_path, paths):
    out = tmp_path / "tiers.csv"
    outcome = run_command("tier", *(folder / path for path in paths), "--out", out)
    assert outcome.status == 0, outcome.said
    assert out.read_bytes() == by_the_reader
    assert "3,000 lines read; 3,000 used" in outcome.said


def test_files_named_one_by_one_go_through_the_reader_and_give_the_same_tiers(folder, by_the_reader, tmp_path):
    out = tmp_path / "tiers.csv"
    outcome = run_command("tier", *(folder / f"parquet/part-{place}.parquet" for place in (1, 0)), "--out", out)
    assert outcome.status == 0, outcome.said
    assert out.read_bytes() == by_the_reader


def test_a_named_engine_with_its_limits_gives_the_same_tiers(folder, by_the_reader, tmp_path):
    limits = ("--engine", "duckdb", "--memory-limit", "200MB", "--temp-dir", tmp_path)
    outcome = run_command("tier", folder / "parquet", *limits, "--out", tmp_path / "tiers.csv")
    assert outcome.status == 0, outcome.said
    assert (tmp_path / "tiers.csv").read_bytes() == by_the_reader
    assert [path.name for path in tmp_path.iterdir()] == ["tiers.csv"]


@pytest.mark.parametrize("path", ["parquet", "csv/*.csv"])
def test_spark_gives_the_same_tiers(folder, by_the_reader, endpoint, tmp_path, path):
    out = tmp_path / "tiers.csv"
    outcome = run_command("tier", folder / path, "--engine", "spark", "--spark", endpoint, "--out", out)
    assert outcome.status == 0, outcome.said
    assert out.read_bytes() == by_the_reader


def test_a_table_of_the_cluster_gives_the_same_tiers(folder, by_the_reader, endpoint, tmp_path):
    session = SparkSession.builder.remote(endpoint).create()
    session.sql(f"CREATE GLOBAL TEMPORARY VIEW sold AS SELECT * FROM parquet.`{folder / 'parquet'}`")
    out = tmp_path / "tiers.csv"
    outcome = run_command("tier", "table:global_temp.sold", "--engine", "spark", "--spark", endpoint, "--out", out)
    session.stop()
    assert outcome.status == 0, outcome.said
    assert out.read_bytes() == by_the_reader


def test_columns_under_other_names_are_recognised(lines, by_the_reader, tmp_path):
    headers = {"customer_id": "客户编号", "order_id": "订单号", "order_date": "下单日期", "product": "产品",
               "category": "品类", "quantity": "数量", "amount": "金额", "cost": "成本"}  # fmt: skip
    pq.write_table(lines.rename_columns([headers[name] for name in lines.column_names]), tmp_path / "订单.parquet")
    outcome = run_command("tier", tmp_path / "订单.parquet", "--engine", "duckdb", "--out", tmp_path / "tiers.csv")
    assert outcome.status == 0, outcome.said
    assert (tmp_path / "tiers.csv").read_bytes() == by_the_reader


def test_quantity_times_price_is_the_amount_where_none_is_given(tmp_path):
    rows = {"customer_id": ["a", "a", "b"], "order_date": ["2026-01-05", "2026-02-05", "2026-03-05"]}
    figures = {"quantity": [2, 3, -1], "unit_price": [1.25, 2.5, 4.0]}
    pq.write_table(pa.table(rows | figures), tmp_path / "orders.parquet")
    out = tmp_path / "tiers.csv"
    outcome = run_command("tier", tmp_path / "orders.parquet", "--engine", "duckdb", "--out", out)
    assert "2 customers, net revenue 6.00" in outcome.said


def test_lines_that_cannot_be_used_are_counted_by_reason(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    outcome = run_command("tier", tmp_path / "orders.csv", "--engine", "duckdb", "--out", tmp_path / "tiers.csv")
    assert outcome.status == 0, outcome.said
    assert "6 lines read; 4 used" in outcome.said
    assert "No customer: 1" in outcome.said
    assert "Amount missing or not readable: 1" in outcome.said
    assert "3 customers, net revenue 1,030.75, as of 1 Apr 2026." in outcome.said


def test_a_customers_file_brings_its_attributes(lines, folder, tmp_path):
    ids = sorted(set(lines["customer_id"].to_pylist()))
    regions = "\n".join(f"{one},Region {place % 3}" for place, one in enumerate(ids))
    (tmp_path / "customers.csv").write_text(f"customer_id,region\n{regions}\n", encoding="utf-8")
    out = tmp_path / "tiers.csv"
    assert run_command("tier", folder / "csv", "--customers", tmp_path / "customers.csv", "--out", out).status == 0
    header, *rows = out.read_text(encoding="utf-8").splitlines()
    assert "region" in header.split(",")
    assert all("Region" in row for row in rows)


@pytest.mark.parametrize("column", ["date", "amount"])
def test_cells_that_need_the_reader_are_refused_with_their_columns(lines, tmp_path, column):
    if column == "date":
        days = pc.strftime(lines["order_date"], "%d.%m.%Y")
        odd = lines.set_column(lines.column_names.index("order_date"), "order_date", days)
    else:
        money = [f"{one:,.2f}" for one in lines["amount"].to_pylist()]
        odd = lines.set_column(lines.column_names.index("amount"), "amount", [money])
    pacsv.write_csv(odd, tmp_path / "orders.csv")
    outcome = run_command("tier", tmp_path / "orders.csv", "--engine", "duckdb", "--out", tmp_path / "tiers.csv")
    assert outcome.status == 4
    assert "cannot be added up as they stand" in outcome.said
    assert not (tmp_path / "tiers.csv").exists()


def test_columns_that_are_not_recognised_are_told(lines, tmp_path):
    pq.write_table(lines.select(["customer_id", "category"]), tmp_path / "orders.parquet")
    outcome = run_command("tier", tmp_path / "orders.parquet", "--engine", "duckdb", "--out", tmp_path / "tiers.csv")
    assert outcome.status == 4
    assert "category" in outcome.said


def test_what_is_no_parquet_is_told_with_its_path(tmp_path):
    (tmp_path / "orders.parquet").write_bytes(b"no such thing")
    outcome = run_command("tier", tmp_path / "orders.parquet", "--engine", "duckdb", "--out", tmp_path / "tiers.csv")
    assert outcome.status == 4
    assert f"The engine cannot read {tmp_path / 'orders.parquet'}." in outcome.said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--memory-limit", "much"], "“much” is not a size of memory."),
        (["--engine", "spark"], "Spark is chosen without an address."),
        (["--engine", "duckdb", "--spark", "sc://here:1"], "the engine chosen is duckdb"),
        (["--temp-dir", "nowhere"], "There is no folder nowhere"),
        (["--set-aside", "aside.csv"], "counts the rows it cannot use"),
        (["--as-of", "tomorrow"], "“tomorrow” is not a date."),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else "",
)
def test_an_impossible_request_is_said_before_anything_is_read(folder, tmp_path, more, said):
    outcome = run_command("tier", folder / "parquet", *more, "--out", tmp_path / "tiers.csv")
    assert outcome.status == 2
    assert said in outcome.said


def test_an_empty_folder_and_mixed_kinds_are_said(folder, tmp_path):
    assert "There is no Parquet or CSV file at" in run_command("tier", tmp_path, "--out", tmp_path / "o.csv").said
    mixed = run_command("tier", folder / "parquet", folder / "csv", "--out", tmp_path / "o.csv")
    assert (mixed.status, "Parquet and CSV are mixed." in mixed.said) == (2, True)


@pytest.mark.parametrize(
    "choice",
    [
        {"population": {"merges": {"C0000001": "C0000002"}}},
        {"newcomers": {"credibility": True}},
        {"measures": {"switched": {"top_product_share": True}}},
    ],
)
def test_a_scenario_that_needs_the_lines_here_says_so_before_it_gives_other_tiers(folder, tmp_path, choice):
    scenario = Scenario.model_validate(choice)
    (tmp_path / "scheme.json").write_text(scenario_to_json(scenario), encoding="utf-8")
    outcome = run_command(
        "tier", folder / "parquet", "--scenario", tmp_path / "scheme.json", "--out", tmp_path / "tiers.csv"
    )
    assert outcome.status == 2
    assert "needs the order lines on this machine" in outcome.said


def test_a_path_the_cluster_does_not_see_is_said(endpoint, tmp_path):
    asked = ("--engine", "spark", "--spark", endpoint, "--out", tmp_path / "tiers.csv")
    outcome = run_command("tier", tmp_path / "nothing.parquet", *asked)
    assert outcome.status == 4
    assert f"The cluster finds no orders at {tmp_path / 'nothing.parquet'}." in outcome.said


def test_an_endpoint_that_does_not_answer_is_said_in_the_language_asked_for(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("tiering.metrics.spark.ANSWER_SECONDS", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        endpoint = f"sc://127.0.0.1:{silent.getsockname()[1]}"
        asked = ("--engine", "spark", "--spark", endpoint, "--lang", "zh", "--out", tmp_path / "tiers.csv")
        outcome = run_command("tier", folder / "parquet", *asked)
    assert outcome.status == 4
    assert f"{endpoint} 没有应答。" in outcome.said
