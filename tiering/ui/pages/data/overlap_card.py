"""Lines that several order files hold: the question whether they count once, with both answers in money."""

from __future__ import annotations

import streamlit as st

from tiering.ingest.clean.overlap import Overlap
from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.ui.pages.data import upload
from tiering.words import Words


def overlap_card(words: Words) -> None:
    """The card, once every other question of the files that wait is answered."""
    waiting = state.choices().waiting
    if not waiting or any(source.reading.open_questions for source in waiting):
        return
    shared = upload.overlap(waiting)
    if shared is not None:
        with st.container(border=True):
            _card(shared, words)


def _card(shared: Overlap, words: Words) -> None:
    st.markdown(f"**{plain(words('overlap.title', n=shared.lines, files=words.listed(list(shared.files))))}**")
    st.caption(words("overlap.why"))
    for line in shared.examples:
        st.caption(plain(line))
    once = float(shared.total - shared.amount)
    _answer("once", shared.of - shared.lines, once, words)
    _answer("all", shared.of, float(shared.total), words)


def _answer(answer: str, lines: int, money: float, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words(f"overlap.{answer}"),
            on_click=upload.decided_overlap,
            args=(answer == "once",),
            type="primary" if answer == "once" else "secondary",
            key=f"overlap-{answer}",
        )
        st.caption(plain(words("overlap.leads_to", lines=lines, total=words.money_exact(money, ""))))
