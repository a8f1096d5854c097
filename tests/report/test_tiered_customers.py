"""One row per customer, with what was decided before what is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from tests.report.four_customers import CUSTOMERS, LINES, SCENARIO, dataset, plain, plain_tiers, tiers_of
from tiering.dataset import Dataset
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario import Cuts, Scenario


def row(listed: pd.DataFrame, customer: str) -> pd.Series:
    return listed.set_index("customer_id").loc[customer]


def test_the_first_columns_are_always_the_same():
    listed = tiered_customers(plain_tiers())
    assert list(listed.columns)[:10] == [
        "customer_id", "customer_name", "score", "base_tier", "tier", "revenue", "annual_revenue", "orders",
        "recency_days", "standing",
    ]  # fmt: skip


def test_without_a_customers_file_there_is_no_name_column():
    listed = tiered_customers(tiers_of(dataset(customers={})))
    assert list(listed.columns)[:3] == ["customer_id", "score", "base_tier"]


def test_indicators_come_before_other_metrics_and_the_files_own_columns_last():
    columns = list(tiered_customers(plain_tiers()).columns)
    assert columns.index("active_months") < columns.index("gross_revenue") < columns.index("industry")
    assert columns[-3:] == ["industry", "contract_end", "Visits"]


def test_no_column_is_there_twice():
    columns = list(tiered_customers(plain_tiers()).columns)
    assert len(columns) == len(set(columns))


def test_every_customer_of_either_file_has_one_row():
    listed = tiered_customers(plain_tiers())
    assert sorted(listed["customer_id"]) == ["big", "gone", "never", "small"]


def test_revenue_is_all_of_the_file_net_of_returns():
    big = row(tiered_customers(plain_tiers()), "big")
    assert big["revenue"] == 1800.00
    assert big["annual_revenue"] == 800.00
    assert big["orders"] == 2


def test_revenue_is_gross_where_the_scenario_says_so():
    gross = SCENARIO.model_copy(update={"revenue": "gross"})
    assert row(tiered_customers(tiers_of(plain(), gross)), "big")["revenue"] == 1900.25


def test_who_returned_everything_is_worth_nothing():
    assert row(tiered_customers(plain_tiers()), "gone")["revenue"] == 0.00


def test_who_never_bought_has_zero_revenue_and_orders_but_no_recency():
    never = row(tiered_customers(plain_tiers()), "never")
    assert (never["revenue"], never["annual_revenue"], never["orders"]) == (0, 0, 0)
    assert pd.isna(never["recency_days"])


def test_who_cannot_be_scored_has_no_tier_and_no_score():
    never = row(tiered_customers(plain_tiers()), "never")
    assert (never["tier"], never["base_tier"]) == ("", "")
    assert pd.isna(never["score"])


def test_tier_and_score_are_those_of_the_tiering():
    big = row(tiered_customers(plain_tiers()), "big")
    assert big["tier"] == "A"
    assert big["score"] >= 50.0


def test_scores_have_three_decimals():
    scores = tiered_customers(plain_tiers())["score"].dropna()
    assert (scores.round(3) == scores).all()


def test_by_revenue_the_biggest_comes_first():
    assert list(tiered_customers(plain_tiers())["customer_id"])[:2] == ["big", "small"]


def test_by_id_the_code_point_decides():
    lines = [
        ("b", "2026-01-01", "1.00"),
        ("B", "2026-01-02", "2.00"),
        ("é", "2026-01-03", "3.00"),
        ("客", "2026-01-04", "4.00"),
    ]
    listed = tiered_customers(tiers_of(dataset(lines, {})), order="id")
    assert list(listed["customer_id"]) == ["B", "b", "é", "客"]


def test_a_column_of_the_file_called_tier_does_not_hide_the_tier():
    own = CUSTOMERS | {"tier": ["gold", "tin", "tin", "gold"], "score": [1.0, 2.0, 3.0, 4.0]}
    listed = tiered_customers(tiers_of(dataset(customers=own)))
    assert row(listed, "big")["tier"] == "A"
    assert row(listed, "big")["tier_2"] == "tin"
    assert row(listed, "big")["score_2"] == 2.0


def test_a_renamed_column_does_not_hide_another():
    own = CUSTOMERS | {"tier": ["gold"] * 4, "tier_2": ["second"] * 4}
    big = row(tiered_customers(tiers_of(dataset(customers=own))), "big")
    assert (big["tier"], big["tier_2"], big["tier_3"]) == ("A", "second", "gold")


def test_customers_alone_have_the_same_first_columns_and_nothing_made_up():
    scenario = Scenario(tiers=("A", "B"), weights={"annual_revenue": 1}, cuts=Cuts(lines=(50.0,)))
    with_revenue = {"customer_id": ["a", "b"], "annual_revenue": [10.5, None]}
    only = Dataset(None, pa.table(with_revenue), plain().set_aside, (), "f" * 64)
    listed = tiered_customers(tiers_of(only, scenario))
    assert list(listed.columns) == [
        "customer_id", "score", "base_tier", "tier", "revenue", "annual_revenue", "orders", "recency_days",
        "standing",
    ]  # fmt: skip
    assert listed["orders"].isna().all()
    assert pd.isna(row(listed, "b")["revenue"])


@pytest.mark.parametrize("order", ["revenue", "id"])
def test_the_tiering_is_left_as_it_was(order):
    tiering = plain_tiers()
    before = tiering.base.customers.copy()
    tiered_customers(tiering, order=order)
    pd.testing.assert_frame_equal(tiering.base.customers, before)


def test_the_revenue_column_adds_up_to_the_file():
    listed = tiered_customers(plain_tiers())
    assert sum(map(Decimal, (line[2] for line in LINES))) == Decimal(str(round(listed["revenue"].sum(), 2)))


def test_dates_of_the_customers_file_stay_dates():
    assert row(tiered_customers(plain_tiers()), "big")["contract_end"] == date(2027, 6, 30)
