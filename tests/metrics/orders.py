"""Canonical orders written as short tuples, and orders drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
from hypothesis import strategies as st

SCHEMA = pa.schema(
    {
        "customer_id": pa.string(),
        "order_id": pa.string(),
        "order_date": pa.date32(),
        "category": pa.string(),
        "amount": pa.decimal128(18, 2),
        "cost": pa.decimal128(18, 2),
    }
)


@dataclass(frozen=True)
class Line:
    customer_id: str
    order_date: date
    amount: Decimal
    order_id: str | None = None
    category: str | None = None
    cost: Decimal | None = None


def line(customer: str, day: str, amount: str, order: str | None = None, **more: str) -> Line:
    cost = Decimal(more["cost"]) if "cost" in more else None
    return Line(customer, date.fromisoformat(day), Decimal(amount), order, more.get("category"), cost)


def table(lines: Sequence[Line], scale: int = 2, without: Sequence[str] = ()) -> pa.Table:
    """Orders as the cleaned tables hold them; ``without`` names optional columns the file lacks."""
    schema = pa.schema(
        [field.with_type(pa.decimal128(18, scale)) if pa.types.is_decimal(field.type) else field for field in SCHEMA]
    )
    orders = pa.table({name: [getattr(row, name) for row in lines] for name in schema.names}, schema=schema)
    return orders.drop_columns(list(without))


FIRST, LAST = date(2021, 11, 1), date(2024, 4, 30)
TURNING_DAYS = [date(2023, 2, 28), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 31), date(2022, 12, 31)]
days = st.one_of(
    st.sampled_from(TURNING_DAYS + [day + timedelta(1) for day in TURNING_DAYS]),
    st.integers(0, (LAST - FIRST).days).map(lambda offset: FIRST + timedelta(offset)),
)
cents = st.integers(-400, 900).map(lambda number: Decimal(number).scaleb(-2))
lines = st.builds(
    Line,
    customer_id=st.sampled_from(["a", "B", "é", "客户", "10", "9", "𐐷", "\ufb01"]),
    order_date=days,
    amount=st.one_of(cents, st.sampled_from([Decimal("0.00"), Decimal("1.00"), Decimal("-1.00")])),
    order_id=st.sampled_from([None, "1", "2", "3", "C4"]),
    category=st.sampled_from([None, "pump", "Valve", "阀"]),
    cost=st.one_of(st.none(), cents, cents, cents),
)
order_files = st.lists(lines, min_size=1, max_size=60)
