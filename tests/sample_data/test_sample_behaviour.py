"""The sample companies behave like real ones: few large customers, seasons, arrivals, departures, returns."""

from __future__ import annotations

import pandas as pd
import pytest

END = pd.Timestamp("2026-09-30")
NEW_YEARS = [pd.Timestamp(day) for day in ("2024-02-10", "2025-01-29", "2026-02-17")]


def months_ago(months: int) -> pd.Timestamp:
    return END - pd.DateOffset(months=months)


def test_three_years_end_on_30_september_2026(orders: pd.DataFrame) -> None:
    assert orders["order_date"].min() >= pd.Timestamp("2023-10-01")
    assert orders["order_date"].min() <= pd.Timestamp("2023-10-12"), "first days after the National Day week"
    assert orders["order_date"].max() == END


def test_sets_have_the_size_they_promise(
    key: str, orders: pd.DataFrame, customers: pd.DataFrame, sales: pd.DataFrame
) -> None:
    buyers = {"industrial_equipment": 1000, "saas": 600, "internet_infrastructure": 400}[key]
    assert sales["customer_id"].nunique() == buyers
    assert 10_000 <= len(orders) <= 20_000
    assert 2 <= len(customers) - buyers <= 3, "prospects"


def test_a_fifth_of_the_customers_makes_70_to_85_percent_of_revenue(orders: pd.DataFrame) -> None:
    revenue = orders.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    share = revenue.head(len(revenue) // 5).sum() / revenue.sum()
    assert 0.70 <= share <= 0.85


def test_no_single_customer_is_the_whole_business(orders: pd.DataFrame) -> None:
    revenue = orders.groupby("customer_id")["amount"].sum()
    assert revenue.max() / revenue.sum() < 0.06


def test_one_to_four_percent_comes_back(orders: pd.DataFrame, sales: pd.DataFrame) -> None:
    back = orders[orders["amount"] < 0]
    assert 0.01 <= -back["amount"].sum() / sales["amount"].sum() <= 0.04
    assert 0.01 <= len(back) / len(orders) <= 0.04
    assert set(back["订单类型"]) == {"退货", "折让"}


def test_returns_have_numbers_of_their_own_and_a_sale_before(orders: pd.DataFrame, sales: pd.DataFrame) -> None:
    back = orders[orders["amount"] < 0]
    assert back["order_id"].str.startswith("RT").all()
    assert sales["order_id"].str.startswith("SO").all()
    first_sale = sales.groupby(["customer_id", "product"])["order_date"].min().rename("sold")
    matched = back.join(first_sale, on=["customer_id", "product"])
    assert (matched["sold"] < matched["order_date"]).all()


def test_at_least_5_percent_are_newcomers_of_the_last_half_year(sales: pd.DataFrame) -> None:
    first = sales.groupby("customer_id")["order_date"].min()
    assert 0.05 <= (first > months_ago(6)).mean() <= 0.15


def test_8_to_20_percent_have_been_silent_for_a_year(sales: pd.DataFrame) -> None:
    last = sales.groupby("customer_id")["order_date"].max()
    assert 0.08 <= (last <= months_ago(12)).mean() <= 0.20


def test_some_customers_grow_and_some_decline(orders: pd.DataFrame) -> None:
    def revenue(start: int, end: int) -> pd.Series:
        dates = orders["order_date"]
        within = orders[(dates > months_ago(start)) & (dates <= months_ago(end))]
        return within.groupby("customer_id")["amount"].sum()

    change = (revenue(12, 0) / revenue(24, 12)).dropna()
    assert (change > 1.2).mean() > 0.2
    assert (change < 0.8).mean() > 0.2


def test_the_company_neither_explodes_nor_collapses(orders: pd.DataFrame) -> None:
    year = (orders["order_date"] + pd.DateOffset(months=3)).dt.year
    revenue = orders.groupby(year)["amount"].sum()
    assert list(revenue.index) == [2024, 2025, 2026]
    assert revenue.pct_change().dropna().between(-0.15, 0.35).all()


def test_little_happens_at_chinese_new_year(sales: pd.DataFrame) -> None:
    ordered = sales[sales["订单类型"] != "订阅"]
    usual = ordered["amount"].sum() / 1096
    for festival in NEW_YEARS:
        week = ordered["order_date"].between(festival, festival + pd.Timedelta(days=6))
        assert ordered.loc[week, "amount"].sum() / 7 < 0.1 * usual


def test_quarters_close_with_a_rush(sales: pd.DataFrame) -> None:
    ordered = sales[sales["订单类型"] != "订阅"]
    dates = ordered["order_date"]
    rush = dates + pd.Timedelta(days=10) > dates + pd.offsets.QuarterEnd(0)
    days = pd.date_range("2023-10-01", END)
    rush_days = (days + pd.Timedelta(days=10) > days + pd.offsets.QuarterEnd(0)).sum()
    assert rush.sum() / rush_days > 1.4 * len(ordered) / len(days)


def test_february_is_the_weakest_month(orders: pd.DataFrame) -> None:
    monthly = orders.groupby(orders["order_date"].dt.month)["amount"].sum()
    assert monthly.idxmin() == 2


def test_people_order_on_working_days(sales: pd.DataFrame) -> None:
    assert (sales["order_date"].dt.day_of_week >= 5).mean() < 0.05


def test_projects_are_rare_and_large(sales: pd.DataFrame) -> None:
    value = sales.groupby(["订单类型", "order_id"])["amount"].sum()
    assert value["项目"].median() > 3 * value["销售"].median()
    assert len(value["项目"]) < 0.15 * (len(value["项目"]) + len(value["销售"]))


def test_customers_keep_rhythms_of_their_own(sales: pd.DataFrame) -> None:
    days = sales.drop_duplicates(["customer_id", "order_date"]).sort_values("order_date")
    gaps = days.groupby("customer_id")["order_date"].diff().dt.days
    median = gaps.groupby(days["customer_id"]).median().dropna()
    assert median.quantile(0.9) > 3 * median.quantile(0.1)
    orders = sales.groupby("customer_id")["order_id"].nunique()
    assert (orders == 1).any()
    assert (orders >= 20).any()


def test_all_eight_rfm_groups_have_members(sales: pd.DataFrame) -> None:
    by_customer = sales.groupby("customer_id")
    recency = (END - by_customer["order_date"].max()).dt.days
    frequency, money = by_customer["order_id"].nunique(), by_customer["amount"].sum()
    high = pd.DataFrame(
        {
            "recent": recency <= recency.median(),
            "frequent": frequency > frequency.median(),
            "large": money > money.median(),
        }
    )
    assert high.value_counts().size == 8


@pytest.mark.parametrize(("months", "more_than"), [((0, 3), 10), ((3, 12), 25), ((12, 37), 200)])
def test_every_stage_of_life_has_members(sales: pd.DataFrame, months: tuple[int, int], more_than: int) -> None:
    first = sales.groupby("customer_id")["order_date"].min()
    stage = (first <= months_ago(months[0])) & (first > months_ago(months[1]))
    assert stage.sum() > more_than
