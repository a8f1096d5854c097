"""A link that carries the present scheme, and what happens to who opens one."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from tiering.decision.link import LONGEST, carried, link_text, scenario_of_link
from tiering.decision.saved import Saved
from tiering.problems import DataProblem
from tiering.scenario import Scenario
from tiering.ui import cached, frame, state
from tiering.ui.cached import Shown
from tiering.ui.scenario_file import apply
from tiering.words import Words

CARRIED = "s"


def link(shown: Shown, words: Words) -> None:
    """The link to copy, or why there is none."""
    st.subheader(words("scenarios.link.title"), anchor=False)
    st.caption(words("scenarios.link.hint"))
    text = address(shown.tiering.scenario)
    if len(text) > LONGEST:
        st.info(words("scenarios.link.too_long", n=len(text), most=LONGEST))
        return
    st.code(text, language=None, wrap_lines=True)
    if carried(shown.tiering.scenario) != shown.tiering.scenario:
        st.caption(words("scenarios.link.at_home"))


def address(scenario: Scenario) -> str:
    """This page's address with the scheme in it."""
    here = urlsplit(st.context.url or "")
    place = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{place}/scenarios?{CARRIED}={link_text(scenario)}"


def opened_link(words: Words) -> None:
    """Apply the scheme of the address that was opened, once; say so, or why it cannot be."""
    text = st.query_params.get(CARRIED)
    if text:
        try:
            scenario = scenario_of_link(text)
            cached.shown()  # what was there before is the baseline, and what undo returns to
            apply(Saved(scenario))
            state.choose(scenario_problem=None, scenario_loaded=scenario.name)
        except DataProblem as problem:
            state.choose(scenario_problem=problem, scenario_loaded=None)
        state.set_widget("scenarios-link-opened", True)
        del st.query_params[CARRIED]
    if state.widget_value("scenarios-link-opened"):
        _say(words)


def _say(words: Words) -> None:
    problem, name = state.choices().scenario_problem, state.choices().scenario_loaded
    if problem is not None:
        frame.problem_box(problem)
    elif name is not None:
        said = words("scenarios.link.opened", name=name) if name else words("scenarios.link.opened_unnamed")
        st.success(frame.plain(said))
