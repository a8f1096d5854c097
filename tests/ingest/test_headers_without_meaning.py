"""Headers that say nothing: what the values alone speak for is offered, unsure; who the customer is gets asked."""

from __future__ import annotations

import pytest

from tests.ingest.readings import days, money, reading_of
from tiering.ingest import ensure_usable, suggest_mapping
from tiering.ingest.meaning.header_match import ACCEPTED
from tiering.ingest.meaning.suggestion import likely_customer
from tiering.problems import DataProblem, Problem

ORDERS = {
    "foo:id": ["K1", "K2", "K1", "K3"],
    "bar:date": days("2024-01-05", "2024-02-06", "2024-03-07", "2024-03-09"),
    "baz:money": money("10.50", "20.25", "5.00", "7.75"),
}


ORDERS_OF_CLASSES = {"foo:category": ORDERS["foo:id"]} | {key: ORDERS[key] for key in ("bar:date", "baz:money")}


def test_the_only_date_and_the_only_money_are_offered_as_unsure():
    mapping = suggest_mapping(reading_of(ORDERS), role="orders")
    assert (mapping.columns["order_date"], mapping.columns["amount"]) == ("bar", "baz")
    assert max(mapping.confidence.values()) < ACCEPTED


def test_a_code_under_a_word_without_meaning_is_never_taken_for_the_customer():
    reading = reading_of(ORDERS)
    mapping = suggest_mapping(reading, role="orders")
    assert "foo" in mapping.unmapped
    with pytest.raises(DataProblem) as problem:
        ensure_usable(reading, mapping)
    assert problem.value.code == Problem.NO_CUSTOMERS


def test_the_only_code_that_comes_back_is_offered_as_the_customer():
    reading = reading_of(ORDERS)
    mapping = suggest_mapping(reading)
    assert mapping.role == "orders"
    assert likely_customer(reading, mapping) == "foo"


def test_a_few_codes_taken_for_classes_are_codes_all_the_same():
    reading = reading_of(ORDERS_OF_CLASSES)
    assert likely_customer(reading, suggest_mapping(reading)) == "foo"


def test_places_that_come_back_are_no_codes():
    reading = reading_of(ORDERS_OF_CLASSES | {"foo:category": ["上海", "浙江省", "上海", "天津"]})
    assert likely_customer(reading, suggest_mapping(reading, role="orders")) is None


def test_of_two_codes_that_come_back_none_is_offered():
    reading = reading_of(ORDERS | {"shop:id": ["A", "A", "B", "B"]})
    assert likely_customer(reading, suggest_mapping(reading, role="orders")) is None


def test_nothing_is_offered_where_the_customer_is_known():
    reading = reading_of(ORDERS | {"Customer ID:id": ["K1", "K2", "K1", "K3"]})
    assert likely_customer(reading, suggest_mapping(reading)) is None


@pytest.mark.parametrize("kind", ["date", "money"])
def test_two_columns_of_a_kind_are_not_chosen_between(kind):
    twin = {"date": ORDERS["bar:date"], "money": ORDERS["baz:money"]}[kind]
    mapping = suggest_mapping(reading_of(ORDERS | {f"qux:{kind}": twin}), role="orders")
    assert {"date": "order_date", "money": "amount"}[kind] not in mapping.columns
