"""Four customers whose scores a person sees at once: one indicator, days since the last order."""

from __future__ import annotations

from tests.small_data import dataset, order_lines
from tiering.dataset import Dataset
from tiering.evaluate import Tiering, evaluate
from tiering.scenario import Cuts, Scenario

# The last day is 31 December: silent for 0, 30, 60 and 90 days.
LINES = (
    ("east", "2025-12-31", "4000.00", "1000.00"),
    ("north", "2025-12-01", "3000.00", "2500.00"),
    ("south", "2025-11-01", "2000.00", "500.00"),
    ("west", "2025-10-02", "1000.00", "900.00"),
)
FOUR = dataset(order_lines(*LINES, columns=("cost",)))
RECENT = {"recency_days": 50}


def scheme(*lines: float, tiers: tuple[str, ...] = ("A", "B", "C"), **choices: object) -> Scenario:
    """Lines in points over the one indicator."""
    return Scenario(tiers=tiers, weights=RECENT, cuts=Cuts(lines=lines), **choices)  # type: ignore[arg-type]


def tiered(*lines: float, data: Dataset = FOUR, **choices: object) -> Tiering:
    """Tiers of the four under the lines."""
    return evaluate(data, scheme(*lines, **choices))  # type: ignore[arg-type]
