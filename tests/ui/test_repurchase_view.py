"""Repurchase as a page shows it: tested probabilities, or kind refusals with plain counts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.ui.conftest import DATASETS, dataset
from tiering.words import LANGUAGES, Words


def view(run_page, language: str = "en", data=None):
    shown = run_page("movement", language, data)
    return shown.segmented_control(key="movement-view").set_value("repurchase").run()


def said(shown) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.info, *shown.caption))


def orders_of(customers: int, days: int) -> pa.Table:
    rows = [
        (f"K{k}", date(2024, 1, 1) + timedelta(day)) for k in range(customers) for day in range(k % 20, days, 15 + k)
    ]
    return pa.table(
        {
            "customer_id": [who for who, _ in rows],
            "order_date": pa.array([day for _, day in rows], pa.date32()),
            "amount": pa.array([Decimal(100)] * len(rows), pa.decimal128(18, 2)),
        }
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [name for name in DATASETS if name != "sample"])
def test_repurchase_shows_small_data_without_an_error(run_page, language, data) -> None:
    shown = view(run_page, language, DATASETS[data]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert shown.info


def test_the_sample_shows_probabilities_with_their_error_and_demand_by_tier(run_page) -> None:
    shown = view(run_page)
    assert not shown.exception
    quality, demand, customers = (table.value for table in shown.dataframe[:3])
    assert quality["method"].str.contains("in use").sum() == 1
    in_use = quality["method"].str.contains("in use")
    assert quality.loc[in_use, "brier"].item() < quality["brier"][0]  # the average for everybody
    assert demand["label"].tolist() == ["S", "A", "B", "C"]
    assert customers["money"].is_monotonic_decreasing
    assert "beyond chance" in said(shown)
    shown.segmented_control(key="movement-rank").set_value("chance").run()
    assert shown.dataframe[2].value["order_chance"].is_monotonic_decreasing


def test_thirty_customers_are_refused_kindly_with_plain_counts(run_page) -> None:
    shown = view(run_page, data=dataset(orders_of(30, 700), None))
    assert shown.info[0].value == Words("en")("movement.repurchase.too_little_customers", needed=200, n=30)
    assert shown.dataframe[0].value["then"].sum() == 30


def test_a_short_history_says_how_many_months_it_takes(run_page) -> None:
    shown = view(run_page, data=dataset(orders_of(30, 200), None))
    assert "it takes 12 months of orders" in shown.info[0].value
