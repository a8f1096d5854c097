"""The filters of the customers page: prospects, who have not bought yet, apart from customers."""

from __future__ import annotations

import pytest

from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.evaluate import evaluate
from tiering.scenario import Scenario
from tiering.ui.pages.customers.list import CustomerFilter, matching_rows


def labels(shown) -> list[str]:  # type: ignore[no-untyped-def]
    return [
        option.content for one in shown.button_group if one.key == "customer-bought" for option in one.proto.options
    ]


def test_prospects_and_customers_are_listed_apart(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("customer", "zh", dataset(orders_of(4), customers_of(7)))
    assert not shown.exception
    assert labels(shown) == ["全部 7", "客户 4", "潜在客户 3"]
    shown.segmented_control(key="customer-bought").select("prospects").run()
    assert not shown.exception
    assert sorted(shown.dataframe[0].value["customer_id"]) == ["K5", "K6", "K7"]


@pytest.mark.parametrize(("orders", "customers"), [(4, 4), (4, None), (None, 4)])
def test_without_both_there_is_nothing_to_tell_apart(run_page, orders, customers) -> None:  # type: ignore[no-untyped-def]
    tables = (orders and orders_of(orders), customers and customers_of(customers))
    shown = run_page("customer", "en", dataset(*tables))
    assert not shown.exception
    assert labels(shown) == []


def test_filters_add_up() -> None:
    tiering = evaluate(dataset(orders_of(4), customers_of(7)), Scenario())
    rows = {
        bought: matching_rows(tiering, CustomerFilter("", (), bought=bought)).size for bought in ("buyers", "prospects")
    }
    assert rows == {"buyers": 4, "prospects": 3}
    assert matching_rows(tiering, CustomerFilter("K7", (), bought="buyers")).size == 0
