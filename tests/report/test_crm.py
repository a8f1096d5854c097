"""The file for the CRM: its own column names, its own order, text that never computes."""

from __future__ import annotations

import csv
import io

import pytest
from pydantic import ValidationError

from tests.report.four_customers import CUSTOMERS, SCENARIO, dataset, plain, tiers_of
from tiering.report.csv import crm_columns, crm_csv, crm_lacking
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario.plan import Crm, CrmColumn


def columns(**names: str) -> Crm:
    return Crm(columns=tuple(CrmColumn(column=column, name=name) for column, name in names.items()))


def rows(crm: Crm, data=None) -> list[list[str]]:
    data = data or plain()
    tiering = tiers_of(data, SCENARIO.model_copy(update={"crm": crm}))
    text = b"".join(crm_csv(tiering, data)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_columns_stand_in_the_chosen_order_under_the_chosen_names():
    header, *lines = rows(columns(tier="Account_Tier__c", customer_id="AccountNumber"))
    assert header == ["Account_Tier__c", "AccountNumber"]
    assert lines == [["A", "big"], ["B", "gone"], ["", "never"], ["B", "small"]]


def test_without_a_choice_the_usual_columns_are_written_under_our_names():
    assert rows(Crm())[0] == ["customer_id", "customer_name", "tier", "score", "annual_revenue"]


def test_a_column_the_data_lost_is_written_empty_and_named():
    crm = columns(customer_id="Id", segment="Segment")
    assert crm_lacking(tiered_customers(tiers_of(plain())), crm) == ["segment"]
    assert [line[1] for line in rows(crm)] == ["Segment", "", "", "", ""]


def test_text_that_would_compute_is_kept_from_it():
    named = dataset(customers=CUSTOMERS | {"customer_name": ["=1+1", "b", "c", "d"]})
    assert ["small", "'=1+1"] in rows(columns(customer_id="Id", customer_name="Name"), named)


@pytest.mark.parametrize("pairs", [(("tier", "T"), ("tier", "U")), (("tier", "T"), ("score", "T"))])
def test_neither_a_column_nor_a_name_is_there_twice(pairs):
    with pytest.raises(ValidationError):
        Crm(columns=tuple(CrmColumn(column=column, name=name) for column, name in pairs))


def test_the_choice_goes_with_the_scenario():
    crm = columns(tier="等级")
    scenario = SCENARIO.model_copy(update={"crm": crm})
    assert type(scenario).model_validate_json(scenario.model_dump_json()).crm == crm
    assert crm_columns(tiered_customers(tiers_of(plain())), crm) == crm.columns
