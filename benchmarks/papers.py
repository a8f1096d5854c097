"""Time of each paper, tiers being known: ``python -m benchmarks.papers 10k 100k`` prints a table."""

from __future__ import annotations

import argparse
import time

import pyarrow as pa

from benchmarks.generate_customers import generated_customers
from tiering.dataset import Dataset
from tiering.evaluate import evaluate
from tiering.report import Handout
from tiering.report.papers import PAPERS
from tiering.said.colours import tier_colour
from tiering.scenario import Scenario
from tiering.words import Words

SUFFIXES = {"k": 1_000, "m": 1_000_000}
SEED = 7


def main() -> None:
    """Write each paper once for each size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", default=["10k", "100k"])
    print(f"{'customers':>10}" + "".join(f"{kind + ' s':>9} {'MB':>6}" for kind in PAPERS))
    for size in asked.parse_args().sizes:
        customers = int(float(size[:-1]) * SUFFIXES[size[-1].lower()])
        figures = measured(handout_of(customers))
        print(f"{customers:>10,}" + "".join(f"{seconds:>9.1f} {megabytes:>6.1f}" for seconds, megabytes in figures))


def handout_of(customers: int) -> Handout:
    """Generated customers, tiered, with a baseline in which revenue counts for little."""
    orders, listed = generated_customers(customers, SEED)
    dataset = Dataset(orders, listed, pa.table({}), (), "benchmark", currency="¥")
    tiering = evaluate(dataset, Scenario())
    other = tiering.scenario.model_copy(update={"weights": {**tiering.scenario.weights, "annual_revenue": 5}})
    colours = tuple(tier_colour(name, place).light for place, name in enumerate(tiering.scenario.tiers))
    return Handout(tiering, dataset, Words("zh"), evaluate(dataset, other), colours)


def measured(handout: Handout) -> list[tuple[float, float]]:
    """Seconds and megabytes of each kind of paper."""
    found = []
    for paper in PAPERS.values():
        start = time.perf_counter()
        written = paper.written(handout, None)
        found.append((time.perf_counter() - start, len(written) / 1e6))
    return found


if __name__ == "__main__":
    main()
