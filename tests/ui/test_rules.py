"""Rules on the page: written in a table, checked, kept, and shown with what they move."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import DATASETS, Run, customers_of, dataset, orders_of
from tiering.said.rules import condition_text, rule_name, value_text
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import CapRule, PointRule, TierRules
from tiering.ui.base.regions import DOCKED
from tiering.ui.pages.tiers.rules.editor import missing_cell, read_value, rows_of, rule_of, with_changes
from tiering.words import Words

BONUS = PointRule(field="satisfaction", test="at_least", value=4.0, points=10)
CAP = CapRule(field="annual_orders", test="below", value=2.0, tier="C", name="rare")


def opened(run_page: Run, part: str, language: str = "en", rules: TierRules | None = None, **data: object) -> AppTest:
    scenario = Scenario(rules=rules or TierRules())
    shown = run_page("tiers", language, data.get("dataset"), scenario=scenario)
    shown.session_state[DOCKED] = "rules"
    shown.session_state["rules-kept-part"] = part
    return shown.run()


def test_rules_become_rows_and_rows_become_the_same_rules() -> None:
    for rule in (BONUS, CAP):
        (row,) = rows_of((rule,))
        assert missing_cell(row) is None
        assert rule_of(row) == rule


def test_what_an_editor_reports_is_edited_deleted_and_added() -> None:
    changes = {
        "edited_rows": {0: {"value": "4.5"}},
        "deleted_rows": [1],
        "added_rows": [{"field": "size", "test": "is", "value": "大型", "gives": -5}],
    }
    rows = with_changes(rows_of((BONUS, PointRule(field="x", test="known", points=1))), changes)
    rules = [rule_of(row) for row in rows]
    assert rules == [
        BONUS.model_copy(update={"value": 4.5}),
        PointRule(field="size", test="is", value="大型", points=-5),
    ]


@pytest.mark.parametrize(
    ("row", "lacking"),
    [
        ({"test": "is", "value": "1", "gives": 5}, "field"),
        ({"field": "x", "value": "1", "gives": 5}, "test"),
        ({"field": "x", "test": "is", "gives": 5}, "value"),
        ({"field": "x", "test": "is", "value": "1"}, "gives"),
        ({"field": "x", "test": "is", "value": "1", "gives": 0}, "gives"),
        ({"field": "x", "test": "known", "gives": 5}, None),
    ],
)
def test_a_row_that_is_not_whole_says_which_cell_it_lacks(row: dict[str, object], lacking: str | None) -> None:
    assert missing_cell(row) == lacking


@pytest.mark.parametrize(
    ("typed", "field", "meant"),
    [
        ("50万", "annual_revenue", 500_000.0),
        ("1,000,000", "annual_revenue", 1_000_000.0),
        ("20%", "returns_share", 0.2),
        ("20", "returns_share", 0.2),
        ("0.2", "returns_share", 0.2),
        ("AAA", "credit", "AAA"),
        ("2026-12-31", "contract_end", "2026-12-31"),
        ("华东、华南", "region", "华东、华南"),
    ],
)
def test_values_are_read_as_people_write_them(typed: str, field: str, meant: float | str) -> None:
    assert read_value(typed, field) == meant


def test_the_mark_of_a_ready_rule_stays_while_only_its_value_is_edited() -> None:
    ready = BONUS.model_copy(update={"ready": "closeness"})
    assert rule_of({**rows_of((ready,))[0], "value": "5"}, (ready,)).ready == "closeness"
    assert rule_of({**rows_of((ready,))[0], "test": "below"}, (ready,)).ready == ""


def test_rules_are_named_by_the_user_else_by_what_they_ask() -> None:
    assert rule_name(CAP, Words("zh")) == "rare"
    assert rule_name(BONUS, Words("zh")) == "满意度 ≥ 4"
    share = PointRule(field="returns_share", test="above", value=0.125, points=-5, ready="operation")
    assert value_text(share) == "12.5%"
    assert rule_name(share, Words("en")) == "Quality of operation: Returns share > 12.5%"
    assert condition_text(PointRule(field="负责人", test="unknown", points=-1), Words("zh")) == "负责人无值"


def test_a_ready_rule_is_one_click_and_one_undo(run_page: Run) -> None:
    shown = opened(run_page, "points")
    shown.button(key="rules-add-variety").click().run()
    rules = shown.session_state["choices"].scenario.rules.points
    assert [(rule.ready, rule.points > 0) for rule in rules] == [("variety", True), ("variety", False)]  # both ways
    assert any("What each rule does" in text.value for text in shown.markdown)
    assert any(text.value.startswith("In force: point rules 2") for text in shown.caption)
    next(button for button in shown.button if button.label == Words("en")("tiers.undo")).click().run()
    assert shown.session_state["choices"].scenario.rules == TierRules()


def test_a_rule_on_a_vanished_column_says_so_and_stays(run_page: Run) -> None:
    rules = TierRules(points=(PointRule(field="gone", test="at_least", value=1.0, points=10),))
    shown = opened(run_page, "points", rules=rules)
    assert ["no such column" in box.value for box in shown.warning] == [True]
    assert shown.session_state["choices"].scenario.rules == rules


@pytest.mark.parametrize("part", ["points", "groups"])
@pytest.mark.parametrize("data", DATASETS)
def test_every_part_works_with_any_data(run_page: Run, data: str, part: str) -> None:
    shown = opened(run_page, part, "zh", TierRules(points=(BONUS,), caps=(CAP,)), dataset=DATASETS[data]())
    assert not shown.exception
    assert not shown.error


def test_the_totals_on_the_page_are_those_of_the_final_tiers(run_page: Run) -> None:
    data = dataset(orders_of(10), customers_of(12))
    everybody = TierRules(caps=(CapRule(field="annual_revenue", test="at_least", value=0.0, tier="C"),))
    four = Scenario(rules=everybody, as_of=date(2025, 11, 10), cuts=Cuts(lines=(80.0, 50.0, 20.0)))
    shown = run_page("customer", "en", data, scenario=four)
    assert set(shown.dataframe[0].value["tier"]) == {"C", "Not tiered"}  # two never ordered


def test_without_a_parent_column_the_page_says_what_would_unlock_groups(run_page: Run) -> None:
    shown = opened(run_page, "groups", dataset=DATASETS["both"]())
    assert [box.value[:36] for box in shown.info] == ["The data has no parent column, so th"]


def test_a_circle_of_parents_is_named(run_page: Run) -> None:
    customers = customers_of(4).append_column("parent_id", [["K2", "K1", "K4", None]])
    shown = opened(run_page, "groups", dataset=dataset(orders_of(4), customers))
    assert len(shown.warning) == 1
    assert "parents of 2 customers lead round in a circle" in shown.warning[0].value
    assert any(text.value.startswith("1 group with 2 sites") for text in shown.markdown)
