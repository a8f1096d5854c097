"""Playbooks by segment: every group has all its texts in both languages, and measures that are computed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tests.strategy.tiered_customers import customers, tiering_of
from tiering.scenario import SCHEMES, Scenario
from tiering.scenario.plan import Playbooks
from tiering.strategy.evidence import evidence_of
from tiering.strategy.segment_playbooks import (
    FIELDS,
    INDUSTRIES,
    INDUSTRY_FIELDS,
    RISKS,
    measures,
    risk_playbook,
    risks,
    segment_playbook,
    tier_playbook,
)
from tiering.views.lifecycle import STAGES
from tiering.views.rfm import FOUR
from tiering.words import LANGUAGES, Words

SCENARIOS = [Scenario(tiers=tiers) for tiers in SCHEMES.values()]


def complete(texts: dict[str, str]) -> bool:
    return set(texts) == set(FIELDS) and all(Words(language)(key) for key in texts.values() for language in LANGUAGES)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_tier_says_all_there_is_to_say(scenario):
    assert all(complete(tier_playbook(scenario, tier).texts) for tier in range(len(scenario.tiers)))


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("risk", RISKS)
def test_every_tier_has_moves_for_every_risk(scenario, risk):
    for tier in range(len(scenario.tiers)):
        book = risk_playbook(scenario, tier, risk)
        assert complete(book.texts)
        assert book.texts["retention"].endswith(f"{risk}.retention")


@pytest.mark.parametrize(("family", "segments"), [("rfm", FOUR), ("lifecycle", STAGES)])
def test_every_group_and_stage_has_its_playbook(family, segments):
    assert all(complete(segment_playbook(Scenario(), family, segment).texts) for segment in segments)


@pytest.mark.parametrize("industry", [name for name in INDUSTRIES if name != "general"])
def test_every_preset_has_its_texts_in_both_languages(industry):
    for language in LANGUAGES:
        assert all(Words(language)(f"playbook.industry.{industry}.{name}") for name in INDUSTRY_FIELDS)


def test_the_goal_decides_the_emphasis_and_the_first_measures():
    profit = Scenario(goal="profitability")
    assert tier_playbook(profit, 0).emphasis == "strategy.emphasis.profitability.top"
    assert tier_playbook(profit, 0).kpis[0] == "margin_rate"
    assert segment_playbook(profit, "lifecycle", "new").kpis[0] == "margin_rate"
    assert tier_playbook(Scenario(goal="balanced"), 0).emphasis == ""


@pytest.mark.parametrize("goal", ["market_share", "profitability", "retention"])
@pytest.mark.parametrize(("family", "segments"), [("rfm", FOUR), ("lifecycle", STAGES)])
def test_groups_have_the_goals_emphasis_but_those_who_are_leaving(goal, family, segments):
    emphases = {segment: segment_playbook(Scenario(goal=goal), family, segment).emphasis for segment in segments}
    assert {segment for segment, key in emphases.items() if not key} == {"churn_risk", "declining"} & set(segments)
    assert all(Words(language)(key) for key in emphases.values() if key for language in LANGUAGES)


@pytest.mark.parametrize("goal", ["balanced", "own"])
def test_a_goal_without_emphasis_gives_none_to_groups(goal):
    assert {segment_playbook(Scenario(goal=goal), "rfm", segment).emphasis for segment in FOUR} == {""}


LATE, CALM, NEW = {"recency_days": 120.0}, {"recency_days": 20.0}, {"gaps": 0, "recency_days": 20.0}


def test_risk_is_how_late_a_customer_is_by_its_own_rhythm():
    evidence = evidence_of(tiering_of(customers(LATE, CALM, NEW), [90.0] * 3).base)
    assert risks(evidence).tolist() == [RISKS.index("red"), RISKS.index("calm"), -1]


def test_measures_are_of_the_groups_own_customers():
    evidence = evidence_of(
        tiering_of(customers({"annual_revenue": 10.0}, {"annual_revenue": 30.0}, {}), [90.0] * 3).base
    )
    book = segment_playbook(Scenario(), "lifecycle", "growing")
    found = {kpi.key: kpi for kpi in measures(evidence, np.array([True, True, False]), book)}
    assert found["average_revenue"].baseline == 20.0
    assert found["average_revenue"].target == pytest.approx(22.0)
    assert found["average_revenue"].known == 2


def test_edited_texts_and_nothing_else_travel_with_the_scenario():
    edited = Scenario(playbooks=Playbooks(industry="saas", texts={"zh": {"playbook.key.model": "改过"}}))
    assert scenario_from_json(scenario_to_json(edited)) == edited
    assert Scenario().playbooks.texts == {}
