"""Every page in both languages, on whatever data there is."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests.ui.conftest import DATASETS, customers_of, dataset
from tiering.scenario import Scenario
from tiering.words import LANGUAGES, Words

PAGES = ("tiers", "customer", "segments", "movement", "strategy", "data", "report", "scenarios")
HAN = re.compile(r"[\u4e00-\u9fff]")


def texts(shown) -> list[str]:
    elements = (*shown.subheader, *shown.caption, *shown.button, *shown.warning, *shown.info)
    return [
        getattr(element, "value", None) or element.label for element in elements if not isinstance(element.value, bool)
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", DATASETS)
def test_every_page_shows_every_kind_of_data_without_an_error(run_page, page, language, data):
    shown = run_page(page, language, DATASETS[data]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert shown.subheader[0].value == Words(language)(f"nav.{page}")


@pytest.mark.parametrize("page", PAGES)
def test_no_chinese_word_is_left_on_an_english_page(run_page, page):
    shown = run_page(page, "en")
    assert [text for text in texts(shown) if HAN.search(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_any_customer_says_so(run_page, page):
    shown = run_page(page, "en", dataset(None, customers_of(0)))
    assert not shown.exception
    assert any("customer" in error.value for error in shown.error)


def test_three_customers_are_all_in_a_tier(run_page):
    table = run_page("customer", "en", DATASETS["three customers"]()).dataframe[0].value
    assert list(table["customer_id"]) == ["K3", "K2", "K1"]
    assert set(table["tier"]) <= set("SABC")


def test_the_search_finds_part_of_a_number(run_page):
    shown = run_page("customer", "en", DATASETS["orders only"]())
    shown.text_input(key="customer-search").set_value("K10").run()
    assert list(shown.dataframe[0].value["customer_id"]) == ["K10"]


def test_a_search_without_a_match_says_what_to_do(run_page):
    shown = run_page("customer", "en", DATASETS["orders only"]())
    shown.text_input(key="customer-search").set_value("nobody").run()
    assert shown.info[0].value == Words("en")("customer.none")


def test_a_name_is_shown_as_text_never_as_markup(run_page):
    shown = run_page("customer", "en", dataset(None, customers_of(5)))
    assert shown.dataframe[0].value["customer_name"].str.startswith("<b>").all()


def test_a_scenario_dated_after_the_last_order_leaves_the_controls_usable(run_page):
    later = Scenario(as_of=date(2030, 1, 1))
    shown = run_page("tiers", "en", DATASETS["orders only"](), scenario=later)
    assert [error.value for error in shown.error] == []
    assert shown.date_input[0].value == date(2030, 1, 1)


def test_every_amount_in_the_table_has_two_decimals(run_page):
    table = run_page("customer", "en", DATASETS["orders only"]()).dataframe[0]
    columns = json.loads(table.proto.columns)
    assert columns["annual_revenue"]["type_config"] == {"type": "number", "format": "accounting"}


def test_a_file_of_customers_has_its_one_figure_on_the_left_not_behind_three_gaps(run_page):
    shown = run_page("data", "en", DATASETS["customers only"]())
    assert [metric.label for metric in shown.columns[0].metric] == ["Customers"]
