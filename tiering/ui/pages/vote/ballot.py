"""The ballot: a name and a slider for each indicator, as large as a thumb needs it."""

from __future__ import annotations

import streamlit as st

from tiering.decision.rooms import LONGEST_ALIAS, TOP_WEIGHT, RoomView, Vote
from tiering.ui.base import frame, state
from tiering.words import Words

STEP = 5
MIDDLE = 50


def ballot(room: RoomView, words: Words, key: str) -> Vote | None:
    """Draw the form; answers the vote when it is sent. An own vote is shown as it is, else all stand in the middle."""
    before = room.own
    with st.form(state.rotate(key), border=False):
        alias = st.text_input(
            words("workshop.ballot.alias"), value=before.alias if before else "", max_chars=LONGEST_ALIAS, width=360
        )
        st.caption(words("workshop.ballot.how"))
        weights = {
            name: st.slider(
                frame.plain(indicator_label(name, label, words)),
                0,
                TOP_WEIGHT,
                before.weights[name] if before else MIDDLE,
                STEP,
                help=_hint(name, words),
            )
            for name, label in room.indicators.items()
        }
        sent = st.form_submit_button(
            words("workshop.ballot.change" if before else "workshop.ballot.send"), type="primary"
        )
    return Vote(alias, weights) if sent else None


def indicator_label(key: str, label: str, words: Words) -> str:
    """What an indicator is called: in the voter's language where everybody knows it, else as the host's file does."""
    return words(f"indicator.{key}.label") if not label and words.has(f"indicator.{key}.label") else label or key


def _hint(key: str, words: Words) -> str | None:
    return words(f"indicator.{key}.hint") if words.has(f"indicator.{key}.hint") else None
