"""Customers with a history told by hand, and a scheme that looks at their annual revenue alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.small_data import dataset, order_lines
from tiering.dataset import Dataset
from tiering.scenario import Anchors, Cuts, Scenario

# annual revenue 0..1000 is the score 0..100; A from 60, B from 30
BY_REVENUE = Scenario(
    tiers=("A", "B", "C"),
    weights={"annual_revenue": 100},
    cuts=Cuts(kind="score", lines=(60.0, 30.0)),
    anchors={"annual_revenue": Anchors(points=(0.0, 1000.0), levels=(0.0, 1.0))},
)
MARCH, SEPTEMBER = date(2025, 3, 31), date(2025, 9, 30)


def histories(bought: Mapping[str, Sequence[tuple[str, int]]], begins: str = "2022-01-03", first: str = "1") -> Dataset:
    """(day, amount) of every order by customer → orders; one customer of no weight makes the data begin early."""
    lines = [(who, day, str(amount)) for who, orders in bought.items() for day, amount in orders]
    return dataset(order_lines(("~first", begins, first), *lines))
