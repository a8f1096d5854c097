"""Controls of the page that keep their value when another part or page is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from tiering.ui import state
from tiering.words import Words


def part(name: str, options: Sequence[str], words: Words) -> str:
    """One of a few parts, side by side; worded ``scenarios.<name>.<option>``."""
    key = _shown_again(name, options, options[0])
    chosen = st.segmented_control(
        words(f"scenarios.{name}.label"),
        options,
        format_func=lambda option: words(f"scenarios.{name}.{option}"),
        key=key,
        on_change=lambda: state.set_widget(_kept(name), state.widget_value(key)),
        required=True,
        label_visibility="collapsed",
    )
    return str(chosen)


def one(name: str, options: Sequence[str], label: str, shown_as: Callable[[str], str], default: str) -> str:
    """One of many options in a list."""
    key = _shown_again(name, options, default)
    chosen = st.selectbox(
        label,
        options,
        format_func=shown_as,
        key=key,
        on_change=lambda: state.set_widget(_kept(name), state.widget_value(key)),
        filter_mode=None,
        width=300,
    )
    return str(chosen)


def pick(name: str, option: str) -> None:
    """Set a control from outside."""
    state.set_widget(_kept(name), option)


def _kept(name: str) -> str:
    return f"scenarios-kept-{name}"


def _shown_again(name: str, options: Sequence[str], default: str) -> str:
    kept = state.widget_value(_kept(name))
    key = f"scenarios-{name}"
    state.set_widget(key, kept if kept in options else default)
    return key
