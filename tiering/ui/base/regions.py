"""The parts of the page *tiers* that redraw on their own."""

from __future__ import annotations

import streamlit as st

CONTROLS, LIVE, DETAILS, DOCK = "controls", "live", "details", "dock"
TAB = "held-by-tab"  # on every page: what the tab itself holds follows each change
DOCKED = "dock-open"  # which part of the dock is open, in the session


def follow_release() -> None:
    """Redraw everything that a changed scenario changes; for use in a widget's callback."""
    st.rerun([CONTROLS, LIVE, DETAILS, DOCK, TAB])
