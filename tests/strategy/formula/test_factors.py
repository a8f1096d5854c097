"""The six factors: they give the file's total, tier by tier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.dataset import Dataset
from tiering.evaluate import evaluate
from tiering.scenario import Scenario
from tiering.strategy.formula import (
    FACTORS,
    Period,
    all_existing,
    changed,
    combined_factors,
    lengths_known,
    new_sales,
    period_metrics,
    periods,
    repeat_sales,
    sales,
    sales_factors,
)

# Kept 100 and 300, lost one, won one for 50; one without an order returned goods for 20.
SMALL = Period(
    np.array([100.0, 300.0, 0.0, 50.0, -20.0]),
    np.array([True, True, False, True, False]),
    np.array([True, True, True, False, False]),
)
ONE_GROUP = np.zeros(5, dtype=np.intp)


def test_five_customers_in_the_head():
    row = sales_factors(SMALL, ONE_GROUP, 1, conversion=0.25).iloc[0]
    assert row[list(FACTORS)].tolist() == pytest.approx([4.0, 0.25, 50.0, 3.0, 2 / 3, 200.0])
    assert row["rest"] == -20.0


def test_new_and_repeat_sales_and_the_rest_are_all_the_money():
    factors = sales_factors(SMALL, ONE_GROUP, 1, conversion=0.25)
    assert (new_sales(factors)[0], repeat_sales(factors)[0]) == (50.0, pytest.approx(400.0))
    assert sales(factors)[0] == pytest.approx(430.0)


CUSTOMERS = st.lists(
    st.tuples(st.floats(-1e6, 1e6), st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=40
)


@settings(max_examples=50, deadline=None)
@given(CUSTOMERS, st.floats(0.01, 1))
def test_the_tiers_add_up_to_the_money_of_all_whatever_the_conversion(rows, conversion):
    revenue, bought, before, groups = (np.array(column) for column in zip(*rows, strict=True))
    period = Period(revenue.astype(float), bought, before)
    factors = sales_factors(period, groups.astype(np.intp), 4, conversion)
    assert sales(factors).sum() == pytest.approx(revenue.sum(), abs=1e-6 * (1 + np.abs(revenue).sum()))
    whole = combined_factors(factors).to_frame().T
    assert sales(whole)[0] == pytest.approx(revenue.sum(), abs=1e-6 * (1 + np.abs(revenue).sum()))


def test_ten_percent_more_of_any_factor_is_ten_percent_more_of_its_half():
    factors = sales_factors(SMALL, ONE_GROUP, 1, conversion=0.25)
    rows = np.array([True])
    for name in FACTORS:
        gained = sales(changed(factors, {name: 0.1}, rows))[0] - sales(factors)[0]
        assert gained == pytest.approx(5.0 if name in ("leads", "conversion", "purchase") else 40.0)


def test_nobody_can_keep_more_than_all_customers():
    factors = sales_factors(SMALL, ONE_GROUP, 1, conversion=0.25)
    assert changed(factors, {"retention": 1.0}, np.array([True]))["retention"][0] == 1.0


def test_a_change_for_one_tier_leaves_the_others():
    factors = sales_factors(SMALL, np.array([0, 1, 0, 1, 0]), 2, 0.5)
    after = changed(factors, {"repurchase": 1.0}, np.array([True, False]))
    assert (sales(after) - sales(factors)).tolist() == pytest.approx([100.0, 0.0])


def test_without_dates_all_who_bought_are_existing():
    factors = all_existing(np.array([10.0, 30.0, 0.0]), np.zeros(3, dtype=np.intp), 1)
    assert factors.loc[0, list(FACTORS)].tolist() == [0.0, 1.0, 0.0, 2.0, 1.0, 20.0]
    assert sales(factors)[0] == 40.0


def orders_of(*rows: tuple[str, date, int]) -> pa.Table:
    ids, days, money = zip(*rows, strict=True)
    return pa.table(
        {
            "customer_id": list(ids),
            "order_date": pa.array(days, pa.date32()),
            "amount": pa.array([Decimal(amount) for amount in money], pa.decimal128(18, 2)),
        }
    )


# Three quarters up to 30 September: A in all of them, B in the first two, C comes new, D buys in the first only.
QUARTERS = orders_of(
    ("A", date(2026, 1, 1), 10), ("A", date(2026, 5, 1), 20), ("A", date(2026, 9, 30), 30),
    ("B", date(2026, 2, 1), 5), ("B", date(2026, 6, 1), 7), ("C", date(2026, 8, 1), 9), ("D", date(2026, 1, 2), 1),
)  # fmt: skip


def test_periods_are_told_from_the_orders():
    dataset = Dataset(QUARTERS, None, pa.table({}), (), "q")
    tiering = evaluate(dataset, Scenario())
    before, now = periods(period_metrics(QUARTERS, date(2026, 9, 30), 3), tiering, 3)
    factors = [sales_factors(period, np.zeros(4, dtype=np.intp), 1, 1.0).iloc[0] for period in (before, now)]
    assert factors[0][list(FACTORS)].tolist() == pytest.approx([0, 1, 0, 3, 2 / 3, 13.5])
    assert factors[1][list(FACTORS)].tolist() == pytest.approx([1, 1, 9, 2, 1 / 2, 30])


def test_a_period_needs_the_one_before_and_a_comparison_the_one_before_that():
    assert lengths_known(QUARTERS, date(2026, 9, 30)) == ((3,), (3,))
    assert lengths_known(QUARTERS, date(2026, 6, 30)) == ((3,), ())
    assert lengths_known(QUARTERS.slice(0, 1), date(2026, 3, 30)) == ((), ())


def test_factors_of_nobody_are_nothing_but_the_asked_share():
    empty = sales_factors(Period(np.zeros(0), np.zeros(0, bool), np.zeros(0, bool)), np.zeros(0, np.intp), 1, 0.2)
    assert sales(empty).tolist() == [0.0]
    assert isinstance(combined_factors(empty), pd.Series)
