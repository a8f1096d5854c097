"""What the chosen way of drawing lines rests on: its assumptions to change, and what it cannot judge."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways import breaks, capacity, majority, standards
from tiering.words import Words
from tiering.words.lines_said import unjudged

PARTS: dict[str, Callable[[Shown, Words], None]] = {
    "breaks": breaks.part,
    "capacity": capacity.part,
    "standards": standards.part,
    "majority": majority.part,
}


def part(shown: Shown, words: Words) -> None:
    """The assumptions of the chosen way; fixed lines and shares have none, they are changed on the histogram."""
    kind = shown.tiering.scenario.line_kind
    st.caption(words(f"ways.about.{kind}"))
    PARTS[kind](shown, words)


def unjudged_note(shown: Shown, words: Words) -> None:
    """What the chosen way could not judge, told even while its assumptions are closed."""
    notes = unjudged(shown.tiering, words, shown.dataset.currency)
    if notes:
        st.warning(frame.plain(words.sentences(notes)))
