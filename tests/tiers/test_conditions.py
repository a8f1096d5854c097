"""Conditions: which customers a rule is about, whatever kind its column is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tiering.scenario.exceptions import Condition, Test
from tiering.tiers.conditions import Fault, fields_of, fitting_tests, kind_of, satisfied

CUSTOMERS = pd.DataFrame(
    {
        "customer_id": ["a", "b", "c", "d"],
        "annual_revenue": [500_000.0, 500_000.01, None, 10.0],
        "credit": ["AAA", "BBB", "C", None],
        "size": ["大型", "small", "微型企业", "unheard of"],
        "region": ["华东", " 华南 ", None, "North, East"],
        "contract_end": [date(2026, 12, 31), None, date(2026, 9, 30), date(2027, 1, 1)],
        "first_order": pd.to_datetime(["2020-01-01", "2026-01-01", None, "2021-06-30"]),
        "empty": [None, None, None, None],
    }
)


def holding(field: str, test: Test, value: float | str = "") -> str:
    holds = satisfied(CUSTOMERS, Condition(field=field, test=test, value=value)).holds
    return "".join(CUSTOMERS["customer_id"][holds])


@pytest.mark.parametrize(
    ("field", "test", "value", "who"),
    [
        ("annual_revenue", "at_least", 500_000, "ab"),
        ("annual_revenue", "above", 500_000, "b"),
        ("annual_revenue", "at_most", 500_000, "ad"),
        ("annual_revenue", "below", 500_000, "d"),
        ("annual_revenue", "is", 10, "d"),
        ("annual_revenue", "is_not", 10, "ab"),
        ("annual_revenue", "unknown", "", "c"),
        ("credit", "at_least", "BBB", "ab"),
        ("credit", "below", "bbb", "c"),
        ("size", "at_least", "大", "a"),
        ("size", "at_most", "小型", "bc"),
        ("region", "is", "华南", "b"),
        ("region", "is", "华东、华南", "ab"),
        ("region", "is", "North, East", "d"),
        ("region", "is_not", "华东", "bd"),
        ("region", "known", "", "abd"),
        ("contract_end", "at_most", "2026-12-31", "ac"),
        ("contract_end", "above", "2026-12-31", "d"),
        ("first_order", "below", "2021-06-30", "a"),
    ],
)
def test_whom_a_condition_is_about(field: str, test: Test, value: float | str, who: str) -> None:
    assert holding(field, test, value) == who


@pytest.mark.parametrize(
    ("field", "test", "value", "fault"),
    [
        ("no such column", "at_least", 1, Fault.NO_COLUMN),
        ("customer_id", "is", "a", Fault.NO_COLUMN),
        ("annual_revenue", "at_least", "plenty", Fault.NOT_A_NUMBER),
        ("annual_revenue", "at_least", "", Fault.NO_VALUE),
        ("credit", "at_least", "excellent", Fault.NOT_A_GRADE),
        ("contract_end", "at_most", "next year", Fault.NOT_A_DATE),
        ("region", "at_least", "华东", Fault.TEST_UNFIT),
    ],
)
def test_a_condition_that_cannot_be_asked_holds_of_nobody_and_says_why(
    field: str, test: Test, value: float | str, fault: Fault
) -> None:
    answer = satisfied(CUSTOMERS, Condition(field=field, test=test, value=value))
    assert answer.fault == fault
    assert not answer.holds.any()


def test_what_is_not_known_is_counted_and_meets_no_comparison() -> None:
    below = satisfied(CUSTOMERS, Condition(field="annual_revenue", test="below", value=1e12))
    assert (int(below.holds.sum()), below.unknown) == (3, 1)
    assert satisfied(CUSTOMERS, Condition(field="size", test="at_least", value="微型")).unknown == 1  # "unheard of"


def test_columns_that_hold_something_are_offered_with_their_kind_and_fitting_tests() -> None:
    fields = fields_of(CUSTOMERS)
    assert fields == {
        "annual_revenue": "number",
        "credit": "grade",
        "size": "grade",
        "region": "text",
        "contract_end": "date",
        "first_order": "date",
    }
    assert "at_least" not in fitting_tests(fields["region"])
    assert "at_least" in fitting_tests(kind_of(CUSTOMERS["credit"]))
