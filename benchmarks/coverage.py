"""Every interval and power the product states, nominal beside actual: ``python -m benchmarks.coverage``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.coverage_intervals import INTERVALS
from benchmarks.coverage_tests import POWERS

SEED = 20_261_130
SELDOM = 0.2  # of the simulations: a statement made less often than that is none of this size
Trial = Callable[[np.random.Generator], dict[str, bool | None]]


@dataclass(frozen=True)
class Line:
    """One statement: ``nominal`` against the mean, least and greatest share of its grid, and why it may lie off."""

    name: str
    nominal: float
    grid: dict[str, Trial]
    why: str = ""


def main() -> None:
    """Print the table, and write it where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--simulations", type=int, default=1000)
    asked.add_argument("--only", default="", help="statements whose name holds this")
    asked.add_argument("--to", type=Path, help="file to write the table to")
    options = asked.parse_args()
    rows = []
    for line in (Line(*parts) for parts in (*INTERVALS(), *POWERS())):
        if options.only in line.name:
            rows.append(row_of(line, options.simulations))
            print(rows[-1], flush=True)
    if options.to:
        options.to.write_text(page(rows, options.simulations), encoding="utf-8")


def row_of(line: Line, simulations: int) -> str:
    """The line of the table."""
    shares: dict[str, float] = {}
    for place, (name, trial) in enumerate(line.grid.items()):
        shares |= {f"{name}{part}": share for part, share in shares_of(trial, simulations, place).items()}
    low, high = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    ends = f"{shares[low]:.1%} ({low}) – {shares[high]:.1%} ({high})"
    mean = float(np.mean(list(shares.values())))
    return f"| {line.name} | {line.nominal:.0%} | {mean:.1%} | {ends} | {line.why} |"


def shares_of(trial: Trial, simulations: int, place: int) -> dict[str, float]:
    """How often each part of a statement held, of the times that it was made."""
    chance = np.random.default_rng([SEED, place])
    answers = pd.DataFrame([trial(chance) for _ in range(simulations)], dtype="boolean")
    return {str(part): float(answers[part].mean()) for part in answers if answers[part].notna().mean() > SELDOM}


def page(rows: list[str], simulations: int) -> str:
    """The table as a page of the documentation."""
    head = (
        "| Statement | Nominal | Actual, mean | Least – greatest of the grid | Why it lies off |\n" + "|---" * 5 + "|\n"
    )
    said = INTRODUCTION.format(simulations=f"{simulations:,}")
    return f"# Intervals and powers, nominal beside actual\n\n{said}\n\n{head}" + "\n".join(rows) + "\n"


INTRODUCTION = (
    "`python -m benchmarks.coverage --to docs/coverage.md` wrote this page: {simulations} simulations for each cell of "
    "each grid. The customers are made up (`benchmarks/coverage_base.py`): sizes with heavy tails, projects, seasons, "
    "customers who leave, and a truth that is known. An interval is right where it holds that truth; a power is right "
    "where the test sees the effect as often as the plan says."
)

if __name__ == "__main__":
    main()
