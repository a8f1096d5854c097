"""A list of invoices that could be orders or payments: the question which, with what each answer means."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data import upload
from tiering.words import Words


def role_card(words: Words) -> None:
    """The card for the first such file, once the questions of reading are answered."""
    waiting = state.choices().waiting
    if any(source.reading.open_questions for source in waiting):
        return
    unsure = upload.of_unsure_role(waiting)
    if unsure is not None:
        with st.container(border=True):
            _card(unsure, words)


def _card(source: Source, words: Words) -> None:
    st.markdown(f"**{plain(words('beside.ask.title', name=source.name))}**")
    st.caption(words("beside.ask.why"))
    for answer in upload.ROLE_ANSWERS:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                words(f"beside.ask.{answer}"),
                on_click=upload.decided_role,
                args=(source, answer),
                type="primary" if answer == "both" else "secondary",
                key=f"role-answer-{answer}",
            )
            st.caption(words(f"beside.ask.{answer}_hint"))
