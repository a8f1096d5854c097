"""Proposed weights and how sure the tiers are, as a person uses them on the page of tiers."""

from __future__ import annotations

import pytest
import streamlit as st

from tests.ui.conftest import DATASETS, customers_of, dataset
from tiering.ui.state import Choices
from tiering.words import LANGUAGES, Words


@pytest.fixture(autouse=True)
def _nothing_looked_up_before():
    st.cache_resource.clear()


def opened(run_page, section: str, language: str = "en", data=None):
    """The page of tiers with one of its sections open."""
    shown = run_page("tiers", language, data)
    shown.session_state[section] = True
    return shown.run()


def choices(shown) -> Choices:
    return shown.session_state["choices"]


def checked(run_page, language: str = "en", data=None):
    """The section on how sure the tiers are, after its button."""
    return opened(run_page, "sure-open", language, data).button(key="sure-compute").click().run()


def borderline(shown):
    return next(table.value for table in shown.dataframe if "kept" in table.value)


def test_nothing_is_computed_before_it_is_asked_for(run_page):
    words = Words("en")
    shown = opened(run_page, "sure-open")
    assert shown.button(key="sure-compute").label == words("sure.compute", draws=1000)
    assert not any("kept" in table.value for table in shown.dataframe)
    assert "sure-compute" not in {button.key for button in run_page("tiers", "en").button}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_counts_every_customer_with_a_tier(run_page, language):
    shown = checked(run_page, language)
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert len(borderline(shown)) <= 200
    assert any(Words(language)("sure.standing.leaning") == cell for cell in borderline(shown)["standing"])


def test_the_borderline_list_holds_nobody_firm_and_begins_with_most_at_stake(run_page):
    table = borderline(checked(run_page))
    assert (table["kept"] < 0.9).all()
    assert table["stake"].is_monotonic_decreasing
    assert (table["tier"] != table["otherwise"]).all()
    assert table["flip"].str.contains("→").any()


def test_the_answer_stays_until_a_weight_is_moved_and_is_then_asked_for_again(run_page):
    shown = checked(run_page)
    assert "sure-compute" not in {button.key for button in shown.run().button}
    scenario = choices(shown).scenario
    weights = {**scenario.weights, "annual_revenue": 10}
    shown.session_state["choices"] = Choices(
        language="en", scenario=scenario.model_copy(update={"weights": weights}), baseline=scenario
    )
    assert "sure-compute" in {button.key for button in shown.run().button}


def test_the_list_turns_to_the_customers_who_are_not_firm(run_page):
    shown = checked(run_page).button(key="sure-list").click().run()
    assert shown.subheader[0].value == Words("en")("nav.customer")
    assert len(choices(shown).listed[1]) > 0


@pytest.mark.parametrize("data", [name for name in DATASETS if name != "sample"])
def test_how_sure_is_told_of_every_kind_of_data(run_page, data):
    shown = checked(run_page, "zh", DATASETS[data]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_without_a_score_there_is_nothing_to_be_sure_of(run_page):
    shown = opened(run_page, "sure-open", "en", dataset(None, customers_of(5)))
    scenario = choices(shown).scenario
    zero = scenario.model_copy(update={"weights": dict.fromkeys(scenario.weights, 0)})
    shown.session_state["choices"] = Choices(language="en", dataset=choices(shown).dataset, scenario=zero)
    shown.run()
    assert Words("en")("tiers.weights_zero") in [info.value for info in shown.info]
    assert "sure-compute" not in {button.key for button in shown.button}
