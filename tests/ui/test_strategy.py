"""The page on strategy: its views on whatever data there is, and what a changed assumption does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import DATASETS, _script, dataset
from tiering.evaluate import completed, customer_base, tier_customers
from tiering.ingest import read_bytes
from tiering.problems import DataProblem
from tiering.report.excel.customers import call_lists_workbook
from tiering.said.call_lists import CallListContext
from tiering.scenario import Scenario
from tiering.scenario.plan import Playbooks, Resources
from tiering.strategy.actions import actions
from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import recommendations
from tiering.strategy.situation import Situation
from tiering.ui.base.frame import plain
from tiering.ui.base.state import Choices
from tiering.ui.pages.act.finished import UploadedResults
from tiering.words import Words

EN = Words("en")
VIEWS = (
    ("actions", "only_tier", ""),
    ("playbook", "playbook_of", "tier"),
    ("playbook", "playbook_of", "rfm"),
    ("playbook", "playbook_of", "risk"),
    ("playbook", "playbook_of", "key"),
    ("resources", "part", "load"),
    ("resources", "part", "allocation"),
    ("resources", "part", "budget"),
    ("resources", "part", "profit"),
    ("formula", "formula_part", "simulate"),
    ("formula", "formula_part", "change"),
    ("formula", "formula_part", "kept"),
    ("experiments", "experiment_part", "sizes"),
    ("experiments", "experiment_part", "draw"),
    ("experiments", "experiment_part", "finished"),
)


def drawn(view: str, control: str = "", part: str = "", language: str = "en", data=None, **more) -> AppTest:
    """The page with a view, and a part of it, picked; ``more`` of the session's state by its keys."""
    shown = AppTest.from_function(_script, kwargs={"start": "strategy"}, default_timeout=90)
    shown.session_state["choices"] = Choices(language=language, dataset=data)
    shown.session_state["strategy-kept-view"] = view
    if control:
        shown.session_state[f"strategy-kept-{control}"] = part
    for key, value in more.items():
        shown.session_state[key] = value
    return shown.run()


def said(shown: AppTest) -> str:
    return " ".join(str(part.value) for part in (*shown.markdown, *shown.caption, *shown.info))


@pytest.mark.parametrize(("data", "language"), [("sample", "zh"), ("one customer", "en")])
def test_every_view_shows_every_kind_of_data_without_an_error(data, language):
    shown = drawn("actions", language=language, data=DATASETS[data]())
    for view, control, part in VIEWS:
        shown.session_state["strategy-kept-view"] = view
        shown.session_state[f"strategy-kept-{control}"] = part
        shown.run()
        assert not shown.exception, (view, part)
        assert [error.value for error in shown.error] == [], (view, part)


def test_more_people_end_the_overload():
    shown = drawn("resources", "part", "load")
    assert "The service levels promise more than the team can keep" in said(shown)
    shown.number_input(key="strategy-people").set_value(40.0).run()
    assert "Enough hands" in said(shown)


def test_without_owners_the_page_says_what_would_unlock_load_by_person():
    shown = drawn("resources", "part", "load", data=DATASETS["orders only"]())
    assert EN("resources.load.no_owner") in said(shown)
    assert "the work of 1 account manager." in said(shown)
    assert "Enough hands" not in said(shown)
    shown.number_input(key="strategy-people").set_value(2.0).run()
    assert "Enough hands" in said(shown)


def test_a_slider_of_the_formula_changes_sales_at_once():
    shown = drawn("formula", "formula_part", "simulate")
    assert not shown.metric
    shown.slider(key="strategy-change_repurchase").set_value(10).run()
    assert shown.metric[0].label == EN("formula.result")


def test_a_file_without_orders_is_told_what_orders_would_add():
    shown = drawn("formula", data=DATASETS["customers only"]())
    assert EN("formula.no_orders") in said(shown)
    assert [slider.key for slider in shown.slider] == [
        "strategy-change_existing",
        "strategy-change_retention",
        "strategy-change_repurchase",
    ]


def finished(outcomes: pd.DataFrame) -> str:
    data = DATASETS["customers only"]()
    return said(
        drawn(
            "experiments",
            "experiment_part",
            "finished",
            data=data,
            **{"strategy-outcomes-kept": UploadedResults("test.csv", outcomes)},
        )
    )


IDS = [f"K{k}" for k in range(1, 31)]


def test_a_finished_test_is_read_out_from_the_list_that_was_drawn():
    arms = ["Test", "Control"] * 15
    outcomes = pd.DataFrame(
        {
            "Customer": IDS,
            "Arm": arms,
            "Revenue": range(30),
            "Bought": ["yes" if arm == "Test" else "no" for arm in arms],
        }
    )
    text = finished(outcomes)
    assert "30 of 30 rows match" in text
    assert "Test 100.0%, control 0.0%" in text
    assert "reliable" in text


def test_outcomes_of_strangers_are_said_not_to_match():
    strangers = pd.DataFrame({"Customer": ["X1", "X2"], "Arm": ["Test", "Control"], "Bought": ["yes", "no"]})
    shown = drawn(
        "experiments",
        "experiment_part",
        "finished",
        **{"strategy-outcomes-kept": UploadedResults("test.csv", strangers)},
    )
    assert [warning.value for warning in shown.warning] == [EN("experiments.no_match")]


def test_a_small_tier_is_told_to_roll_out_in_steps():
    shown = drawn("experiments", "experiment_part", "sizes", data=DATASETS["customers only"]())
    assert "roll out in steps" in said(shown)
    assert set(shown.dataframe[0].value["verdict"]) == {EN("experiments.cannot")}


def test_an_edited_text_is_kept_with_the_scenario_in_its_language_and_marked():
    shown = drawn("playbook", "playbook_of", "key")
    key = "playbook.key.team.sales"
    shown.text_area(key=f"playbook-text-en-{key}").set_value("Sales: *Li* leads.").run()
    assert shown.session_state["choices"].scenario.playbooks.texts == {"en": {key: "Sales: *Li* leads."}}
    assert r"Sales\: \*Li\* leads\." in said(shown)
    shown.text_area(key=f"playbook-text-en-{key}").set_value("").run()
    assert shown.session_state["choices"].scenario.playbooks.texts == {}


def test_a_preset_adds_what_its_industry_asks_for():
    shown = drawn("playbook", "playbook_of", "tier")
    shown.selectbox(key="strategy-industry").set_value("saas").run()
    assert shown.session_state["choices"].scenario.playbooks.industry == "saas"
    assert "Land and expand" in said(shown)


def test_a_filter_leaves_the_actions_of_one_tier():
    shown = drawn("actions")
    assert any(part.value.startswith("**S ·") for part in shown.markdown)
    shown.selectbox(key="strategy-only_tier").set_value("C").run()
    titles = [part.value for part in shown.markdown if part.value.startswith("**") and " · " in part.value]
    assert titles
    assert all(title.startswith("**C ·") for title in titles)


def test_call_lists_have_a_sheet_for_each_action_and_nothing_in_them_computes():
    data = DATASETS["customers only"]()
    base = customer_base(data, Scenario(), None)
    tiering = tier_customers(base, completed(Scenario(), base))
    evidence = evidence_of(base)
    found = actions(tiering, evidence, recommendations(tiering, evidence), None)
    known = CallListContext(Situation(tiering, evidence), data.currency)
    rows = pd.read_excel(BytesIO(call_lists_workbook(known, found, EN)), sheet_name=None, engine="openpyxl")
    assert len(rows) == len(found) + 1
    listed = list(rows.values())[1]
    assert list(listed["Tier"].unique()) == [tiering.scenario.tiers[found[0].tier]]
    assert listed["Money at stake"].sum() == pytest.approx(found[0].total)


def test_edited_texts_outlive_the_opening_of_other_data_and_its_people_do_not():
    def script():
        from tiering.ui.base import state

        if state.choices().sample != "saas":
            state.open_sample("saas")

    page = AppTest.from_function(script, default_timeout=90)
    books = Playbooks(texts={"en": {"playbook.key.model": "Ours."}}, due_days={"fix": 9})
    with_targets = books.model_copy(update={"targets": {"S": {"average_revenue": 5e6}}})
    scenario = Scenario(playbooks=with_targets, resources=Resources(people=3.0, cost_per_hour=99.0))
    page.session_state["choices"] = Choices(language="en", scenario=scenario)
    kept = page.run().session_state["choices"].scenario
    assert kept.playbooks == books
    assert (kept.resources.people, kept.resources.cost_per_hour) == (None, 99.0)


def test_where_nobody_calls_for_a_move_it_is_said_plainly():
    assert EN("actions.none") in said(drawn("actions", data=DATASETS["one customer"]()))


def test_without_new_customers_the_formula_shows_nothing_of_them():
    shown = drawn("formula", "formula_part", "simulate", data=DATASETS["customers only"]())
    columns = set(shown.dataframe[0].value)
    assert {"existing", "retention", "repurchase"} <= columns
    assert not {"leads", "conversion", "new_sales"} & columns


def test_days_typed_over_are_kept_and_shown_on_the_actions():
    shown = drawn("actions")
    start = max(date(2026, 9, 30), date.today())  # the sample's end, or today where that is later
    own = EN("actions.due_own", day=start + timedelta(days=5))
    assert own not in said(shown)
    books = shown.session_state["choices"].scenario.playbooks.model_copy(update={"due_days": {"grow": 5}})
    now = shown.session_state["choices"]
    shown.session_state["choices"] = replace(now, scenario=now.scenario.model_copy(update={"playbooks": books}))
    assert own in said(shown.run())


def test_a_file_of_one_column_is_told_what_it_lacks():
    alone = pd.DataFrame({"Customer": [1, 2, 3]})
    shown = drawn(
        "experiments", "experiment_part", "finished", **{"strategy-outcomes-kept": UploadedResults("test.csv", alone)}
    )
    assert [warning.value for warning in shown.warning] == [EN("experiments.one_column")]


def test_customers_outside_the_tier_that_was_drawn_are_told_apart_from_a_bad_arm():
    outcomes = pd.DataFrame({"Customer": IDS, "Revenue": [float(k * 7 % 11) for k in range(30)]})
    shown = drawn(
        "experiments",
        "experiment_part",
        "finished",
        data=DATASETS["customers only"](),
        **{"strategy-outcomes-kept": UploadedResults("test.csv", outcomes)},
        **{"strategy-kept-draw_tier": "S"},
    )
    assert [warning.value for warning in shown.warning] == [EN("experiments.not_drawn")]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"PAR1 cut short"])
def test_a_broken_file_of_outcomes_is_told_in_a_sentence(content):
    with pytest.raises(DataProblem) as found:
        read_bytes(content, "outcomes.csv").ensure_read()
    shown = drawn("experiments", "experiment_part", "finished", **{"strategy-outcomes-problem": found.value})
    assert not shown.exception
    assert plain(EN(f"problem.{found.value.code.value}.todo")) in " ".join(error.value for error in shown.error)


def test_a_target_typed_over_is_kept_shown_and_given_back_when_emptied():
    shown = drawn("playbook", "playbook_of", "tier")
    shown.number_input(key="playbook-target-S-margin_rate").set_value(31.0).run()
    assert shown.session_state["choices"].scenario.playbooks.targets == {"S": {"margin_rate": 0.31}}
    assert "31.0%" in list(shown.dataframe[0].value["target"])
    shown.number_input(key="playbook-target-S-margin_rate").set_value(None).run()
    assert shown.session_state["choices"].scenario.playbooks.targets == {}
    assert "31.0%" not in list(shown.dataframe[0].value["target"])


def test_emptied_assumptions_return_to_what_was_proposed():
    shown = drawn("resources", "part", "budget")
    first = shown.number_input(key="strategy-budget").value
    shown.number_input(key="strategy-budget").set_value(1_000_000).run()
    assert shown.session_state["choices"].scenario.resources.budget == 1_000_000
    shown.number_input(key="strategy-budget").set_value(None).run()
    assert shown.session_state["choices"].scenario.resources.budget is None
    assert shown.number_input(key="strategy-budget").value == first
    shown.number_input(key="strategy-people").set_value(40.0).run()
    shown.number_input(key="strategy-people").set_value(None).run()
    assert shown.session_state["choices"].scenario.resources.people is None
    shown.number_input(key="strategy-cost_per_hour").set_value(None).run()
    assert shown.session_state["choices"].scenario.resources.cost_per_hour == 150.0
    assert shown.number_input(key="strategy-cost_per_hour").value == 150.0


def test_a_group_without_known_revenue_is_counted_without_money() -> None:
    graded = pa.table({"customer_id": ["a", "b"], "satisfaction": [4.0, 5.0]})
    shown = drawn("playbook", "playbook_of", "tier", data=dataset(None, graded))
    assert not shown.exception
    counted = [text.value for text in shown.markdown if text.value.endswith("customer.")]
    assert counted == ["1 customer."]
    assert not any("a year" in text.value and "customer" in text.value for text in shown.markdown)
