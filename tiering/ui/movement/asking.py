"""Controls of the movement views: each keeps its value when another view or page is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from tiering.ui import state
from tiering.words import Words


def picked(name: str, options: Sequence[str], words: Words, default: str | None = None, bare: bool = False) -> str:
    """One of a few ``options``, side by side; labelled ``movement.<name>.label`` and ``movement.<name>.<option>``."""
    key = f"movement-{name}"
    before = state.widget_value(_kept(name))
    state.set_widget(key, before if before in options else default or options[0])
    chosen = st.segmented_control(
        words(f"movement.{name}.label"),
        options,
        format_func=lambda option: words(f"movement.{name}.{option}"),
        key=key,
        on_change=_keeper(name, key),
        required=True,
        label_visibility="collapsed" if bare else "visible",
    )
    return str(chosen)


def day(name: str, words: Words, span: tuple[date, date], default: date) -> date:
    """A day within ``span``, both ends included."""
    key = f"movement-{name}"
    before = state.widget_value(_kept(name))
    wished = before if isinstance(before, date) else default
    state.set_widget(key, min(max(wished, span[0]), span[1]))
    st.date_input(
        words(f"movement.{name}.label"), min_value=span[0], max_value=span[1], key=key, on_change=_keeper(name, key)
    )
    value = state.widget_value(key)
    return value if isinstance(value, date) else default


def number(name: str, words: Words, span: tuple[int, int], default: int, unit: str = "") -> int:
    """A whole number within ``span``, by a slider; the hint of ``movement.<name>.hint`` where there is one."""
    low, high = span
    key = f"movement-{name}"
    before = state.widget_value(_kept(name))
    state.set_widget(key, min(max(default if before is None else int(before), low), high))
    hint = f"movement.{name}.hint"
    st.slider(
        words(f"movement.{name}.label"),
        low,
        high,
        key=key,
        format=f"%d{unit}",
        on_change=_keeper(name, key),
        help=words(hint) if words.has(hint) else None,
        width=200,
    )
    return int(state.widget_value(key))


def _kept(name: str) -> str:
    return f"movement-kept-{name}"


def _keeper(name: str, key: str) -> Callable[[], None]:
    def keep() -> None:
        value: Any = state.widget_value(key)
        state.set_widget(_kept(name), value)

    return keep
