"""Calling a blind vote: a code for other devices, who has voted, and the reveal."""

from __future__ import annotations

import streamlit as st

from tiering.decision.rooms import LEAST_VOTES, Refused, RoomView
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare import vote_outcome
from tiering.ui.pages.tiers.weights.proposal import counted_keys
from tiering.ui.pages.vote import rooms
from tiering.ui.pages.vote.ballot import ballot
from tiering.words import Words

WATCH_SECONDS = 2.0
FIRST_WEIGHED = 8  # as many as people weigh with care on a telephone
HERE = "workshop-ballot-here"


def voting(shown: Shown, words: Words) -> None:
    """Before, during and after the vote."""
    st.subheader(words("workshop.vote.title"), anchor=False)
    room = rooms.own_room()
    if room is None:
        _call(shown, words)
    elif room.revealed:
        vote_outcome.outcome(shown, room, words)
        _end(words)
    else:
        _running(room, words)


def _call(shown: Shown, words: Words) -> None:
    st.caption(words("workshop.vote.about"))
    labels = indicator_labels(shown, words)
    keys = st.pills(
        words("workshop.vote.which"),
        list(labels),
        selection_mode="multi",
        default=counted_keys(shown)[:FIRST_WEIGHED],
        format_func=lambda key: labels[key],
        key="workshop-indicators",
        persist_state="session",
    )
    if st.button(words("workshop.vote.call"), type="primary", disabled=not keys):
        try:
            rooms.open_room({key: "" if words.has(f"indicator.{key}.label") else labels[key] for key in keys})
            st.rerun()
        except Refused as refused:
            st.error(words(f"workshop.refused.{refused.reason}"))


def indicator_labels(shown: Shown, words: Words) -> dict[str, str]:
    """The data's indicators by key, with what they are called."""
    keys = shown.tiering.base.matrix.keys
    return {
        key: words(f"indicator.{key}.label") if words.has(f"indicator.{key}.label") else key.removeprefix("own:")
        for key in keys
    }


def _running(room: RoomView, words: Words) -> None:
    with st.container(border=True):
        st.caption(words("workshop.vote.code"))
        st.html(f'<div style="font-size: 3.5rem; font-weight: 700; letter-spacing: 0.15em">{room.code}</div>')
        st.code(rooms.address(room.code), language=None)
        st.caption(words("workshop.vote.reachable" if rooms.is_on_lan() else "workshop.vote.not_reachable"))
    _watch()
    with st.expander(words("workshop.vote.here")):
        st.caption(words("workshop.vote.here_hint"))
        vote = ballot(room, words, HERE)
        if vote is not None:
            try:
                rooms.vote_here(room.code, vote)
                state.turn(HERE)
                st.rerun()
            except Refused as refused:
                st.error(words(f"workshop.refused.{refused.reason}"))


@st.fragment(run_every=WATCH_SECONDS)
@frame.guarded
def _watch() -> None:
    """Who has voted so far, looked at again and again, and the button that ends the secret."""
    words, room = frame.words(), rooms.own_room()
    if room is None or room.revealed:
        st.rerun()
        return
    names = words.listed(room.aliases)
    text = words("workshop.vote.so_far", n=len(room.aliases), names=names) if names else words("workshop.vote.nobody")
    st.markdown(frame.plain(text))
    with st.container(horizontal=True):
        few = len(room.aliases) < LEAST_VOTES
        if st.button(
            words("workshop.vote.reveal"), type="primary", disabled=few, help=words("workshop.vote.reveal_hint")
        ):
            _reveal(words)
        _end(words)


def _reveal(words: Words) -> None:
    try:
        rooms.reveal()
        st.rerun()
    except Refused as refused:
        st.error(words(f"workshop.refused.{refused.reason}"))


def _end(words: Words) -> None:
    with st.popover(words("workshop.vote.end")):
        st.markdown(words("workshop.vote.end_sure"))
        if st.button(words("workshop.vote.end_now")):
            rooms.close()
            st.rerun()
