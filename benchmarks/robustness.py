"""How sure the tiers are, timed: ``python -m benchmarks.robustness 100k 1M`` prints seconds and peak memory.

All 17 indicators, one in eight customers complete, the rest with gaps, four tiers, 1,000 sampled weightings.
"""

from __future__ import annotations

import argparse
import resource
from time import perf_counter

import numpy as np

from tiering.indicators.catalogue import CATALOGUE
from tiering.indicators.matrix import LEVELS, IndicatorMatrix
from tiering.tiers.cuts import base_tiers, proposed_cuts
from tiering.tiers.robustness import stability_shares
from tiering.tiers.score import MILLI, score_customers, weight_vector
from tiering.tiers.weightings import sampled_weightings

SUFFIXES = {"k": 1_000, "m": 1_000_000}
DRAWS = 1000
GAPS = 3  # indicators that may be missing, each on its own


def main() -> None:
    """Time each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["100k"])
    print(f"{'customers':>10} {'all s':>8} {'order s':>8} {'near s':>8} {'peak MB':>8}")
    for size in parser.parse_args().sizes:
        customers = int(float(size[:-1]) * SUFFIXES[size[-1].lower()])
        seconds = timed(customers)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{customers:>10,} {seconds[0]:>8.2f} {seconds[1]:>8.2f} {seconds[2]:>8.2f} {peak:>8.0f}", flush=True)


def timed(customers: int) -> list[float]:
    """Seconds for each way of sampling."""
    matrix = drawn_matrix(customers)
    weights = {key: 10 + 5 * row for row, key in enumerate(matrix.keys)}
    milli = score_customers(matrix, weights).milli
    positions = tuple(round(line * MILLI) for line in proposed_cuts(milli, 4).lines)
    tiers = base_tiers(milli, positions)
    seconds = []
    for sampling in ("all", "order", "near"):
        begun = perf_counter()
        weightings = sampled_weightings(weight_vector(matrix, weights), sampling, DRAWS, seed=1)
        stability_shares(matrix, weightings, positions, tiers)
        seconds.append(perf_counter() - begun)
    return seconds


def drawn_matrix(customers: int) -> IndicatorMatrix:
    """Levels at random; each of the first few indicators known of every other customer."""
    chance = np.random.default_rng(7)
    rows = len(CATALOGUE)
    patterns = np.ones((2**GAPS, rows))
    patterns[:, :GAPS] = np.arange(2**GAPS)[:, None] >> np.arange(GAPS) & 1
    pattern = chance.integers(0, 2**GAPS, customers)
    levels = np.empty((rows, customers), dtype=np.float32)
    for row in range(rows):
        levels[row] = np.rint(chance.random(customers) * LEVELS) * patterns[pattern, row]
    return IndicatorMatrix(CATALOGUE, levels, patterns, pattern.astype(np.intp), {}, {})


if __name__ == "__main__":
    main()
