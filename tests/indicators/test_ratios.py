"""Ratios out of two columns, for one customer at a time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from tests.small_data import order_lines
from tiering.indicators.customers import customer_table, with_ratios
from tiering.metrics import customer_metrics

AS_OF = date(2025, 12, 31)


def row_of(as_of: date | None = AS_OF, **columns: object) -> pd.Series:
    return with_ratios(pd.DataFrame({name: [value] for name, value in columns.items()}), as_of).iloc[0]


@pytest.mark.parametrize(("now", "before", "kept"), [(50.0, 100.0, 0.5), (300.0, 100.0, 1.0), (-10.0, 100.0, 0.0)])
def test_revenue_kept_lies_between_nothing_and_all_of_it(now: float, before: float, kept: float) -> None:
    row = row_of(annual_revenue=now, prior_revenue=before, growth=now / before - 1)
    assert row["retention"] == pytest.approx(kept)


def test_the_share_of_wallet_is_what_is_bought_here_of_all_that_could_be() -> None:
    assert row_of(annual_revenue=25.0, wallet=100.0)["wallet_share"] == 0.25
    assert pd.isna(row_of(annual_revenue=25.0, wallet=0.0)["wallet_share"])


def test_a_share_of_wallet_in_the_file_stands_where_no_wallet_is_known() -> None:
    assert row_of(annual_revenue=25.0, wallet=float("nan"), wallet_share=0.4)["wallet_share"] == 0.4


def test_days_of_contract_left_are_negative_once_it_has_ended() -> None:
    assert row_of(contract_end=date(2026, 1, 10))["contract_days"] == 10
    assert row_of(contract_end=date(2025, 12, 1))["contract_days"] == -30
    assert "contract_days" not in row_of(as_of=None, contract_end=date(2025, 12, 1))


def test_a_customer_since_long_before_the_orders_begin_is_no_newcomer() -> None:
    orders = order_lines(("a", "2025-12-01", "10"), ("b", "2025-12-01", "10"), ("a", "2025-12-31", "10"))
    since = pa.table({"customer_id": ["a", "c"], "first_order": pa.array([date(2015, 12, 31), date(2020, 1, 1)])})
    table = customer_table(customer_metrics(orders, [AS_OF]), since, AS_OF).set_index("customer_id")
    assert table.loc["a", "tenure_days"] == 3653
    assert table.loc["b", "tenure_days"] == 30
    assert pd.isna(table.loc["c", "tenure_days"])
