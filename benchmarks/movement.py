"""Time of the looks into the past beside one date: ``python -m benchmarks.movement --lines 10M``."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.generate_orders import line_count, write_orders
from tiering.dataset import Dataset
from tiering.evaluate import evaluate
from tiering.movement.attribution import Span, attribution
from tiering.movement.backtest import backtest
from tiering.movement.captured import captured
from tiering.movement.chain import Chain, tier_chain
from tiering.movement.migration import migration, state_changes
from tiering.movement.review_rules import held_tiers, record, review_inputs
from tiering.movement.snapshots import review_dates
from tiering.scenario import Scenario
from tiering.scenario.exceptions import Review

FOLDER = Path(tempfile.gettempdir()) / "tiering-benchmarks"


def main() -> None:
    """Print medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=line_count, default=line_count("1M"))
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    data = orders_of(options.lines)
    rows = evaluate(data, Scenario())
    print(f"{options.lines:,} order lines, {len(rows.base.customers):,} customers, medians of {options.rounds}")
    seconds = {name: median(work, options.rounds) for name, work in works(data, rows.scenario).items()}
    one = seconds["one date, evaluated"]
    for name, spent in seconds.items():
        print(f"{name:<40} {spent:8.2f} s {spent / one:6.2f} ×")


def works(data: Dataset, scenario: Scenario) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    end = data.last_order_date
    assert end is not None, "orders have dates"
    dates = review_dates(data.first_order_date, end)
    chain = tier_chain(data, scenario, dates)
    return {
        "one date, evaluated": lambda: evaluate(data, scenario, end),
        f"chain of {len(dates)} quarters": lambda: tier_chain(data, scenario, dates),
        "attribution between two dates": lambda: attribution(data, Span(dates[-3], end, scenario, scenario)),
        "backtest with intervals": lambda: captured(backtest(data, scenario, end, 6)),
        "matrix and movers of a chain": lambda: (migration(chain, 0, 1), state_changes(chain, 0, 1)),
        "review rules moved": lambda: reviewed(chain),
    }


def reviewed(chain: Chain) -> object:
    """What one move of a slider of the review rules costs."""
    rules = Review()
    return record(held_tiers(review_inputs(chain, rules), rules, chain.count).tiers, chain)


def orders_of(lines: int) -> Dataset:
    """Generated orders as cleaned data."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"orders-{lines}.parquet"
    if not path.exists():
        write_orders(lines, path)
    return Dataset(pq.read_table(path), None, pa.table({}), (), path.name)


def median(work: Callable[[], object], rounds: int) -> float:
    """Median seconds of a few runs."""
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
