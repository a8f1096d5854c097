"""The dock at the foot of the page *tiers*: whatever else can be changed, with the studio in sight."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tiering.ui.base import cached, frame, regions, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.indicators import panel as indicators
from tiering.ui.pages.tiers.rules import section as rules
from tiering.ui.pages.tiers.ways import panel as ways
from tiering.ui.pages.tiers.weights import panel as weights
from tiering.words import Words

HEIGHT = 240  # leaves cards and histogram in sight on a screen of 800 lines
CONTROL = "dock-control"
PARTS: dict[str, Callable[[Shown, Words], None]] = {
    "way": ways.part,
    "indicators": indicators.part,
    "weights": weights.part,
    "rules": rules.part,
}


def dock() -> None:
    """Draw the dock; a page draws it once."""
    with st.bottom:
        _dock()


@st.fragment(key=regions.DOCK)
@frame.guarded
def _dock() -> None:
    """One row of names; the one that is chosen opens above nothing else, and closes when chosen again."""
    words, shown = frame.words(), cached.shown()
    kind = shown.tiering.scenario.line_kind
    opened = state.widget_value(regions.DOCKED)
    state.set_widget(CONTROL, opened if opened in PARTS else None)
    st.segmented_control(
        words("dock.label"),
        list(PARTS),
        format_func=lambda name: words(f"ways.title.{kind}" if name == "way" else f"dock.{name}"),
        key=CONTROL,
        on_change=lambda: state.set_widget(regions.DOCKED, state.widget_value(CONTROL)),
        label_visibility="collapsed",
    )
    if opened in PARTS:
        with st.container(height=HEIGHT):
            PARTS[opened](shown, words)
