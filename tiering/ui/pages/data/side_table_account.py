"""What payments, contacts and outside data have told about the customers, and whom they do not know."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tiering.dataset import Beside
from tiering.ui.base import cached, state
from tiering.ui.base.frame import plain
from tiering.ui.pages.data.unmatched import listing
from tiering.words import Words


def account(words: Words) -> None:
    """One part per kind of file; nothing where there is none."""
    found = cached.shown_dataset().beside
    if not found:
        return
    st.subheader(words("beside.title"), anchor=False)
    for one in found:
        with st.container(border=True):
            _part(one, words)


def _part(one: Beside, words: Words) -> None:
    title = words(f"data.role.{one.role}")
    scenario = state.choices().scenario
    day = scenario.as_of or one.as_of
    counted = words("beside.as_of", date=day.isoformat(), n=scenario.window_months) if one.as_of and day else ""
    st.markdown(f"**{title}**{plain(f' · {counted}') if counted else ''}")
    gave = words("beside.gave", list=_named(one.gave, words)) if one.gave else words("beside.gave_nothing")
    st.markdown(plain(gave))
    if one.kept:
        key = "beside.filled" if one.role == "attributes" else "beside.kept"
        st.caption(plain(words(key, list=_named(one.kept, words))))
    left, right = st.columns(2)
    if one.strangers:
        key = "beside.prospects" if one.role == "attributes" else "beside.strangers"
        with left:
            listing(f"{one.role}-strangers", words(key, n=len(one.strangers)), one.strangers, words)
    if one.silent:
        with right:
            listing(f"{one.role}-silent", words("beside.silent", n=len(one.silent)), one.silent, words)


def _named(columns: Sequence[str], words: Words) -> str:
    return words.listed([_label(column, words) for column in columns])


def _label(column: str, words: Words) -> str:
    keys = (f"indicator.{column}.label", f"field.{column}.label")
    return next((words(key) for key in keys if words.has(key)), column)
