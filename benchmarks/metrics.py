"""The metric step beside what one would use instead: ``python -m benchmarks.metrics --lines 10M --peers PYTHON``.

Every run is a process of its own on the same Parquet file; contestants take turns, the table shows medians of time,
processor time and peak memory. ``--peers`` names the Python of an environment with ``benchmarks/requirements.txt``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.generate_orders import line_count, write_orders

if TYPE_CHECKING:
    import pandas as pd

ONE_DATE = [date(2024, 12, 31)]
NINE_DATES = [date(2022, 12, 31)] + [
    date(year, month, day) for year in (2023, 2024) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
]
FOLDER = Path(tempfile.gettempdir()) / "tiering-benchmarks"


def scan(path: Path) -> int:
    """Decode the five columns and nothing else."""
    import duckdb

    # the last one has no answer in the file's own statistics
    columns = "MAX(customer_id), MAX(order_id), MAX(order_date), MAX(category), COUNT(DISTINCT amount > 0)"
    return len(duckdb.connect().execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)]).fetchall())


def four_columns(path: Path) -> int:
    """What customer-base models start from, by hand: repeat days, recency, age, mean spend."""
    import duckdb

    database = duckdb.connect()
    database.read_parquet(str(path)).create_view("lines")
    return (
        database.sql("""
        SELECT customer_id, COUNT(*) - 1, MAX(day) - MIN(day), DATE '2024-12-31' - MIN(day), AVG(net)
        FROM (SELECT customer_id, order_date AS day, SUM(amount) AS net FROM lines GROUP BY ALL)
        GROUP BY customer_id
    """)
        .to_arrow_table()
        .num_rows
    )


def ours(path: Path, as_of: Sequence[date]) -> int:
    """All columns of the customer table."""
    from tiering.metrics import customer_metrics

    return len(customer_metrics(path, as_of))


def by_hand(path: Path, as_of: Sequence[date]) -> int:
    """The same by one plain DuckDB query a date."""
    import duckdb

    database = duckdb.connect()
    database.read_parquet(str(path)).create_view("lines")
    query = Path(__file__).with_name("hand_written.sql").read_text(encoding="utf-8")
    return sum(database.execute(query, {"as_of": day}).to_arrow_table().num_rows for day in as_of)


def polars(path: Path, as_of: Sequence[date]) -> int:
    """The same by Polars at its best."""
    from benchmarks.polars_metrics import polars_metrics

    return len(polars_metrics(path, as_of))


def shared_columns(path: Path) -> pd.DataFrame:
    """Customer, day and money as the libraries for customer bases want them."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["customer_id", "order_date", "amount"])
    money = table["amount"].cast("float64")
    lines = table.set_column(2, "amount", money).to_pandas()
    return lines.assign(order_date=lines["order_date"].astype("datetime64[s]"))


def lifetimes(path: Path) -> int:
    """Frequency, recency, age and mean spend by lifetimes."""
    from lifetimes.utils import summary_data_from_transaction_data as summary

    return len(summary(shared_columns(path), "customer_id", "order_date", "amount", observation_period_end=ONE_DATE[0]))


def pymc_marketing(path: Path) -> int:
    """The same four columns by pymc-marketing."""
    from pymc_marketing.clv.utils import rfm_summary

    return len(rfm_summary(shared_columns(path), "customer_id", "order_date", "amount"))


def pandas(path: Path, as_of: Sequence[date]) -> int:
    """The same by pandas at its best."""
    from benchmarks.pandas_metrics import pandas_metrics

    return len(pandas_metrics(path, as_of))


CONTESTANTS: dict[str, Callable[[Path], int]] = {
    "scan of five columns": scan,
    "this step, one date": lambda path: ours(path, ONE_DATE),
    "this step, nine dates": lambda path: ours(path, NINE_DATES),
    "DuckDB SQL by hand, one date": lambda path: by_hand(path, ONE_DATE),
    "DuckDB SQL by hand, nine dates": lambda path: by_hand(path, NINE_DATES),
    "pandas, one date": lambda path: pandas(path, ONE_DATE),
    "pandas, nine dates": lambda path: pandas(path, NINE_DATES),
    "Polars, one date": lambda path: polars(path, ONE_DATE),
    "Polars, nine dates": lambda path: polars(path, NINE_DATES),
    "shared four columns, DuckDB": four_columns,
    "shared four columns, pymc-marketing": pymc_marketing,
    "shared four columns, lifetimes": lifetimes,
}
IMPORTS = {"Polars": "polars", "pymc-marketing": "pymc_marketing.clv.utils", "lifetimes": "lifetimes.utils"}
GOAL_LINES = 10_000_000
GOALS = [
    ("this step, one date", "scan of five columns", "wall", 9.0),
    ("this step, one date", "pandas, one date", "wall", 0.8),
    ("this step, one date", "pandas, one date", "peak", 1 / 3),
    ("this step, nine dates", "this step, one date", "wall", 1.5),
    ("this step, one date", "shared four columns, pymc-marketing", "wall", 1.0),
    ("shared four columns, DuckDB", "shared four columns, pymc-marketing", "wall", 1 / 7),
    ("shared four columns, DuckDB", "shared four columns, lifetimes", "wall", 1 / 10),
]


def measure(contestant: str, path: Path) -> dict[str, float]:
    """Seconds of wall and processor, and the peak resident memory of this process in GB."""
    import duckdb  # noqa: F401 imports are not what is measured
    import pandas as pd  # noqa: F401

    import tiering.metrics  # noqa: F401

    peer = _peer(contestant)
    if peer:
        import_module(IMPORTS[peer])
    wall, processor = time.perf_counter(), time.process_time()
    rows = CONTESTANTS[contestant](path)
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "rows": rows,
    }


def race(path: Path, rounds: int, peers: str, only: Sequence[str] = ()) -> dict[str, dict[str, float]]:
    """Median of each contestant's figures over ``rounds`` rounds in which everybody runs once."""
    names = [name for name in only or CONTESTANTS if peers or not _peer(name)]
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, runs in figures.items():
            python = peers if _peer(name) else sys.executable
            command = [python, "-m", "benchmarks.metrics", "--measure", name, str(path)]
            runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return {
        name: {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]}
        for name, runs in figures.items()
    }


def _peer(contestant: str) -> str | None:
    return next((peer for peer in IMPORTS if peer in contestant), None)


def report(lines: int, medians: dict[str, dict[str, float]]) -> None:
    """Print one table of medians and, for a file of the size they are set for, one line per goal."""
    load = os.getloadavg()[0]
    print(f"\n{lines:,} order lines, {os.cpu_count()} cores, load {load:.1f}\n")
    print("| | wall s | CPU s | peak GB | rows |\n|---|---:|---:|---:|---:|")
    for name, run in medians.items():
        print(f"| {name} | {run['wall']:.2f} | {run['cpu']:.2f} | {run['peak']:.2f} | {run['rows']:,.0f} |")
    if lines < GOAL_LINES:
        return
    print()
    for name, other, figure, limit in GOALS:
        if not {name, other} <= medians.keys():
            continue
        ratio = medians[name][figure] / medians[other][figure]
        verdict = "reached" if ratio <= limit else "MISSED"
        print(f"- {name}: {ratio:.2f} × {other} ({figure}; at most {limit:.2f}): {verdict}", flush=True)


def main() -> None:
    """Generate what is missing, race, report; with --measure one run only, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", nargs="+", type=line_count, default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where generated files are kept")
    parser.add_argument("--peers", default="", metavar="PYTHON", help="a Python that has benchmarks/requirements.txt")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=[], help="these contestants alone")
    parser.add_argument("--measure", nargs=2, metavar=("CONTESTANT", "PATH"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure[0], Path(chosen.measure[1]))))
        return
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for lines in chosen.lines:
        path = chosen.folder / f"orders-{lines}.parquet"
        if not path.exists():
            write_orders(lines, path)
        report(lines, race(path, chosen.rounds, chosen.peers, chosen.only))


if __name__ == "__main__":
    main()
