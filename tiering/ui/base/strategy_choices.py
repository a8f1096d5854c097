"""Controls of the strategy views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from tiering.ui.base import state
from tiering.ui.base.remembered import Remembered
from tiering.words import Words


def _text(name: str, part: str) -> str:
    return f"plan.{name}.{part}"


_CONTROLS = Remembered("strategy", _text)
picked, number, kept, set_kept = _CONTROLS.picked, _CONTROLS.number, _CONTROLS.kept, _CONTROLS.keep


def selected(name: str, options: Sequence[str], words: Words, shown_as: Callable[[str], str]) -> str:
    """One of many ``options`` in a list; labelled ``plan.<name>.label``."""
    return _CONTROLS.selected(name, options, words(f"plan.{name}.label"), shown_as)


def typed(name: str, words: Words, now: float, change: Callable[[float | None], None], **limits: Any) -> None:
    """A number of the scenario, labelled ``plan.<name>.label``; ``change`` takes the new one, None where emptied."""
    key, hint = f"strategy-{name}", f"plan.{name}.hint"
    state.set_widget(key, now)
    st.number_input(
        words(f"plan.{name}.label"),
        value=None,  # or an emptied field would turn to its least value instead of telling that it is empty
        key=key,
        on_change=lambda: change(state.widget_value(key)),
        help=words(hint) if words.has(hint) else None,
        width=220,
        **limits,
    )
