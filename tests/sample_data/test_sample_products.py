"""Products come in categories with prices, costs and lives of their own."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from sample_data import load_canonical, load_sample
from sample_data.tables import market


def test_amount_is_quantity_times_unit_price_to_the_cent(key: str) -> None:
    orders = load_sample(key, "en")[0]
    lines = zip(*(orders[name].to_pylist() for name in ("Quantity", "Unit price", "Amount")), strict=True)
    assert all(quantity * price == amount for quantity, price, amount in lines)


def test_quantities_and_amounts_share_their_sign(orders: pd.DataFrame) -> None:
    assert ((orders["quantity"] > 0) == (orders["amount"] > 0)).all()
    assert (orders["amount"] != 0).all()


def test_margins_vary_by_product_and_services_earn_most(orders: pd.DataFrame) -> None:
    totals = orders.groupby("product")[["amount", "cost"]].sum()
    margin = 1 - totals["cost"] / totals["amount"]
    assert margin.min() < 0.15
    assert margin.max() > 0.40
    assert 0.2 < 1 - totals["cost"].sum() / totals["amount"].sum() < 0.6


def test_every_product_of_the_catalogue_is_sold(key: str) -> None:
    catalogue = {row["en"] for row in market(key)["products"].values()}
    assert set(load_canonical(key, "en")[0]["product"].to_pylist()) == catalogue


def test_new_products_sell_from_their_launch_on(key: str) -> None:
    launched = {row["en"]: row["launched"] for row in market(key)["products"].values() if "launched" in row}
    orders = load_canonical(key, "en")[0].to_pandas()
    first = orders[orders["amount"] > 0].groupby("product")["order_date"].min()
    assert len(launched) >= 2
    for product, day in launched.items():
        assert first[product] >= day


def test_products_to_be_retired_fade_and_earn_little(key: str) -> None:
    fading = [row["en"] for row in market(key)["products"].values() if row.get("fading")]
    orders = load_canonical(key, "en")[0].to_pandas()
    sold = orders[orders["product"].isin(fading)]
    assert len(fading) == 1
    assert float(1 - sold["cost"].sum() / sold["amount"].sum()) < 0.15
    assert sold["amount"].sum() < orders["amount"].sum() * Decimal("0.03")


def test_a_product_has_one_category_and_a_category_several_customers(orders: pd.DataFrame) -> None:
    assert (orders.groupby("product")["category"].nunique() == 1).all()
    assert (orders.groupby("category")["customer_id"].nunique() > 20).all()


def test_customers_differ_in_breadth(orders: pd.DataFrame) -> None:
    breadth = orders.groupby("customer_id")["category"].nunique()
    assert (breadth == 1).any()
    assert (breadth >= 5).any()


def test_an_order_belongs_to_one_customer_and_day_and_names_a_product_once(orders: pd.DataFrame) -> None:
    by_order = orders.groupby("order_id")
    assert (by_order["customer_id"].nunique() == 1).all()
    assert (by_order["order_date"].nunique() == 1).all()
    assert not orders.duplicated(["order_id", "product"]).any()
    assert (by_order.size() > 1).any()
