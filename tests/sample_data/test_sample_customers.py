"""What is known of the customers: complete where a company would know it, unknown where it would not."""

from __future__ import annotations

import pandas as pd

from sample_data.generator.market import read_market
from sample_data.tables import words


def test_every_ordering_customer_is_in_the_customers_file(orders: pd.DataFrame, customers: pd.DataFrame) -> None:
    assert set(orders["customer_id"]) <= set(customers["customer_id"])


def test_customer_ids_and_names_are_unique(customers: pd.DataFrame) -> None:
    assert customers["customer_id"].is_unique
    assert customers["customer_name"].is_unique


def test_prospects_have_attributes_and_no_history(orders: pd.DataFrame, customers: pd.DataFrame) -> None:
    prospects = customers[~customers["customer_id"].isin(orders["customer_id"])]
    assert 2 <= len(prospects) <= 3
    assert (prospects["stage"] == "需求").all()
    assert prospects[["industry", "size", "city"]].notna().all().all()
    assert prospects[["satisfaction", "current_tier", "contract_end", "overdue_days"]].isna().all().all()


def test_values_are_those_of_the_word_lists(customers: pd.DataFrame) -> None:
    assert set(customers["size"]) == {"大型", "中型", "小型"}
    assert set(customers["decision_chain"]) == {"短", "中", "长"}
    assert set(customers["region"]) == {"华东", "华南", "华北", "华中", "西南", "西北", "东北"}
    assert set(customers["credit"].dropna()) == {"AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C"}
    assert set(customers["satisfaction"].dropna()) <= {1.0, 2.0, 3.0, 4.0, 5.0}
    assert set(customers["current_tier"].dropna()) == {"S", "A", "B", "C"}


def test_every_industry_of_the_set_has_customers(key: str, customers: pd.DataFrame) -> None:
    named = {words()["industries"][industry]["zh"] for industry in read_market(key).habits.industries}
    assert set(customers["industry"]) == named


def test_cities_lie_in_their_regions(customers: pd.DataFrame) -> None:
    assert (customers.groupby("city")["region"].nunique() == 1).all()
    assert set(customers.loc[customers["city"] == "上海", "region"]) == {"华东"}
    assert set(customers.loc[customers["city"] == "成都", "region"]) == {"西南"}


def test_account_owners_keep_to_their_region(customers: pd.DataFrame) -> None:
    assert (customers.groupby("owner")["region"].nunique() == 1).all()


def test_some_answers_are_missing(customers: pd.DataFrame) -> None:
    assert 0.05 < customers["satisfaction"].isna().mean() < 0.25
    assert 0.01 < customers["credit"].isna().mean() < 0.10
    assert 0.10 < customers["wallet"].isna().mean() < 0.30


def test_large_companies_buy_more_and_decide_longer(orders: pd.DataFrame, customers: pd.DataFrame) -> None:
    revenue = orders.groupby("customer_id")["amount"].sum()
    median = customers.set_index("customer_id").join(revenue).groupby("size")["amount"].median()
    assert median["大型"] > median["中型"] > median["小型"]
    long = (customers["decision_chain"] == "长").groupby(customers["size"]).mean()
    assert long["大型"] > long["中型"] > long["小型"]


def test_lost_customers_were_less_content(customers: pd.DataFrame) -> None:
    content = customers.groupby("stage")["satisfaction"].mean()
    assert content["流失"] < content["复购"]


def test_groups_have_one_level_and_share_a_brand(customers: pd.DataFrame) -> None:
    by_id = customers.set_index("customer_id")
    daughters = by_id[by_id["parent_id"].notna()]
    parents = by_id.loc[daughters["parent_id"]]
    assert len(daughters) >= 10
    assert parents["parent_id"].isna().all()
    assert parents["customer_name"].str.contains("集团").all()
    assert (daughters["customer_name"].str[:2].to_numpy() == parents["customer_name"].str[:2].to_numpy()).all()


def test_the_stage_follows_from_the_orders(orders: pd.DataFrame, customers: pd.DataFrame) -> None:
    sales = orders[orders["amount"] > 0]
    last = customers["customer_id"].map(sales.groupby("customer_id")["order_date"].max())
    silent = last < pd.Timestamp("2025-09-30")
    assert (customers.loc[silent, "stage"] == "流失").all()
    assert set(customers["stage"]) == {"需求", "签约", "交付", "运行", "复购", "流失"}


def test_customers_who_came_after_the_last_review_have_no_tier(orders: pd.DataFrame, customers: pd.DataFrame) -> None:
    first = customers["customer_id"].map(orders.groupby("customer_id")["order_date"].min())
    late = first >= pd.Timestamp("2025-10-01")
    assert late.sum() > 10
    assert customers.loc[late, "current_tier"].isna().all()


def test_contracts_end_around_now_for_some_and_are_over_for_the_lost(key: str, customers: pd.DataFrame) -> None:
    ends = pd.to_datetime(customers["contract_end"])
    today = pd.Timestamp("2026-09-30")
    assert ends.notna().sum() > {"industrial_equipment": 40}.get(key, 200)
    assert ends.between(today, today + pd.DateOffset(months=6)).sum() >= 20
    assert (ends[customers["stage"] == "流失"].dropna() < today + pd.DateOffset(months=6)).all()


def test_unreal_companies_avoid_known_brands(customers: pd.DataFrame) -> None:
    known = {"海尔", "海信", "华为", "联想", "中信", "万科", "奥迪", "康师", "恒大", "腾讯", "阿里", "百度"}
    assert not known & set(customers["customer_name"].str[:2])
