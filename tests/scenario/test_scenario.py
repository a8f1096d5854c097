"""A scenario is one small file: it comes back as it was, and what cannot be applied is refused with a code."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tiering.indicators.catalogue import BY_KEY
from tiering.problems import DataProblem, Problem
from tiering.scenario import SCHEMES, Anchors, Cuts, Scenario
from tiering.scenario.exceptions import Appeal, Ledger, Override, PointRule, TierRules
from tiering.scenario.plan import Playbooks, Resources
from tiering.scenario.population import Population
from tiering.scenario.ways.standards import Standards, TierRule
from tiering.words import Words
from tiering.words.sentences import problem_sentence

lines = {
    "score": st.integers(0, 1000).map(lambda tenth: tenth / 10),
    "share": st.floats(0, 1),
    "revenue": st.floats(0, 1),
}
finite = st.floats(-1e12, 1e12, allow_nan=False)


# Choices beyond weights and lines, each as somebody might have made it.
BEYOND: list[dict[str, Any]] = [
    {},
    {"tiers": ("A", "B"), "cuts": None, "way": Standards(rules=(TierRule(),))},
    {"rules": TierRules(points=(PointRule(field="returns_share", test="above", value=0.2, points=-5),), step_at=5)},
    {
        "ledger": Ledger(
            overrides=(Override(customer_id="客 7", tier="A", reason="专利", owner="李", expires=date(2027, 1, 1)),),
            appeals=(Appeal(customer_id="K1", objection="大项目刚签", by="王", raised=date(2026, 9, 1)),),
        )
    },
    {"resources": Resources(people=3.5, visits={"S": 12.0}), "playbooks": Playbooks(texts={"zh": {"a.b": "每周拜访"}})},
    {"population": Population(merges={"K2": "K1"}, excluded=("K9",), side="end")},
]


@st.composite
def anchors(draw: st.DrawFn) -> Anchors:
    points = sorted(draw(st.sets(finite, min_size=1, max_size=3)))
    levels = sorted(draw(st.lists(st.floats(0, 1), min_size=len(points), max_size=len(points))))
    return Anchors(points=tuple(points), levels=tuple(levels), median=draw(st.floats(0, 1e9)))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    tiers = draw(st.sampled_from([*SCHEMES.values(), ("重点", "一般"), ("1", "2", "3", "4", "5", "6")]))
    kind = draw(st.sampled_from(sorted(lines)))
    where = sorted(
        draw(st.lists(lines[kind], min_size=len(tiers) - 1, max_size=len(tiers) - 1)), reverse=kind == "score"
    )
    scenario = Scenario(
        name=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=12)),
        tiers=tiers,
        weights=draw(st.dictionaries(st.sampled_from(sorted(BY_KEY)), st.integers(0, 100), max_size=6)),
        goal=draw(st.sampled_from(["balanced", "market_share", "profitability", "retention", "own"])),
        cuts=draw(st.none() | st.just(Cuts(kind=kind, lines=tuple(where)))),  # type: ignore[arg-type]
        revenue=draw(st.sampled_from(["net", "gross"])),
        window_months=draw(st.integers(1, 60)),
        as_of=draw(st.none() | st.dates()),
        anchors=draw(st.dictionaries(st.sampled_from(sorted(BY_KEY)), anchors(), max_size=2)),
    )
    return scenario.model_copy(update=draw(st.sampled_from(BEYOND)))


def refused(text: str) -> DataProblem:
    with pytest.raises(DataProblem) as raised:
        scenario_from_json(text)
    return raised.value


@settings(deadline=None, max_examples=500)
@given(scenarios())
def test_a_scenario_comes_back_from_its_file_as_it_was(scenario: Scenario) -> None:
    assert scenario_from_json(scenario_to_json(scenario)) == scenario


def test_the_file_is_text_that_people_can_read() -> None:
    text = scenario_to_json(Scenario(name="华东 2026", as_of=date(2026, 9, 30), weights={"growth": 40}))
    assert '"name": "华东 2026"' in text
    assert '"as_of": "2026-09-30"' in text
    assert text.endswith("}\n")
    assert json.loads(text)["version"] == 2


def test_a_byte_order_mark_before_the_file_does_not_matter() -> None:
    assert scenario_from_json("\ufeff" + scenario_to_json(Scenario())) == Scenario()


@pytest.mark.parametrize("text", ["", "{", "客户", "[1, 2]", '"S"', "null", "[" * 100_000, '{"name": "\\ud800"}'])
def test_what_is_no_scenario_file_is_told_as_such(text: str) -> None:
    assert refused(text).code == Problem.SCENARIO_NOT_JSON


def test_a_file_of_a_later_version_says_which() -> None:
    problem = refused('{"version": 3, "colours": "all"}')
    assert (problem.code, problem.facts) == (Problem.SCENARIO_NEWER, {"version": 3, "known": 2})


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"window_months": 0}', "window_months"),
        ('{"weights": {"growth": 101}}', "weights.growth"),
        ('{"weights": {"growth": -1}}', "weights.growth"),
        ('{"weights": {"growth": 2.5}}', "weights.growth"),
        ('{"weights": {"growth": NaN}}', "weights.growth"),
        ('{"resources": {"hours_per_person": 8785}}', "resources.hours_per_person"),
        ('{"resources": {"cost_per_hour": 1e10}}', "resources.cost_per_hour"),
        ('{"resources": {"visits": {"S": 1e308}}}', "resources.visits.S"),
        ('{"resources": {"budget": 1e308}}', "resources.budget"),
        ('{"playbooks": {"targets": {"S": {"calls": 1e308}}}}', "playbooks.targets.S.calls"),
        ('{"anchors": {"growth": {"points": [1e308], "levels": [0]}}}', "anchors.growth.points.0"),
        ('{"goal": "growth at all costs"}', "goal"),
        ('{"as_of": "30.09.2026"}', "as_of"),
        ('{"version": "one"}', "version"),
        ('{"surprise": 1}', "surprise"),
        ('{"tiers": ["A", " "]}', "tiers.1"),
        ('{"tiers": ["A"]}', "tiers / cuts"),
        ('{"tiers": ["A", "A"]}', "tiers / cuts"),
        ('{"tiers": ["A", "B"], "cuts": {"lines": [80, 60]}}', "tiers / cuts"),
        ('{"cuts": {"lines": [40, 60, 80]}}', "cuts"),
        ('{"cuts": {"lines": [80.05, 60, 40]}}', "cuts"),
        ('{"cuts": {"lines": [180, 60, 40]}}', "cuts"),
        ('{"cuts": {"kind": "share", "lines": [0.5, 0.2, 0.05]}}', "cuts"),
        ('{"cuts": {"kind": "share", "lines": [5, 20, 50]}}', "cuts"),
        ('{"anchors": {"growth": {"points": [], "levels": []}}}', "anchors.growth.points"),
        ('{"anchors": {"growth": {"points": [0, 1], "levels": [0]}}}', "anchors.growth"),
        ('{"anchors": {"growth": {"points": [1, 0], "levels": [0, 1]}}}', "anchors.growth"),
        ('{"anchors": {"growth": {"points": [0, 1], "levels": [1, 0]}}}', "anchors.growth"),
    ],
)
def test_what_cannot_be_applied_is_refused_with_the_place(text: str, where: str) -> None:
    problem = refused(text)
    assert problem.code.startswith("scenario_")
    assert problem.facts["where"] == where


def test_lines_may_be_equal_and_at_the_ends() -> None:
    assert Cuts(lines=(100.0, 61.3, 61.3, 0.0)).lines == (100.0, 61.3, 61.3, 0.0)


def test_a_line_on_a_tenth_may_carry_the_rounding_of_a_browser() -> None:
    assert 0.1 * 613 != 61.3
    assert Cuts(lines=(0.1 * 613,)).kind == "score"


def test_a_scenario_is_changed_only_by_making_another() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Scenario().window_months = 6  # type: ignore[misc]


def test_a_file_of_the_first_version_means_what_it_meant() -> None:
    older = '{"version": 1, "name": "华东", "tiers": ["A", "B"], "weights": {"growth": 40}, "window_months": 6}'
    assert scenario_from_json(older) == Scenario(name="华东", tiers=("A", "B"), weights={"growth": 40}, window_months=6)


def test_a_version_that_is_no_number_is_no_version() -> None:
    assert refused('{"version": true}').facts["where"] == "version"
    assert refused('{"version": 0}').facts["where"] == "version"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"cuts": {"lines": [40, 60, 80]}}', "fall from top to bottom"),
        ('{"weights": {"growth": 101}}', "A number ≤ 100 was expected."),
        ('{"weights": {"growth": 2.5}}', "A whole number was expected."),
        ('{"resources": {"hours_per_person": 1e308}}', "A number ≤ 8784 was expected."),
        ('{"name": "%s"}' % ("x" * 201), "At most 200 letters"),
        ('{"tiers": ["A", "A"]}', "Two to six tiers with different names"),
        ('{"surprise": 1}', "There is no such setting."),
        ('{"as_of": "2026-13-01"}', "A day that exists"),
        ('{"revenue": "half"}', "'net', 'gross'"),
        ('{"way": {"kind": "by dice"}}', "'standards', 'capacity'"),
        ('{"tiers": ["A", "B"], "cuts": {"lines": [80, 60]}}', "One line fewer"),
    ],
)
def test_the_sentence_says_what_was_expected_there(text: str, said: str) -> None:
    assert said in problem_sentence(refused(text), Words("en"))
