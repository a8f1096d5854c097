"""Below the controls: what the chosen way rests on, in a sentence, and on request the assumptions to change."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tiering.ui import frame, state
from tiering.ui.cached import Shown
from tiering.ui.ways import breaks, capacity, majority, standards
from tiering.ui.ways.choice import OPEN
from tiering.words import Words
from tiering.words.drawn import unjudged

PARTS: dict[str, Callable[[Shown, Words], None]] = {
    "breaks": breaks.part,
    "capacity": capacity.part,
    "standards": standards.part,
    "majority": majority.part,
}


UNCOUNTED = ("standards", "majority")  # their panels hide the cards and show no customers of their own


def way_panel(shown: Shown, words: Words) -> None:
    """Nothing for fixed lines and shares: they are changed on the histogram.

    What could not be judged is told even while the section is closed.
    """
    kind = shown.tiering.scenario.line_kind
    if kind not in PARTS:
        return
    key = f"{OPEN}-{kind}"
    if state.widget_value(key) is None:
        state.set_widget(key, bool(state.widget_value(f"{OPEN}-kept")))

    def keep() -> None:
        state.set_widget(f"{OPEN}-kept", state.widget_value(key))

    notes = unjudged(shown.tiering, words, shown.dataset.currency)
    section = st.expander(words(f"ways.title.{kind}"), key=key, on_change=keep)
    if section.open:
        with section:
            st.caption(words(f"ways.about.{kind}"))
            PARTS[kind](shown, words)
            if kind in UNCOUNTED:
                st.caption(frame.plain(" · ".join(held(shown, words))))
    if notes:
        st.warning(frame.plain(("" if words.language == "zh" else " ").join(notes)))


def held(shown: Shown, words: Words) -> list[str]:
    """What each tier holds now: the cards may stand below the fold while the assumptions are changed."""
    totals = shown.tiering.totals
    text = "ways.held.tier" if totals.revenue.sum() > 0 else "ways.held.tier_alone"
    return [
        words(text, tier=tier, n=int(totals.customers[place]), share=words.percent(float(totals.shares[place]), 1))
        for place, tier in enumerate(shown.tiering.scenario.tiers)
    ]
