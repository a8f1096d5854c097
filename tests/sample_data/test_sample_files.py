"""The stored files are what the generator makes, small enough for git, and readable as CSV."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from sample_data import SETS, load_canonical, load_sample
from sample_data.generator.build import build_set
from sample_data.loading import stored_path
from sample_data.tables import HERE


def test_the_generator_makes_exactly_the_stored_files(key: str) -> None:
    for role, built in zip(("orders", "customers"), build_set(key), strict=True):
        stored = pq.read_table(stored_path(key, role))
        assert built.num_rows == stored.num_rows
        assert [plain(column) for column in built.columns] == [plain(column) for column in stored.columns]
        assert built.column_names == stored.column_names


def plain(column: pa.ChunkedArray) -> list[object]:
    return column.to_pylist()  # type: ignore[no-any-return]


def test_all_sets_together_are_under_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in HERE.glob("*.parquet")) < 3_000_000


def test_every_set_and_language_is_written_as_csv(exported: Path) -> None:
    names = {path.name for path in exported.iterdir()}
    assert names == {
        f"{key}_{role}_{language}.csv" for key in SETS for role in ("orders", "customers") for language in ("zh", "en")
    }


def test_chinese_csv_opens_in_excel_and_english_is_plain(exported: Path) -> None:
    assert (exported / "saas_orders_zh.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (exported / "saas_orders_en.csv").read_bytes().startswith(b"Order ID,Order date")


def test_csv_holds_the_same_rows_as_the_set(exported: Path, key: str) -> None:
    orders, customers = load_sample(key, "zh")
    with (exported / f"{key}_customers_zh.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == customers.column_names
    assert len(rows) == customers.num_rows + 1
    read = pa_csv.read_csv(
        exported / f"{key}_orders_zh.csv", convert_options=pa_csv.ConvertOptions(column_types=orders.schema)
    )
    assert read.equals(orders.cast(read.schema))


def test_the_first_line_reads_as_an_export_would(exported: Path) -> None:
    lines = (exported / "industrial_equipment_orders_en.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Order ID,Order date,Order type,Customer ID,Customer name,Product,")
    assert lines[0].endswith(",Quantity,Unit price,Amount,Cost")
    assert lines[1].startswith("SO2000001,2023-10-")


def test_importing_the_package_needs_neither_pandas_nor_streamlit() -> None:
    code = "import sample_data, sys; sys.exit(bool({'pandas', 'streamlit', 'tiering'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=HERE.parent)


def test_the_readme_tells_the_figures_of_the_files(key: str) -> None:
    lines = (HERE / "README.md").read_text(encoding="utf-8").splitlines()
    header, _, *rows = [line.split("|")[1:-1] for line in lines if line.startswith("|")]
    at = next(column for column, cell in enumerate(header) if f"`{key}`" in cell)
    orders, customers = load_canonical(key, "en")
    sold = orders.filter(pc.greater(orders["amount"], 0))
    buyers = pc.count_distinct(orders["customer_id"]).as_py()
    assert [row[at].strip() for row in rows[:5]] == [
        f"{buyers:,}",
        f"{customers.num_rows - buyers}",
        f"{pc.count_distinct(sold['order_id']).as_py():,}",
        f"{orders.num_rows:,}",
        f"{pc.sum(orders['amount']).as_py():,}",
    ]
