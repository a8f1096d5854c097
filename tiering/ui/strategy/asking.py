"""Controls of the strategy views: each keeps its value when another view or page is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from tiering.ui import state
from tiering.words import Words


def picked(name: str, options: Sequence[str], words: Words, default: str | None = None, bare: bool = False) -> str:
    """One of a few ``options``, side by side; labelled ``plan.<name>.label`` and ``plan.<name>.<option>``."""
    key = _shown_again(name, options, default)
    chosen = st.segmented_control(
        words(f"plan.{name}.label"),
        options,
        format_func=lambda option: words(f"plan.{name}.{option}"),
        key=key,
        on_change=_keeper(name, key),
        required=True,
        label_visibility="collapsed" if bare else "visible",
    )
    return str(chosen)


def selected(name: str, options: Sequence[str], words: Words, shown_as: Callable[[str], str]) -> str:
    """One of many ``options`` in a list; labelled ``plan.<name>.label``."""
    key = _shown_again(name, options, None)
    st.selectbox(
        words(f"plan.{name}.label"),
        options,
        format_func=shown_as,
        key=key,
        on_change=_keeper(name, key),
        filter_mode=None,
        width=220,
    )
    return str(state.widget_value(key))


def number(name: str, words: Words, span: tuple[int, int], default: int, unit: str = "") -> int:
    """A whole number within ``span``, by a slider; the hint of ``plan.<name>.hint`` where there is one."""
    low, high = span
    key, hint = f"strategy-{name}", f"plan.{name}.hint"
    before = state.widget_value(_kept(name))
    state.set_widget(key, min(max(default if before is None else int(before), low), high))
    st.slider(
        words(f"plan.{name}.label"),
        low,
        high,
        key=key,
        format=f"%d{unit}",
        on_change=_keeper(name, key),
        help=words(hint) if words.has(hint) else None,
        width=200,
    )
    return int(state.widget_value(key))


def typed(name: str, words: Words, now: float, change: Callable[[float], None], **limits: Any) -> None:
    """A number of the scenario, typed; ``change`` takes the new one. Labelled ``plan.<name>.label``."""
    key, hint = f"strategy-{name}", f"plan.{name}.hint"
    state.set_widget(key, now)
    st.number_input(
        words(f"plan.{name}.label"),
        key=key,
        on_change=lambda: change(state.widget_value(key)),
        help=words(hint) if words.has(hint) else None,
        width=220,
        **limits,
    )


def kept(name: str, default: str) -> str:
    """What a control was set to when it was last seen."""
    value = state.widget_value(_kept(name))
    return default if value is None else str(value)


def set_kept(name: str, value: Any) -> None:
    """Set a control from outside."""
    state.set_widget(_kept(name), value)


def _shown_again(name: str, options: Sequence[str], default: str | None) -> str:
    key = f"strategy-{name}"
    before = state.widget_value(_kept(name))
    state.set_widget(key, before if before in options else default or options[0])
    return key


def _kept(name: str) -> str:
    return f"strategy-kept-{name}"


def _keeper(name: str, key: str) -> Callable[[], None]:
    return lambda: state.set_widget(_kept(name), state.widget_value(key))
