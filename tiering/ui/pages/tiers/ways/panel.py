"""What the chosen way of drawing lines rests on: its assumptions to change, and what it cannot judge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from tiering.said.ways import unjudged
from tiering.scenario.ways.way import registered_ways
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.words import Words

PARTS: Final[dict[str, Callable[[Shown, Words], None]]] = registered_ways("tiering.ui.pages.tiers.ways")


def part(shown: Shown, words: Words) -> None:
    """What the chosen way does, and its assumptions and proposals."""
    kind = shown.tiering.scenario.line_kind
    st.caption(words(f"ways.about.{kind}"))
    PARTS[kind](shown, words)


def unjudged_note(shown: Shown, words: Words) -> None:
    """What the chosen way could not judge, told even while its assumptions are closed."""
    notes = unjudged(shown.tiering, words, shown.dataset.currency)
    if notes:
        st.warning(frame.plain(words.sentences(notes)))
