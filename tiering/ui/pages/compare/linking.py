"""A link that carries the present scheme, and what happens to who opens one."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from tiering.decision.link import LONGEST, carried, link_text, saved_of_link
from tiering.problems import DataProblem
from tiering.scenario import Scenario
from tiering.ui.base import cached, frame, notice
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare.scenario_file import apply
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


def opened_link() -> None:
    """Apply the scheme of the address that was opened, once."""
    text = st.query_params.get(CARRIED)
    if text:
        try:
            saved = saved_of_link(text)
            cached.shown()  # what was there before is the baseline, and what undo returns to
            apply(saved)
            notice.note("link", saved)
        except DataProblem as problem:
            notice.note("link", problem=problem)
        del st.query_params[CARRIED]


def said(words: Words) -> None:
    """What became of the link that was just opened."""
    opened = notice.noted("link")
    if opened is None:
        return
    if opened.problem is not None:
        frame.problem_box(opened.problem)
    else:
        name = opened.name
        text = words("scenarios.link.opened", name=name) if name else words("scenarios.link.opened_unnamed")
        st.success(frame.plain(text))
        notice.retired_note(opened.retired, words)
