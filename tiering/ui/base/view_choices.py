"""Controls of the analysis views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from tiering.ui.base import state
from tiering.ui.base.remembered import Remembered
from tiering.words import Words

Option = TypeVar("Option")


def _text(name: str, part: str) -> str:
    return f"segments.{name}.{part}"


_CONTROLS = Remembered("segments", _text)
picked, number, kept, keep = _CONTROLS.picked, _CONTROLS.number, _CONTROLS.kept, _CONTROLS.keep


def selected(
    name: str, options: Sequence[Option], words: Words, shown_as: Callable[[Option], str], default: Option | None = None
) -> Option:
    """One of many ``options`` in a list."""
    label = words("segments.cross.only" if name.startswith("cross_only") else f"segments.{name}.label")
    return _CONTROLS.selected(name, options, label, shown_as, default)


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


def money(name: str, words: Words) -> float:
    """An amount of 0 or more, typed in; 0 at first."""
    key = f"segments-{name}"
    state.set_widget(key, float(kept(name, 0.0)))
    st.number_input(words(f"segments.{name}.label"), min_value=0.0, step=10.0, key=key, on_change=_keeper(name, key))
    return float(state.widget_value(key) or 0.0)


def typed(name: str, offered: str, words: Words, shown_for: str) -> str:
    """A line of text, at first ``offered``; each ``shown_for`` has its own."""
    key, place = f"segments-{name}", f"{name}-{shown_for}"
    state.set_widget(key, kept(place, offered))
    st.text_input(words(f"segments.{name}.label"), key=key, on_change=_keeper(place, key), width=260)
    return str(state.widget_value(key) or "")


def _keeper(name: str, key: str) -> Callable[[], None]:
    return lambda: keep(name, state.widget_value(key))
