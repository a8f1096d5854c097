"""A page refresh loses nothing: the browser tab holds a secret, the server what it stands for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st

from tiering.ui.base import frame, keep, regions, state
from tiering.ui.base.held_rules import rules_text
from tiering.words import Words

TAB = "tab"
MARK = "tiering_tab"


def is_restoring() -> bool:
    """Whether this browser may bring something back, which is asked before anything is drawn.

    A visitor without the mark is never kept waiting; a secret without a mark is still taken, after the first drawing.
    """
    return not state.tab().settled and MARK in st.context.cookies.to_dict()


def tab() -> None:
    """The unseen part of the page that holds the secret and the rules, and brings them back."""
    now = state.tab()
    words = Words(state.choices().language)
    facts: dict[str, Any] = {"token": now.token, "settled": now.settled, "forgotten": now.forgotten}
    facts |= {"awaited": is_restoring(), "rules": rules_text(state.choices())}
    facts["down"] = words("app.down", command=_command())
    _component()(key=TAB, data=facts, on_found_change=_on_found)
    if not facts["awaited"]:
        _hold_rules()


@st.fragment(key=regions.TAB)
def _hold_rules() -> None:
    """What the tab holds follows each change, also where only a part of the page is drawn again."""
    _rules_component()(key="tab-rules", data={"token": state.tab().token, "rules": rules_text(state.choices())})


def again_note(words: Words) -> None:
    """Say which files are to be loaded again, and what is as it was."""
    now = state.choices()
    if now.again:
        key = "app.again_restarted" if now.resumed is not None else "app.again_refreshed"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(frame.plain(words(key, names=words.listed(now.again))), width="stretch")
            st.page_link(state.address("data"), label=words("app.again_go"))


def _command() -> str:
    """How this app is started anew, in the words of whoever started it."""
    program = Path(sys.argv[0]).name
    return "streamlit run app.py" if program.startswith("streamlit") else "python -m tiering app"


def forget_button(words: Words) -> None:
    """Say what is kept and for how long, and forget it at once on request."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words("data.kept"), width="stretch")
        st.button(words("data.forget"), on_click=forget, key="forget", type="tertiary", help=words("data.forget_hint"))


def forget() -> None:
    """Forget the session: its folder is removed, and the browser starts a new session without the secret."""
    keep.forget(state.tab().token)
    state.forget()


def _on_found() -> None:
    found = state.widget_value(TAB).get("found")
    if found is not None and not state.tab().settled:
        told = found if hasattr(found, "get") else {"token": found}
        state.take_over(told.get("token"), told.get("rules", ""))


@cache
def _component() -> Callable[..., Any]:
    script = files(keep).joinpath("tab.js").read_text(encoding="utf-8")
    return st.components.v2.component("tiering_tab", js=script)


@cache
def _rules_component() -> Callable[..., Any]:
    script = files(keep).joinpath("rules.js").read_text(encoding="utf-8")
    return st.components.v2.component("tiering_rules", js=script)
