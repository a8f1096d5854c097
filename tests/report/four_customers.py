"""Four hand-made customers: one buys a lot, one a little, one returns everything, one never bought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

import pyarrow as pa

from tiering.dataset import Dataset, SourceFacts
from tiering.evaluate import Tiering, evaluate
from tiering.scenario import Cuts, Scenario
from tiering.scenario.measures import Newcomers

Line = tuple[str, str, str]

LINES: tuple[Line, ...] = (
    ("big", "2025-01-10", "1000.00"),
    ("big", "2026-02-10", "900.25"),
    ("big", "2026-03-10", "-100.25"),
    ("small", "2026-01-20", "50.10"),
    ("gone", "2026-02-01", "300.00"),
    ("gone", "2026-02-11", "-300.00"),
)
SCENARIO = Scenario(
    name="Spring",
    tiers=("A", "B"),
    weights={"annual_revenue": 3, "recency_days": 1},
    cuts=Cuts(lines=(50.0,)),
    newcomers=Newcomers(annualise=False),
)
CUSTOMERS = {
    "customer_id": ["small", "big", "never", "gone"],
    "customer_name": ["Small & Co", "大客户", "Never Ltd", "Gone"],
    "industry": ["energy", "energy", "steel", None],
    "contract_end": [None, date(2027, 6, 30), None, None],
    "Visits": [3.0, 12.25, None, 0.0],
}


def orders_table(lines: Sequence[Line] = LINES, scale: int = 2) -> pa.Table:
    return pa.table(
        {
            "customer_id": pa.array([line[0] for line in lines]),
            "order_date": pa.array([date.fromisoformat(line[1]) for line in lines], pa.date32()),
            "amount": pa.array([Decimal(line[2]) for line in lines], pa.decimal128(18, scale)),
        }
    )


def dataset(lines: Sequence[Line] = LINES, customers: dict[str, list] | None = None, scale: int = 2) -> Dataset:
    """Orders with a customers file beside them; ``{}`` for none."""
    listed = CUSTOMERS if customers is None else customers
    return Dataset(
        orders=orders_table(lines, scale),
        customers=pa.table(listed) if listed else None,
        set_aside=pa.table(
            {
                "source": ["orders.csv", "orders.csv"],
                "line": pa.array([4, 9], pa.int32()),
                "reason": ["no_customer", "date"],
                "buyer": [None, "=HYPERLINK(1)"],
                "paid": ["-12.50", "+86 138"],
            }
        ),
        sources=(SourceFacts("orders.csv", "orders", 9, 6, 1, set_aside={"no_customer": 1, "date": 1}),),
        fingerprint="f" * 64,
        currency="¥",
    )


@cache
def plain() -> Dataset:
    """The four customers as they are, read once for all tests."""
    return dataset()


@cache
def plain_tiers() -> Tiering:
    return tiers_of(plain())


def tiers_of(data: Dataset, scenario: Scenario = SCENARIO) -> Tiering:
    return evaluate(data, scenario)
