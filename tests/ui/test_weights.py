"""Proposed weights and how sure the tiers are, as a person uses them on the page of tiers."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st

from tests.ui.conftest import DATASETS, customers_of, dataset
from tiering.indicators.catalogue import CATALOGUE
from tiering.scenario import Scenario
from tiering.scenario.measures import Judgement, Stated
from tiering.ui.base.regions import DOCKED
from tiering.ui.base.state import Choices
from tiering.ui.pages.tiers.weights.panel import METHODS
from tiering.ui.pages.tiers.weights.proposal import Proposal, proposed_weights
from tiering.ui.pages.tiers.weights.stated import ratio_label, ratio_of
from tiering.words import LANGUAGES, Words

LACKING = {i.key for i in CATALOGUE if i.needs == i.key} - {"satisfaction", "size", "credit", "overdue_days", "wallet"}


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


# proposed weights


def proposed(shown):
    """Indicator → (share proposed, new weight) of the comparison on the page."""
    table = next(table.value for table in shown.dataframe if "proposed" in table.value)
    return {row.indicator: (row.proposed, row.weight) for row in table.itertuples()}


def by(run_page, method: str, language: str = "en", data=None, **more):
    """The section of proposed weights with a method chosen."""
    shown = run_page("tiers", language, data, **more)
    shown.session_state[DOCKED] = "weights"
    shown.session_state["weights-kept-method"] = method
    return shown.run()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_proposes_whole_weights_beside_the_present_shares(run_page, method):
    shown = by(run_page, method)
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    shares, weights = zip(*proposed(shown).values(), strict=True)
    assert sum(shares) == pytest.approx(1, abs=0.01)
    assert max(weights) == 100


@pytest.mark.parametrize("data", [name for name in DATASETS if name != "sample"])
def test_every_method_proposes_or_says_why_not_on_every_kind_of_data(run_page, data):
    shown = by(run_page, METHODS[0], "zh", DATASETS[data]())
    for method in METHODS:
        shown.session_state["weights-kept-method"] = method
        shown.run()
        assert not shown.exception
        assert [error.value for error in shown.error] == []
        assert shown.info or proposed(shown)


def test_the_rank_of_the_present_weights_keeps_their_order(run_page):
    weights = [weight for _, weight in proposed(by(run_page, "rank")).values()]
    assert weights == sorted(weights, reverse=True)
    assert list(proposed(by(run_page, "rank")))[:3] == ["Annual revenue", "Gross margin", "Recency"]


def test_a_stated_order_decides_the_shares_and_is_kept_with_the_scenario(run_page):
    stated = Scenario(stated=Stated(ranking=("growth", "gone", "annual_revenue")))
    shown = by(run_page, "rank", scenario=stated)
    assert {name: share for name, (share, weight) in proposed(shown).items() if weight} == {
        "Year-on-year growth": 0.752,
        "Annual revenue": 0.248,
    }
    assert choices(shown).scenario.stated == stated.stated


def test_a_judgement_of_the_file_is_on_its_slider_whichever_way_round(run_page):
    said = Stated(
        compared=("annual_revenue", "growth"),
        judgements=(Judgement(first="growth", second="annual_revenue", step=-4),),
    )
    shown = by(run_page, "pairs", scenario=Scenario(stated=said))
    assert shown.multiselect(key="weights-compared").value == ["annual_revenue", "growth"]
    assert shown.select_slider(key="weights-pair-annual_revenue-growth").value == 4


def test_a_judgement_is_one_step_of_undo_and_kept_with_the_scenario(run_page):
    shown = by(run_page, "pairs", scenario=Scenario(stated=Stated(compared=("annual_revenue", "growth"))))
    shown.select_slider(key="weights-pair-annual_revenue-growth").set_value(2).run()
    shown.select_slider(key="weights-pair-annual_revenue-growth").set_value(3).run()
    made = Judgement(first="annual_revenue", second="growth", step=3)
    assert choices(shown).scenario.stated.judgements == (made,)


def test_taking_over_is_one_step_of_undo_and_makes_the_goal_the_users_own(run_page):
    shown = by(run_page, "equal")
    before = choices(shown).scenario
    shown.button_group(key="weights-which").set_value(["annual_revenue", "growth"]).run()
    shown.button(key="weights-apply").click().run()
    after = choices(shown).scenario
    before_lacking = {key: weight for key, weight in before.weights.items() if key in LACKING}
    assert {key for key, weight in after.weights.items() if weight} - LACKING == {"annual_revenue", "growth"}
    assert {key: weight for key, weight in after.weights.items() if key in LACKING} == before_lacking
    assert (after.weights["growth"], after.goal, after.cuts) == (100, "own", before.cuts)
    next(button for button in shown.button if button.label == Words("en")("tiers.undo")).click().run()
    assert choices(shown).scenario == before


def test_the_present_weights_need_not_be_taken_over(run_page):
    shown = by(run_page, "equal")
    shown.button(key="weights-apply").click().run()
    assert shown.button(key="weights-apply").disabled


def test_judging_a_pair_moves_its_weights_and_the_judgement_is_kept(run_page):
    shown = by(run_page, "pairs")
    shown.multiselect(key="weights-compared").set_value(["annual_revenue", "growth"]).run()
    shown.select_slider(key="weights-pair-annual_revenue-growth").set_value(2).run()
    found = proposed(shown)
    assert found["Annual revenue"] == (0.752, 100)
    assert found["Year-on-year growth"] == (0.248, 33)
    shown.multiselect(key="weights-compared").set_value(["growth", "annual_revenue"]).run()
    assert shown.select_slider(key="weights-pair-growth-annual_revenue").value == -2


def test_judgements_in_a_circle_are_told_with_their_names(run_page):
    shown = by(run_page, "pairs")
    shown.multiselect(key="weights-compared").set_value(["annual_revenue", "growth", "trend"]).run()
    for pair, step in (("annual_revenue-growth", 4), ("growth-trend", 4), ("annual_revenue-trend", -4)):
        shown.select_slider(key=f"weights-pair-{pair}").set_value(step).run()
    (warning,) = [box.value for box in shown.warning]
    assert "Annual revenue, Year-on-year growth, Half-year trend" in warning


def test_a_short_history_says_how_many_months_a_fit_needs(run_page):
    shown = by(run_page, "fitted", "en", DATASETS["both"]())
    (told,) = [box.value for box in shown.info]
    assert told == Words("en")("weights.not_fitted.history", needed=24, found=10)
    assert "weights-apply" not in {button.key for button in shown.button}


def test_nothing_chosen_proposes_nothing(run_page):
    shown = by(run_page, "equal")
    shown.button_group(key="weights-which").set_value([]).run()
    assert not any("proposed" in table.value for table in shown.dataframe)
    assert not shown.exception


def test_what_is_counted_twice_is_told(run_page):
    notes = "\n".join(caption.value for caption in by(run_page, "rank").caption)
    assert "Annual revenue and Gross margin say nearly the same" in notes
    assert "independent ones" in notes


def test_weights_of_indicators_the_data_lacks_stay_as_they_are():
    present = Scenario(weights={"annual_revenue": 60, "satisfaction": 20})
    shares = Proposal({"growth": 0.75, "annual_revenue": 0.25})
    found = proposed_weights(present, ("annual_revenue", "growth", "trend"), shares)
    assert found == {"annual_revenue": 33, "growth": 100, "trend": 0, "satisfaction": 20}


def test_a_slider_of_pairs_reads_nine_to_one_down_to_one_to_nine():
    assert [ratio_label(step) for step in (8, 2, 0, -2, -8)] == ["9 : 1", "3 : 1", "1 : 1", "1 : 3", "1 : 9"]
    assert [ratio_of(step) for step in (8, 2, 0, -2)] == [9, 3, 1, pytest.approx(1 / 3)]


def test_a_section_left_open_is_open_when_one_comes_back_from_a_customer(run_page):
    shown = checked(run_page)
    shown.session_state["sure-open-kept"] = True
    shown.button_group(key="sure-sampling").set_value("near").run()
    for page in ("customer", "tiers"):
        shown.session_state["choices"] = replace(choices(shown), goto=page)
        shown.run()
        assert shown.subheader[0].value == Words("en")(f"nav.{page}")
    assert shown.button_group(key="sure-sampling").value == "near"
