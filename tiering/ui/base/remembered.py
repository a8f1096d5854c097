"""Controls that keep their value when another view or page is looked at; each page has a set of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from tiering.ui.base import state
from tiering.words import Words

Option = TypeVar("Option")
WIDE = 220


@dataclass(frozen=True)
class Remembered:
    """The controls of one page; ``text`` gives the key of a text: of a control's name and one of its parts.

    The parts are ``label``, ``hint`` (where there is one) and, of a choice between a few, each option.
    """

    page: str
    text: Callable[[str, str], str]

    def picked(
        self, name: str, options: Sequence[str], words: Words, default: str | None = None, bare: bool = False
    ) -> str:
        """One of a few ``options``, side by side."""
        key = self._shown_again(name, options, default or options[0])
        chosen = st.segmented_control(
            words(self.text(name, "label")),
            options,
            format_func=lambda option: words(self.text(name, option)),
            key=key,
            on_change=self._keeper(name),
            required=True,
            label_visibility="collapsed" if bare else "visible",
        )
        return str(chosen)

    def selected(
        self,
        name: str,
        options: Sequence[Option],
        label: str,
        shown_as: Callable[[Option], str],
        default: Option | None = None,
    ) -> Option:
        """One of many ``options`` in a list."""
        key = self._shown_again(name, options, options[0] if default is None else default)
        st.selectbox(
            label,
            options,
            format_func=shown_as,
            key=key,
            on_change=self._keeper(name),
            filter_mode=None,
            width=WIDE,
        )
        chosen: Option = state.widget_value(key)
        return chosen

    def number(self, name: str, words: Words, span: tuple[int, int], default: int, unit: str = "") -> int:
        """A whole number within ``span``, by a slider; a kept one outside it moves to its edge."""
        low, high = span
        key, hint = self._key(name), self.text(name, "hint")
        state.set_widget(key, min(max(int(self.kept(name, default)), low), high))
        st.slider(
            words(self.text(name, "label")),
            low,
            high,
            key=key,
            format=f"%d{unit}",
            on_change=self._keeper(name),
            help=words(hint) if words.has(hint) else None,
            width=WIDE,
        )
        return int(state.widget_value(key))

    def day(self, name: str, words: Words, span: tuple[date, date], default: date) -> date:
        """A day within ``span``, both ends included."""
        key, before = self._key(name), self.kept(name, default)
        wished = before if isinstance(before, date) else default
        state.set_widget(key, min(max(wished, span[0]), span[1]))
        label = words(self.text(name, "label"))
        st.date_input(label, min_value=span[0], max_value=span[1], key=key, on_change=self._keeper(name))
        value = state.widget_value(key)
        return value if isinstance(value, date) else default

    def kept(self, name: str, default: Any) -> Any:
        """What was kept under a name, ``default`` at first."""
        value = state.widget_value(self._place(name))
        return default if value is None else value

    def keep(self, name: str, value: Any) -> None:
        """Set a control from outside, as a suggestion taken does."""
        state.set_widget(self._place(name), value)

    def _key(self, name: str) -> str:
        return f"{self.page}-{name}"

    def _place(self, name: str) -> str:
        return f"{self.page}-kept-{name}"

    def _shown_again(self, name: str, options: Sequence[Any], default: Any) -> str:
        """Widget key, set to what was chosen before where that is still offered."""
        kept = state.widget_value(self._place(name))
        state.set_widget(self._key(name), kept if kept in options else default)
        return self._key(name)

    def _keeper(self, name: str) -> Callable[[], None]:
        return lambda: self.keep(name, state.widget_value(self._key(name)))
