"""The scenario as a file: saved with its scales frozen, loaded as one undoable step."""

from __future__ import annotations

import streamlit as st

from tiering.evaluate import Tiering
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario, scenario_from_json, scenario_to_json
from tiering.ui import cached, frame, state
from tiering.ui.cached import Shown
from tiering.ui.dropzone import Accepted, drop_zone, empty
from tiering.words import Words

LOADER = "scenario-upload"


def save(shown: Shown, words: Words) -> None:
    """Name the scenario and download it."""
    st.subheader(words("export.scenario"), anchor=False)
    st.caption(words("export.scenario_hint"))
    state.set_widget("scenario-name", shown.tiering.scenario.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(words("export.name"), key="scenario-name", on_change=_rename, max_chars=200, width=320)
        st.download_button(
            words("export.save"),
            scenario_to_json(saved_form(shown.tiering)),
            file_name=f"{file_stem(shown.tiering.scenario)}.json",
            mime="application/json",
            on_click="ignore",
        )


def saved_form(tiering: Tiering) -> Scenario:
    """The scenario with the scales it was made on, so that next quarter's customers stand on the same ones."""
    return tiering.scenario.model_copy(update={"anchors": dict(tiering.base.matrix.anchors)})


def file_stem(scenario: Scenario) -> str:
    """File name of a scenario: letters and digits of its name."""
    return "".join(sign if sign.isalnum() else "-" for sign in scenario.name).strip("-") or "scenario"


def load(words: Words) -> None:
    """Take a scenario file; one that cannot be used leaves the present scenario as it is."""
    for file in drop_zone(words("export.load"), Accepted(("json",), most_mb=5), words, key=LOADER):
        _take(file.getvalue())
    problem = state.choices().scenario_problem
    if problem is not None:
        frame.problem_box(problem)
    elif state.choices().scenario_loaded is not None:
        name = state.choices().scenario_loaded
        st.success(frame.plain(words("export.loaded", name=name)) if name else words("export.loaded_unnamed"))


def _take(content: bytes) -> None:
    before = state.choices()
    try:
        scenario = scenario_from_json(_text(content))
        state.set_scenario(scenario)
        cached.shown()
        state.choose(scenario_problem=None, scenario_loaded=scenario.name)
    except DataProblem as problem:
        state.choose(scenario=before.scenario, undo=before.undo, scenario_problem=problem, scenario_loaded=None)
    empty(LOADER)
    st.rerun()


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error


def _rename() -> None:
    now = state.choices().scenario
    state.choose(scenario=now.model_copy(update={"name": state.widget_value("scenario-name").strip()}))
