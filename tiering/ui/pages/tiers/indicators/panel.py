"""What there is to choose about indicators, one part at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tiering.ui.base.cached import Shown
from tiering.ui.base.remembered import Remembered
from tiering.ui.pages.tiers.indicators import own, scales, which
from tiering.words import Words

PARTS: dict[str, Callable[[Shown, Words], None]] = {
    "which": which.part,
    "own": own.part,
    "scales": scales.part,
    "newcomers": which.newcomers_part,
}
_CONTROLS = Remembered("measures", lambda _, part: f"measures.part.{part}")


def part(shown: Shown, words: Words) -> None:
    """The parts side by side, and what the chosen one is for."""
    chosen = _CONTROLS.picked("part", tuple(PARTS), words, bare=True)
    st.caption(words(f"measures.about.{chosen}"))
    PARTS[chosen](shown, words)
