"""Reading one file, beside other readers of the same file: ``python -m benchmarks.read_files [FILE …]``.

The others only parse; ours also decides encoding, dialect, header and kinds, types every column exactly, accounts for
every line, and does so in a process of its own whose start is counted. Medians of the runs, interleaved.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from tiering.ingest import Limits, read_file

RUNS = 5
LINES = 500_000
SPREADSHEETS = {".xlsx", ".xls", ".ods"}


def ours(path: Path) -> int:
    """Typed table with its account."""
    reading = read_file(path, limits=Limits(file_bytes=1 << 40))
    return reading.table.num_rows if reading.table is not None else 0


def with_pandas(path: Path) -> int:
    """What most people type first; the engine for workbooks is the fast one."""
    import pandas as pd

    if path.suffix in SPREADSHEETS:
        return len(pd.read_excel(path, engine="calamine"))
    return len(pd.read_csv(path))


def with_polars(path: Path) -> int:
    """Where it is installed."""
    import polars as pl  # type: ignore[import-not-found,unused-ignore]

    return (
        pl.read_excel(path).height
        if path.suffix in SPREADSHEETS
        else pl.read_csv(path, infer_schema_length=None).height
    )


def with_duckdb(path: Path) -> int:
    """Its own sniffer, into Arrow."""
    import duckdb

    return duckdb.read_csv(str(path)).to_arrow_table().num_rows


READERS: dict[str, Callable[[Path], int]] = {
    "ours": ours,
    "pandas": with_pandas,
    "Polars": with_polars,
    "DuckDB": with_duckdb,
}


def seconds(path: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of each run of each reader that can read the file here."""
    taken: dict[str, list[float]] = {}
    for run in range(runs):
        for name, reader in READERS.items():
            if run and name not in taken:
                continue
            start = perf_counter()
            try:
                reader(path)
            except Exception as error:  # another reader's failure is a finding, not ours to handle
                print(f"  {name}: {type(error).__name__}")
                continue
            taken.setdefault(name, []).append(perf_counter() - start)
    return taken


def orders_file(folder: Path, lines: int) -> Path:
    """Order lines with repeating customers and products and times to the second."""
    path = folder / "orders.csv"
    rows = (
        f"{n // 7:06d},C{n % 9973:05d},item {n % 4001},{n % 48 + 1},2024-{n % 12 + 1:02d}-{n % 28 + 1:02d} "
        f"{n % 24:02d}:{n % 60:02d}:00,{n % 700}.{n % 100:02d}\n"
        for n in range(lines)
    )
    with path.open("w", encoding="utf-8") as file:
        file.write("order_no,customer_id,product,quantity,order_date,unit_price\n")
        file.writelines(rows)
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each reader of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for path in given.files or [orders_file(Path(folder), LINES)]:
            print(f"{path.name}, {path.stat().st_size / 2**20:.0f} MB, medians of {given.runs}")
            taken = seconds(path, given.runs)
            for name, runs in taken.items():
                middle = statistics.median(runs)
                ratio = middle / statistics.median(taken["ours"])
                print(f"  {name:<8} {middle:6.2f} s   {ratio:5.2f} × ours")


if __name__ == "__main__":
    main()
