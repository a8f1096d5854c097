"""A section of a page that stays open when the person comes back from another page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tiering.ui.base import state


def kept_open(label: str, key: str) -> Any:
    """An expander whose content is drawn only while it is open; ``key`` is its name in the session."""
    kept = f"{key}-kept"
    if state.widget_value(key) is None:
        state.set_widget(key, bool(state.widget_value(kept)))

    def keep() -> None:
        state.set_widget(kept, state.widget_value(key))

    return st.expander(label, key=key, on_change=keep)
