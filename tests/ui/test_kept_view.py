"""Retention and value as a page shows them: every part on whatever data there is."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from tests.ui.conftest import DATASETS, customers_of, dataset, orders_of
from tiering.words import LANGUAGES, Words

PARTS = ("retention", "survival", "value")


def view(run_page, language: str = "en", data=None):
    shown = run_page("movement", language, data)
    return shown.segmented_control(key="movement-view").set_value("kept").run()


def part(run_page, name: str, data=None):
    return view(run_page, "en", data).segmented_control(key="movement-kept").set_value(name).run()


def said(shown) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.info, *shown.caption))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", DATASETS)
def test_retention_shows_every_kind_of_data_without_an_error(run_page, language, data) -> None:
    shown = view(run_page, language, DATASETS[data]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert len(shown.markdown) + len(shown.info) > 0


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("data", ["orders only", "three customers", "one customer"])
def test_every_part_shows_small_data_without_an_error(run_page, name, data) -> None:
    shown = part(run_page, name, DATASETS[data]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_retention_of_the_sample_is_a_row_per_tier_and_one_of_all(run_page) -> None:
    table = view(run_page).dataframe[0].value
    assert table["label"].tolist() == ["S", "A", "B", "C", "All"]
    assert table["customers"][:4].sum() == table["customers"][4]
    assert (table["gross_share"] <= table["net_share"]).all()
    assert (table["gross_share"] <= 100).all()


def test_survival_starts_at_its_customers_and_falls(run_page) -> None:
    table = part(run_page, "survival").dataframe[0].value
    assert table["label"][0] == "All"
    assert table["m3_share"][0] >= table["m6_share"][0] >= table["m12_share"][0]


def test_a_higher_discount_lowers_every_value(run_page) -> None:
    shown = part(run_page, "value")
    before = shown.dataframe[-1].value
    shown.slider(key="movement-discount").set_value(30).run()
    after = shown.dataframe[-1].value
    assert (after["simple"] < before["simple"]).all()
    assert (after["moving"] < before["moving"]).all()


def test_without_costs_the_margin_rate_is_an_assumption_to_be_set(run_page) -> None:
    shown = part(run_page, "value", DATASETS["orders only"]())
    assert shown.slider(key="movement-margin_rate").value == 30


def test_contracts_have_a_calendar_where_the_file_names_their_ends(run_page) -> None:
    shown = part(run_page, "renewals")
    calendar = shown.dataframe[0].value
    assert len(calendar) == 14
    assert "contracts end this month or in the next three" in said(shown)


def test_contracts_are_shown_without_orders_too_where_a_date_is_known(run_page) -> None:
    ends = [date(2026, 1, 31), None] * 6
    table = customers_of(12).append_column("contract_end", pa.array(ends, pa.date32()))
    without_date = view(run_page, "en", dataset(None, table))
    assert Words("en")("movement.kept.needs_orders") in said(without_date)
    assert Words("en")("movement.renewal.no_date") in said(without_date)
    both = view(run_page, "en", dataset(orders_of(10), table))
    assert not both.exception


def test_a_file_of_under_six_months_says_what_it_takes(run_page) -> None:
    assert "it takes six months of orders" in view(run_page, "en", DATASETS["one customer"]()).info[0].value
