"""Generated customers in any number keep the shape of the sample set."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pyarrow as pa
import pytest

from sample_data import load_canonical


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """The benchmark's script, which is no part of an installed package."""
    path = Path(__file__).parents[2] / "benchmarks" / "generate_customers.py"
    spec = importlib.util.spec_from_file_location("generate_customers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def thirty_thousand(generator: ModuleType) -> tuple[pa.Table, pa.Table]:
    return generator.generated_customers(30_000, seed=1)


def test_every_customer_asked_for_is_there_once_and_has_ordered(thirty_thousand: tuple[pa.Table, pa.Table]) -> None:
    orders, customers = (table.to_pandas() for table in thirty_thousand)
    assert len(customers) == 30_000
    assert customers["customer_id"].is_unique
    assert customers["customer_name"].is_unique
    assert set(orders["customer_id"]) == set(customers["customer_id"])


def test_a_customer_has_four_to_six_lines(thirty_thousand: tuple[pa.Table, pa.Table]) -> None:
    orders, customers = thirty_thousand
    assert 4 <= orders.num_rows / customers.num_rows <= 6


def test_columns_are_those_of_the_sample_set(thirty_thousand: tuple[pa.Table, pa.Table]) -> None:
    orders, customers = thirty_thousand
    sample_orders, sample_customers = load_canonical("industrial_equipment", "zh")
    assert orders.schema.equals(sample_orders.schema)
    kinds = {field.name: field.type for field in sample_customers.schema}
    assert all(kinds[field.name] == field.type for field in customers.schema)


def test_revenue_stays_heavy_tailed(thirty_thousand: tuple[pa.Table, pa.Table]) -> None:
    orders = thirty_thousand[0].select(["customer_id", "amount"]).to_pandas()
    revenue = orders.astype({"amount": float}).groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    assert 0.70 <= revenue.head(6_000).sum() / revenue.sum() <= 0.85


def test_an_order_id_means_one_order_of_one_customer(thirty_thousand: tuple[pa.Table, pa.Table]) -> None:
    orders: pd.DataFrame = thirty_thousand[0].select(["customer_id", "order_id"]).to_pandas()
    assert (orders.groupby("order_id")["customer_id"].nunique() == 1).all()


def test_the_same_seed_gives_the_same_customers(generator: ModuleType) -> None:
    once, again, other = (generator.generated_customers(300, seed) for seed in (1, 1, 2))
    assert once[0].equals(again[0])
    assert once[1].equals(again[1])
    assert not once[0].equals(other[0])
