"""Controls of the views: each keeps its value when another view or page is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from tiering.ui import state
from tiering.words import Words

Option = TypeVar("Option")


def picked(name: str, options: Sequence[str], words: Words, default: str | None = None, bare: bool = False) -> str:
    """One of a few ``options``, side by side; labelled ``segments.<name>.label`` and ``segments.<name>.<option>``."""
    key = _shown_again(name, options, default or options[0])
    chosen = st.segmented_control(
        words(f"segments.{name}.label"),
        options,
        format_func=lambda option: words(f"segments.{name}.{option}"),
        key=key,
        on_change=_keeper(name, key),
        required=True,
        label_visibility="collapsed" if bare else "visible",
    )
    return str(chosen)


def selected(
    name: str, options: Sequence[Option], words: Words, shown_as: Callable[[Option], str], default: Option | None = None
) -> Option:
    """One of many ``options`` in a list."""
    key = _shown_again(name, options, options[0] if default is None else default)
    label = words("segments.cross.only" if name.startswith("cross_only") else f"segments.{name}.label")
    st.selectbox(label, options, format_func=shown_as, key=key, on_change=_keeper(name, key), width=180)
    chosen: Option = state.widget_value(key)
    return chosen


def several(name: str, options: Sequence[str], words: Words, default: Sequence[str]) -> list[str]:
    """Some of the indicators, as pills."""
    wanted = [option for option in kept(name, default) if option in options]
    key = f"segments-{name}"
    state.set_widget(key, wanted)
    st.pills(
        words(f"segments.{name}.label"),
        options,
        format_func=lambda option: words(f"indicator.{option}.label"),
        selection_mode="multi",
        key=key,
        on_change=_keeper(name, key),
    )
    return [option for option in options if option in (state.widget_value(key) or ())]


def percent(name: str, words: Words, span: tuple[int, int], default: int) -> float:
    """A whole percentage within ``span`` → share 0..1; a kept value outside it moves to its edge."""
    return number(name, words, span, default, unit="%%") / 100


def number(name: str, words: Words, span: tuple[int, int], default: int, unit: str = "") -> int:
    """A whole number within ``span``, by a slider."""
    low, high = span
    kept = state.widget_value(_kept(name))
    key = f"segments-{name}"
    state.set_widget(key, min(max(default if kept is None else int(kept), low), high))
    st.slider(
        words(f"segments.{name}.label"),
        low,
        high,
        key=key,
        format=f"%d{unit}",
        on_change=_keeper(name, key),
        width=180,
    )
    return int(state.widget_value(key))


def money(name: str, words: Words) -> float:
    """An amount of 0 or more, typed in; 0 at first."""
    key = f"segments-{name}"
    state.set_widget(key, float(kept(name, 0.0)))
    st.number_input(words(f"segments.{name}.label"), min_value=0.0, step=10.0, key=key, on_change=_keeper(name, key))
    return float(state.widget_value(key) or 0.0)


def typed(name: str, offered: str, words: Words, shown_for: str) -> str:
    """A line of text, at first ``offered``; each ``shown_for`` has its own."""
    kept = state.widget_value(_kept(f"{name}-{shown_for}"))
    key = f"segments-{name}"
    state.set_widget(key, offered if kept is None else kept)
    st.text_input(words(f"segments.{name}.label"), key=key, on_change=_keeper(f"{name}-{shown_for}", key), width=260)
    return str(state.widget_value(key) or "")


def keep(name: str, value: Any) -> None:
    """Set a control from outside, as a suggestion taken does."""
    state.set_widget(_kept(name), value)


def kept(name: str, default: Any) -> Any:
    """What was kept under a name, ``default`` at first."""
    value = state.widget_value(_kept(name))
    return default if value is None else value


def _kept(name: str) -> str:
    return f"segments-kept-{name}"


def _shown_again(name: str, options: Sequence[Any], default: Any) -> str:
    """Widget key, set to what was chosen before where that is still offered."""
    kept = state.widget_value(_kept(name))
    key = f"segments-{name}"
    state.set_widget(key, kept if kept in options else default)
    return key


def _keeper(name: str, key: str) -> Callable[[], None]:
    return lambda: keep(name, state.widget_value(key))
