"""Service levels: customary until the assumptions are edited, and then those on every card."""

from dataclasses import replace

import pytest
from pydantic import ValidationError
from tiered_customers import customers, tiering_of

from tiering.scenario import Scenario
from tiering.scenario.plan import Resources
from tiering.strategy.playbooks import LADDER, LEVELS_USED
from tiering.strategy.resources.services import DESK_HOURS, HOURS_PER_VISIT, tier_services
from tiering.strategy.service_levels import USUAL_HOURS, service_levels, tier_playbooks
from tiering.strategy.tier_advice import advice
from tiering.words import Words
from tiering.words.advice import advice_cards, service_line

EN, ZH = Words("en"), Words("zh")


def levels(**own):
    return service_levels(Scenario(resources=Resources(**own)))


@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
def test_without_edits_the_levels_are_those_of_the_ladder(tiers):
    scenario = Scenario(tiers=tuple("ABCDEF"[:tiers]))
    assert service_levels(scenario) == tuple(LADDER[level][1] for level in LEVELS_USED[tiers])


def test_the_customary_ratio_is_what_the_customary_hours_allow():
    for (_, level), per_visit, desk in zip(LADDER, HOURS_PER_VISIT, DESK_HOURS, strict=True):
        hours = level.visits_a_year * per_visit + desk
        assert level.customers_each == pytest.approx(USUAL_HOURS / hours, rel=0.07)


def test_visits_typed_over_change_the_tier_they_were_typed_for_and_its_ratio():
    found = levels(visits={"S": 24.0})
    assert (found[0].visits_a_year, found[0].customers_each) == (24.0, 1600 // (24 * 8 + 104))
    assert found[1:] == service_levels(Scenario())[1:]


def test_a_person_with_half_the_hours_looks_after_half_the_customers():
    assert [level.customers_each for level in levels(hours_per_person=800.0)] == [4, 10, 29, 160]


def test_answer_and_sponsor_are_typed_by_tier():
    found = levels(response_hours={"A": 1.0}, sponsor={"B": "yearly", "S": "none"})
    assert [level.response_hours for level in found] == [2, 1.0, 8, 48]
    assert [level.sponsor for level in found] == ["none", "yearly", "yearly", "none"]


def test_figures_of_a_tier_that_is_not_there_change_nothing():
    assert levels(visits={"gone": 99.0}, sponsor={"gone": "none"}) == service_levels(Scenario())


@pytest.mark.parametrize("own", [{"response_hours": {"S": 0}}, {"sponsor": {"S": "weekly"}}])
def test_what_cannot_be_is_refused(own):
    with pytest.raises(ValidationError):
        Resources(**own)


def test_hours_and_visits_are_the_same_on_the_card_as_in_the_load():
    scenario = Scenario(resources=Resources(visits={"S": 7.0, "C": 2.0}))
    for level, service in zip(service_levels(scenario), tier_services(scenario), strict=True):
        assert level.visits_a_year == service.visits


def test_a_card_tells_the_edited_service_and_the_people_it_takes():
    tiering = tiering_of(customers(*[{}] * 9), [90.0] * 9)
    own = Resources(visits={"S": 1.0}, desk_hours={"S": 392.0}, response_hours={"S": 1.5}, sponsor={"S": "yearly"})
    tiering = replace(tiering, scenario=tiering.scenario.model_copy(update={"resources": own}))
    top = advice_cards(advice(tiering), EN, "¥")[0]
    assert top["service_line"] == (
        "1 account manager for 4 · answer within 1.5 h · 1 visit a year · executive sponsor, meets yearly"
    )
    assert "9 customers: at this ratio they take 3 account managers." in top["facts"]


def test_a_tier_nobody_has_hours_for_is_told_as_self_service():
    none = {"visits": {"C": 0.0}, "desk_hours": {"C": 0.0}}
    last = levels(**none)[-1]
    assert last.customers_each == 0
    assert service_line(last, ZH) == "自助，无专人 · 48 小时内响应 · 按需联系"
    tiering = tiering_of(customers({}), [10.0])
    tiering = replace(tiering, scenario=tiering.scenario.model_copy(update={"resources": Resources(**none)}))
    card = advice_cards(advice(tiering), EN, "¥")[-1]
    assert "1 customer: nobody is assigned to it." in card["facts"]


def test_playbooks_keep_their_words_whatever_the_service():
    own = Scenario(resources=Resources(visits={"S": 3.0}), goal="retention")
    for edited, usual in zip(tier_playbooks(own), tier_playbooks(Scenario(goal="retention")), strict=True):
        assert (edited.role, edited.kpis, edited.emphasis) == (usual.role, usual.kpis, usual.emphasis)
