"""What to do for many customers, timed: ``python -m benchmarks.strategy 5k 100k`` prints seconds.

The best service levels for customers of four levels under hours that suffice for half of them, with the gap to the
proven bound; and the recommendations for as many customers, with the figures of a year drawn at random.
"""

from __future__ import annotations

import argparse
from datetime import date
from time import perf_counter

import numpy as np
import pandas as pd

from tiering.evaluate import CustomerBase, Tiering, tiering_of
from tiering.indicators.matrix import indicator_matrix
from tiering.scenario import Scenario
from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import recommendations
from tiering.strategy.resources.levels import BestLevels, best_levels
from tiering.tiers.score import level_covariance

SUFFIXES = {"k": 1_000, "m": 1_000_000}
UPLIFT = np.array([0.0, 0.02, 0.05, 0.08])
HOURS = np.array([5.0, 27.0, 80.0, 200.0])


def main() -> None:
    """Time each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["5k", "100k"])
    print(f"{'customers':>10} {'allocation s':>13} {'gap':>9} {'advice s':>9} {'named':>9}")
    for size in parser.parse_args().sizes:
        customers = int(float(size[:-1]) * SUFFIXES[size[-1].lower()])
        begun = perf_counter()
        best = allocated(customers)
        solved = perf_counter()
        tiering = drawn_tiering(customers)
        ready = perf_counter()
        named = sum(part.rows.size for part in recommendations(tiering, evidence_of(tiering.base)))
        seconds = solved - begun, perf_counter() - ready
        gap = (best.bound - best.value) / best.bound
        print(f"{customers:>10,} {seconds[0]:>13.2f} {gap:>9.1e} {seconds[1]:>9.2f} {named:>9,}", flush=True)


def allocated(customers: int) -> BestLevels:
    """The best levels of as many customers, worth by a log-normal margin."""
    worth = np.random.default_rng(0).lognormal(11, 1.4, customers).round(-2)
    hours = np.tile(HOURS, (customers, 1))
    return best_levels(worth[:, None] * UPLIFT, hours, 30.0 * customers)


def drawn_tiering(customers: int) -> Tiering:
    """As many customers with a year's figures at random, tiered as proposed."""
    chance = np.random.default_rng(7)
    revenue = np.sort(chance.lognormal(11, 1.4, customers))[::-1]
    table = pd.DataFrame(
        {
            "customer_id": [f"C{row:07d}" for row in range(customers)],
            "annual_revenue": revenue,
            "prior_revenue": revenue * chance.lognormal(0, 0.4, customers),
            "annual_orders": chance.poisson(8, customers) + 1,
            "recency_days": chance.exponential(60, customers).round(),
            "tenure_days": chance.uniform(10, 2000, customers).round(),
            "gaps": chance.poisson(10, customers),
            "gap_mean_days": chance.uniform(10, 90, customers),
            "gap_log_mean": chance.uniform(2, 4, customers),
            "growth": chance.normal(0.05, 0.3, customers),
            "margin_rate": chance.normal(0.3, 0.08, customers),
            "returns_share": chance.beta(1, 30, customers),
            "satisfaction": chance.integers(1, 6, customers).astype(float),
        }
    )
    matrix = indicator_matrix(table, {})
    base = CustomerBase(table, matrix, revenue.copy(), level_covariance(matrix), date(2026, 9, 30))
    return tiering_of(base, Scenario())


if __name__ == "__main__":
    main()
