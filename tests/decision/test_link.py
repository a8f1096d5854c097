"""A link carries a scenario without customers, and anything else in its place is refused."""

from __future__ import annotations

import base64
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decision.four_customers import FOUR
from tests.scenario.test_scenario import scenarios
from tiering.decision.link import LONGEST, MOST_BYTES, link_text, linked_scenario, saved_of_link
from tiering.evaluate import evaluate, tiers_hash
from tiering.indicators.presets import PRESETS
from tiering.problems import DataProblem, Problem
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import Ledger, Override
from tiering.scenario.population import Population


def refused(text: str) -> Problem:
    with pytest.raises(DataProblem) as raised:
        saved_of_link(text)
    return raised.value.code


def packed(written: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(written.encode())).decode().rstrip("=")


@settings(deadline=None, max_examples=50)
@given(scenarios())
def test_a_scenario_comes_back_from_its_link_as_it_was(scenario: Scenario) -> None:
    assert saved_of_link(link_text(scenario)).scenario == linked_scenario(scenario)


@pytest.mark.parametrize("goal", PRESETS)
def test_every_ready_scheme_fits_into_a_short_link(goal: str) -> None:
    scenario = evaluate(FOUR, Scenario(goal=goal, name="华东区 2026 年第四季度客户分级方案")).scenario  # type: ignore[arg-type]
    assert scenario.weights
    assert len(link_text(scenario)) < LONGEST / 2


def test_the_link_gives_the_same_tiers_on_the_same_data() -> None:
    before = evaluate(FOUR, Scenario(goal="retention", cuts=Cuts(kind="share", lines=(0.25, 0.5, 0.75))))
    assert tiers_hash(evaluate(FOUR, saved_of_link(link_text(before.scenario)).scenario)) == tiers_hash(before)


def test_a_tier_set_by_hand_stays_at_home() -> None:
    by_hand = Override(customer_id="east", tier="S", reason="patent", owner="Li", expires=date(2027, 1, 1))
    text = link_text(Scenario(ledger=Ledger(overrides=(by_hand,))))
    assert saved_of_link(text).scenario.ledger == Ledger()
    assert text == link_text(Scenario())


def test_who_was_merged_or_left_out_and_how_the_data_was_scaled_stays_at_home() -> None:
    people = Population(merges={"east": "west"}, excluded=("north",), side="end")
    scenario = evaluate(FOUR, Scenario(population=Population(side="end"))).scenario
    measured = scenario.model_copy(
        update={"population": people, "anchors": evaluate(FOUR, Scenario()).base.matrix.anchors}
    )
    assert saved_of_link(link_text(measured)).scenario == scenario


@pytest.mark.parametrize("text", ["", "???", "AAAA", "客户", "A", "<script>", packed("no JSON"), packed("[1]")])
def test_what_is_no_link_is_told_as_such(text: str) -> None:
    assert refused(text) == Problem.LINK_BROKEN


def test_a_link_that_was_cut_short_is_told_as_such() -> None:
    whole = link_text(Scenario(name="华东", weights={"growth": 40}))
    assert {refused(whole[:length]) for length in range(1, len(whole))} == {Problem.LINK_BROKEN}


def test_a_link_that_unpacks_without_end_is_not_unpacked() -> None:
    assert refused(packed('{"name": "' + "A" * (MOST_BYTES * 100) + '"}')) == Problem.LINK_BROKEN


def test_a_link_is_checked_like_a_file() -> None:
    assert refused(packed('{"version": 2, "window_months": 0}')) == Problem.SCENARIO_NUMBER_RANGE
    assert refused(packed('{"version": 99}')) == Problem.SCENARIO_NEWER


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="ABCDwxyz0189-_", max_size=40))
def test_any_letters_at_all_are_refused_with_a_sentence(text: str) -> None:
    assert refused(text) in Problem
