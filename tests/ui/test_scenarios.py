"""The page of scenarios: what is kept, compared, sent, decided and voted on."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import DATASETS, Run, dataset
from tiering.dataset import Dataset
from tiering.decision.link import link_text
from tiering.decision.saved import Entry, Saved, saved_from_json
from tiering.evaluate import evaluate, tiers_hash
from tiering.problems import DataProblem, Problem
from tiering.scenario import Cuts, Scenario
from tiering.ui.base.cached import Shown
from tiering.ui.base.notice import Notice
from tiering.ui.base.state import Choices
from tiering.ui.pages.compare.scenario_file import file_text
from tiering.words import LANGUAGES, Words
from tiering.words.sentences import problem_sentence

SAY = Words("en")
PART = "scenarios-kept-part"
STEEP = Scenario(name="Steep", cuts=Cuts(lines=(95.0, 90.0, 85.0)))


def choices(shown: AppTest) -> Choices:
    return shown.session_state["choices"]


def press(shown: AppTest, label: str) -> AppTest:
    next(button for button in shown.button if button.label == label).click()
    return shown.run()


def open_part(shown: AppTest, part: str) -> AppTest:
    shown.session_state[PART] = part
    return shown.run()


@pytest.fixture
def page(run_page: Run) -> AppTest:
    return run_page("scenarios", "en", DATASETS["both"]())


@pytest.mark.parametrize("data", ["customers only", "one customer"])
@pytest.mark.parametrize("part", ["vote", "shared"])
def test_every_part_shows_every_kind_of_data(run_page: Run, data: str, part: str) -> None:
    shown = open_part(run_page("scenarios", "en", DATASETS[data]()), part)
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_the_same_choices_under_the_same_name_are_kept_once(page: AppTest) -> None:
    page.text_input(key="scenarios-name").set_value("East").run()
    press(press(page, SAY("scenarios.save")), SAY("scenarios.save"))
    assert [one.scenario.name for one in choices(page).saved] == ["East"]
    assert choices(page).scenario.name == "East"


def test_other_choices_under_a_name_in_use_are_kept_beside_it(run_page: Run) -> None:
    shown = run_page("scenarios", "en", DATASETS["both"](), saved=(Saved(STEEP),))
    for name in ("Steep", "Steep 2"):
        shown.text_input(key="scenarios-name").set_value(name).run()
        press(shown, SAY("scenarios.save"))
    assert [one.scenario.name for one in choices(shown).saved] == ["Steep", "Steep 2"]
    assert choices(shown).saved[0].scenario == STEEP
    assert choices(shown).saved[1].scenario.cuts != STEEP.cuts
    assert choices(shown).scenario.name == "Steep 2"


def test_where_thirty_are_kept_none_goes_for_a_new_one(run_page: Run) -> None:
    thirty = tuple(Saved(STEEP.model_copy(update={"name": f"No. {number} of all"})) for number in range(30))
    shown = run_page("scenarios", "en", DATASETS["three customers"](), saved=thirty)
    shown.text_input(key="scenarios-name").set_value("East").run()
    press(shown, SAY("scenarios.save"))
    assert choices(shown).saved == thirty
    assert [toast.value for toast in shown.toast] == [SAY("scenarios.full", n=30)]


def test_a_copy_gets_a_name_of_its_own(page: AppTest) -> None:
    page.text_input(key="scenarios-name").set_value("East").run()
    press(press(page, SAY("scenarios.save")), SAY("scenarios.duplicate"))
    assert [one.scenario.name for one in choices(page).saved] == ["East", "East 2"]


def test_what_was_undone_can_be_done_again(run_page: Run) -> None:
    shown = run_page("scenarios", "en", DATASETS["both"](), saved=(Saved(STEEP),))
    before = choices(shown).scenario
    press(shown, SAY("scenarios.use"))
    assert choices(shown).scenario.cuts == STEEP.cuts
    press(shown, SAY("tiers.undo"))
    assert choices(shown).scenario == before
    press(shown, SAY("tiers.redo"))
    assert choices(shown).scenario.cuts == STEEP.cuts


def test_an_accepted_scheme_is_the_present_one_and_the_baseline_and_is_logged(run_page: Run) -> None:
    shown = run_page("scenarios", "en", DATASETS["both"](), saved=(Saved(STEEP),))
    shown.selectbox(key="scenarios-second").set_value("saved:Steep").run()
    shown.text_input(key="scenarios-reason").set_value("fewer key accounts").run()
    press(shown, SAY("scenarios.decide.accept"))
    now = choices(shown)
    assert now.scenario.cuts == now.baseline.cuts == STEEP.cuts
    entry = now.log[-1]
    assert (entry.verdict, entry.subject, entry.reason) == ("accepted", "Steep", "fewer key accounts")
    assert entry.moved


def test_a_discarded_scheme_is_gone_and_is_logged(run_page: Run) -> None:
    shown = run_page("scenarios", "en", DATASETS["both"](), saved=(Saved(STEEP),))
    shown.selectbox(key="scenarios-second").set_value("saved:Steep").run()
    press(shown, SAY("scenarios.decide.discard"))
    assert choices(shown).saved == ()
    assert [entry.verdict for entry in choices(shown).log] == ["discarded"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_moves_between_equal_schemes(run_page: Run, language: str) -> None:
    shown = run_page("scenarios", language, DATASETS["three customers"]())
    assert Words(language)("scenarios.compare.nobody") in [text.value for text in shown.markdown]  # type: ignore[arg-type]


def test_data_without_money_compares_customers_and_tells_no_nought(run_page: Run) -> None:
    asked = pa.table(
        {"customer_id": ["a", "b", "c"], "satisfaction": [5.0, 3.0, 1.0], "overdue_days": [0.0, 9.0, 20.0]}
    )
    shown = run_page("scenarios", "en", dataset(None, asked), saved=(Saved(STEEP),))
    shown.selectbox(key="scenarios-second").set_value("saved:Steep").run()
    said = [text.value for text in (*shown.markdown, *shown.caption)]
    assert any("would change tier" in text for text in said)
    assert not any("evenue" in text for text in said if "change tier" in text or "Bars" in text)
    assert not any("evenue" in str(name) for table in shown.dataframe for name in table.value)


def test_a_link_applies_its_scheme_in_one_undoable_step(run_page: Run) -> None:
    shown = opened(run_page, link_text(STEEP))
    assert choices(shown).scenario.cuts == STEEP.cuts
    assert "“Steep”" in shown.success[0].value
    assert choices(shown).undo
    assert choices(shown).baseline.cuts != STEEP.cuts


def test_what_became_of_a_link_is_gone_once_one_moves_on(run_page: Run) -> None:
    shown = opened(run_page, link_text(STEEP))
    assert len(shown.run().success) == 1
    assert len(open_part(shown, "shared").success) == 0
    assert len(open_part(shown, "schemes").success) == 0


def test_what_became_of_a_link_is_gone_once_it_is_undone(run_page: Run) -> None:
    shown = opened(run_page, link_text(STEEP))
    assert len(press(shown, SAY("tiers.undo")).success) == 0


def test_a_file_after_a_link_is_said_as_a_file_and_once(run_page: Run) -> None:
    shown = open_part(run_page("scenarios", "en", DATASETS["both"]()), "shared")
    shown.query_params["s"] = link_text(STEEP)
    shown.run()
    scenario = choices(shown).scenario
    shown.session_state["scenario-notice"] = Notice("file", scenario, "West", ("breaks",), None)
    assert [box.value for box in shown.run().success] == [SAY("export.loaded", name="West").replace(".", "\\.")]
    assert SAY("scenarios.retired.breaks") in [box.value for box in shown.info]
    shown.session_state["scenario-notice"] = Notice("file", scenario, "", (), DataProblem(Problem.SCENARIO_NOT_JSON))
    shown.run()
    assert len(shown.error) == 1
    assert len(shown.success) == 0


@pytest.mark.parametrize("text", ["broken", link_text(STEEP)[:-4]])
def test_a_broken_link_changes_nothing_and_says_so(run_page: Run, text: str) -> None:
    shown = opened(run_page, text)
    assert choices(shown).scenario.cuts != STEEP.cuts
    assert plainly(shown) == problem_sentence(DataProblem(Problem.LINK_BROKEN), SAY)


def test_a_link_with_weights_for_other_indicators_changes_nothing_and_names_them(run_page: Run) -> None:
    shown = opened(run_page, link_text(Scenario(weights={"charm": 40})))
    assert "charm" not in choices(shown).scenario.weights
    assert "“charm”" in plainly(shown)


def test_the_saved_file_holds_the_decisions_and_gives_the_same_tiers_again() -> None:
    entry = Entry(day=date(2026, 9, 1), verdict="decided", subject="Review in March")
    shown = cached_shown(DATASETS["both"]())
    saved = saved_from_json(file_text(shown, (entry,)))
    assert saved.log == (entry,)
    again = evaluate(shown.dataset, saved.scenario)
    assert saved.seal.tiers_hash == tiers_hash(again) == tiers_hash(shown.tiering)


def cached_shown(data: Dataset) -> Shown:
    """What a page would show of the data."""
    tiering = evaluate(data, Scenario())
    return Shown(data, tiering, tiering)


def test_what_was_decided_by_word_of_mouth_can_be_added(page: AppTest) -> None:
    open_part(page, "decided")
    page.text_input[0].set_value("Review in March")
    press(page, SAY("scenarios.log.add"))
    assert [entry.subject for entry in choices(page).log] == ["Review in March"]


def test_the_log_shows_the_newest_decision_first(run_page: Run) -> None:
    entries = tuple(Entry(day=date(2026, 9, day), verdict="decided", subject=f"No. {day}") for day in (1, 2))
    shown = open_part(run_page("scenarios", "en", DATASETS["both"](), log=entries), "decided")
    assert shown.dataframe[0].value[SAY("scenarios.log.subject")].tolist() == ["No. 2", "No. 1"]


def test_votes_taken_in_turns_end_in_the_median(page: AppTest) -> None:
    press(open_part(page, "vote"), SAY("workshop.vote.call"))
    for name, weight in (("Li", 100), ("Wang", 50), ("Zhao", 0)):
        page.text_input[0].set_value(name)
        page.slider[0].set_value(weight)
        press(page, SAY("workshop.ballot.send"))
    press(page, SAY("workshop.vote.reveal"))
    assert any(text.value.startswith("3 votes") for text in page.markdown)
    press(page, SAY("workshop.outcome.apply"))
    assert choices(page).log[-1].verdict == "voted"
    assert choices(page).scenario.goal == "own"


def test_a_code_that_nobody_gave_out_is_told_as_such(run_page: Run) -> None:
    shown = opened(run_page, "AAAAAA", page="vote", name="room")
    assert [error.value for error in shown.error] == [SAY("workshop.refused.no_room")]


def opened(run_page: Run, text: str, page: str = "scenarios", name: str = "s") -> AppTest:
    """The page at an address with something in it."""
    shown = run_page(page, "en", DATASETS["both"]())
    shown.query_params[name] = text
    return shown.run()


def plainly(shown: AppTest) -> str:
    """The one problem shown, without the signs that keep it plain."""
    assert len(shown.error) == 1
    return shown.error[0].value.replace("\\", "").replace("\u2060", "")
