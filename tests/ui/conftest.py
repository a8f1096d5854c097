"""Small data sets, and a page run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tiering.dataset import Dataset, SourceFacts
from tiering.ui.base.state import Choices

Run = Callable[..., AppTest]


def orders_of(customers: int) -> pa.Table:
    """Customer k orders 100·k on the 10th of k + 1 months from January 2025 on."""
    rows = [
        (f"K{k}", f"O{k}-{m}", date(2025, m, 10), 100 * k) for k in range(1, customers + 1) for m in range(1, k + 2)
    ]
    ids, numbers, days, amounts = zip(*rows, strict=True)
    return pa.table(
        {
            "customer_id": pa.array(ids, pa.string()),
            "order_id": pa.array(numbers, pa.string()),
            "order_date": pa.array(days, pa.date32()),
            "amount": pa.array([Decimal(amount) for amount in amounts], pa.decimal128(18, 2)),
        }
    )


def customers_of(customers: int) -> pa.Table:
    """Customer k with revenue 1,000·k and satisfaction 1 to 5; names that would be markup or a formula."""
    return pa.table(
        {
            "customer_id": [f"K{k}" for k in range(1, customers + 1)],
            "customer_name": [f"<b>=1+{k}</b> **&** [x](http://x)" for k in range(1, customers + 1)],
            "annual_revenue": [1000.0 * k for k in range(1, customers + 1)],
            "annual_orders": [float(k) for k in range(1, customers + 1)],
            "satisfaction": [1.0 + k % 5 for k in range(1, customers + 1)],
        }
    )


def dataset(orders: pa.Table | None, customers: pa.Table | None) -> Dataset:
    """The tables as one data set with an account of its files."""
    tables = {"orders": orders, "customers": customers}
    sources = tuple(
        SourceFacts(f"{role}.csv", role, read=table.num_rows + 1, used=table.num_rows, header=1)  # type: ignore[arg-type]
        for role, table in tables.items()
        if table is not None
    )
    return Dataset(
        orders, customers, pa.table({"reason": pa.array([], pa.string())}), sources, f"{id(orders)}-{id(customers)}"
    )


DATASETS: dict[str, Callable[[], Dataset | None]] = {
    "sample": lambda: None,
    "orders only": lambda: dataset(orders_of(10), None),
    "customers only": lambda: dataset(None, customers_of(30)),
    "both": lambda: dataset(orders_of(10), customers_of(12)),
    "three customers": lambda: dataset(orders_of(3), None),
    "one customer": lambda: dataset(orders_of(1), None),
}


def _script(start: str) -> None:
    import app

    app.main(start)


@pytest.fixture
def run_page() -> Run:
    """``run_page("tiers", "zh", dataset)`` → the page after its first run."""

    def run(page: str, language: str = "en", data: Dataset | None = None, **choices: Any) -> AppTest:
        shown = AppTest.from_function(_script, kwargs={"start": page}, default_timeout=90)
        shown.session_state["choices"] = Choices(language=language, dataset=data, **choices)  # type: ignore[arg-type]
        return shown.run()

    return run
