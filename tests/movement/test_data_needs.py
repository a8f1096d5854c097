"""What a file can show and what it lacks, for files whose columns a person can look at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa

from tiering.dataset import Dataset
from tiering.evaluate import customer_base, default_as_of
from tiering.movement.data_needs import NEEDS, showings
from tiering.scenario import Scenario

ORDERS_ONLY = {"pareto", "rfm", "lifecycle"}


def orders(months: int, **columns: str) -> pa.Table:
    """Two customers who order on the first of each of so many months up to December 2025."""
    days = [date(2025 - (place // 12), 12 - place % 12, 1) for place in range(months)]
    both = [day for day in days for _ in range(2)]
    lines = {
        "customer_id": pa.array(["K1", "K2"] * months, pa.string()),
        "order_date": pa.array(both, pa.date32()),
        "amount": pa.array([Decimal(10)] * len(both), pa.decimal128(18, 2)),
    }
    return pa.table(lines | {name: pa.array([value] * len(both), pa.string()) for name, value in columns.items()})


def shown(orders: pa.Table | None, customers: pa.Table | None = None) -> set[str]:
    dataset = Dataset(orders, customers, pa.table({}), (), "f")
    base = customer_base(dataset, Scenario(), default_as_of(dataset))
    return {one.view for one in showings(dataset, base, 12) if not one.needs}


def test_a_month_of_orders_shows_who_buys_and_nothing_over_time() -> None:
    assert shown(orders(1)) == ORDERS_ONLY


def test_six_months_are_two_reviews_and_so_movement_while_five_are_one() -> None:
    # up to 1 December: 1 September has the two months before it that a review needs only from 1 July on
    assert "movement" in shown(orders(6))
    assert "movement" not in shown(orders(5))


def test_two_years_of_orders_show_all_that_orders_tell() -> None:
    found = shown(orders(25, product="P", category="G"))
    assert found == ORDERS_ONLY | {"products", "movement", "retention", "backtest", "warning"}


def test_columns_of_the_customers_unlock_their_views() -> None:
    columns = {
        "customer_id": ["K1", "K2", "K3"],
        "annual_revenue": [5.0, 3.0, 1.0],
        "industry": ["a", "b", None],
        "city": ["x", None, None],
        "owner": ["o", "o", "o"],
        "stage": [None, "signed", None],
        "current_tier": ["A", "B", "C"],
        "contract_end": [date(2026, 1, 1), None, None],
        "overdue_days": [1.0, None, None],
        "tickets": [1.0, None, None],
        "parent_id": ["K1", "K1", None],
    }
    about = {"industries", "places", "owners", "funnel", "existing", "renewals", "payments", "service", "groups"}
    assert shown(None, pa.table(columns)) == about | {"pareto"}
    assert shown(orders(1), pa.table(columns)) == about | ORDERS_ONLY | {"prospects"}


def test_a_column_without_a_value_unlocks_nothing() -> None:
    blank = pa.table({"customer_id": ["K1"], "annual_revenue": [5.0], "industry": pa.array([None], pa.string())})
    assert "industries" not in shown(None, blank)


def test_every_view_that_is_missing_says_what_it_needs() -> None:
    dataset = Dataset(None, pa.table({"customer_id": ["K1"], "annual_revenue": [5.0]}), pa.table({}), (), "f")
    found = showings(dataset, customer_base(dataset, Scenario(), None), 12)
    assert [one.view for one in found] == list(NEEDS)
    assert {one.view: one.needs for one in found if one.needs} == {
        view: needs for view, (needs, _) in NEEDS.items() if view != "pareto"
    }
