"""The section on indicators, one part at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tiering.ui import cached, frame
from tiering.ui.cached import Shown
from tiering.ui.indicators import newcomers, own, scales, which
from tiering.ui.weights.section import kept_open
from tiering.words import Words

PARTS: dict[str, Callable[[Shown, Words], None]] = {
    "which": which.part,
    "own": own.part,
    "scales": scales.part,
    "newcomers": newcomers.part,
}


@st.fragment
@frame.guarded
def indicators() -> None:
    """A closed section below the studio."""
    words = frame.words()
    section = kept_open(words("measures.title"), "measures-open")
    if not section.open:
        return
    shown = cached.shown()
    with section:
        part = st.segmented_control(
            words("measures.part.label"),
            tuple(PARTS),
            format_func=lambda option: words(f"measures.part.{option}"),
            key="measures-part",
            default="which",
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        st.caption(words(f"measures.about.{part}"))
        PARTS[part](shown, words)
