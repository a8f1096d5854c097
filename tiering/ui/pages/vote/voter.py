"""A voter's own device: the code, the ballot, and after the reveal the own weights beside the median."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.decision.rooms import Refused, RoomView
from tiering.decision.votes import spread
from tiering.ui.base import frame
from tiering.ui.pages.vote import rooms
from tiering.ui.pages.vote.ballot import ballot, indicator_label
from tiering.ui.server import visitors
from tiering.words import Words

WATCH_SECONDS = 3.0
CODE = "vote-code"


def voter(words: Words) -> None:
    """From the code to the result."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(words("nav.vote"), anchor=False, width="content")
        st.space("stretch")
        frame.language_switch()
    code = address_code()
    if not code:
        _ask(words)
        return
    try:
        room = rooms.visible_room(code)
    except Refused as refused:
        st.error(words(f"workshop.refused.{refused.reason}"))
        _ask(words)
        return
    if room.revealed:
        _result(room, words)
    else:
        if visitors.address():
            st.caption(words("visitors.plain"))
        _vote(room, words)
        _wait()


def address_code() -> str:
    """The code in the address, empty where there is none."""
    return st.query_params.get(rooms.CARRIED, "").strip().upper()


def _ask(words: Words) -> None:
    with st.form(CODE, border=False):
        code = st.text_input(words("workshop.voter.code"), max_chars=12, width=240)
        if st.form_submit_button(words("workshop.voter.go"), type="primary") and code.strip():
            st.query_params[rooms.CARRIED] = code.strip().upper()
            st.rerun()


def _vote(room: RoomView, words: Words) -> None:
    if room.own is not None:
        st.success(frame.plain(words("workshop.voter.sent", alias=room.own.alias)))
    vote = ballot(room, words, f"workshop-ballot-{room.code}")
    if vote is None:
        return
    try:
        rooms.vote(room.code, vote)
        st.rerun()
    except Refused as refused:
        st.error(words(f"workshop.refused.{refused.reason}"))


@st.fragment(run_every=WATCH_SECONDS)
@frame.guarded
def _wait() -> None:
    """Look whether the votes have been revealed or the vote has ended."""
    words = frame.words()
    try:
        room = rooms.visible_room(address_code())
    except Refused:
        st.rerun()
        return
    if room.revealed:
        st.rerun()
    st.caption(words("workshop.voter.so_far", n=len(room.aliases)))


def _result(room: RoomView, words: Words) -> None:
    keys = list(room.indicators)
    found = spread([vote.weights for vote in room.votes], keys)
    st.markdown(words("workshop.voter.revealed", n=len(room.votes)))
    columns = {
        words("weights.column.indicator"): [
            indicator_label(key, label, words) for key, label in room.indicators.items()
        ]
    }
    figures = {words("workshop.voter.median"): found.median}
    if room.own is not None:
        figures = {words("workshop.voter.own"): spread([room.own.weights], keys).median, **figures}
    share = {name: st.column_config.NumberColumn(name, format="percent", width="small") for name in figures}
    table = pd.DataFrame(columns | {name: values.round(3) for name, values in figures.items()})
    st.dataframe(frame.safe_table(table), hide_index=True, height="content", column_config=share)
