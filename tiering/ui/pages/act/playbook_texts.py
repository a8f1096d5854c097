"""The texts of a playbook: as written, or as edited in this scenario and language."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.words import Words


def text_of(key: str, words: Words) -> str:
    """The edited text where there is one, else the original."""
    return edited(words).get(key) or words(key)


def edited(words: Words) -> dict[str, str]:
    """Edited texts of the language shown, by key."""
    return dict(state.choices().scenario.playbooks.texts.get(words.language, {}))


def editor(key: str, label: str, words: Words) -> None:
    """A field to edit one text; emptied, it returns to the original."""
    widget = f"playbook-text-{words.language}-{key}"
    state.set_widget(widget, text_of(key, words))
    st.text_area(
        label, key=widget, on_change=lambda: _keep(key, str(state.widget_value(widget) or ""), words), max_chars=2000
    )


def reset(keys: tuple[str, ...], words: Words) -> None:
    """Forget the edits of ``keys`` in the language shown."""
    _set({key: text for key, text in edited(words).items() if key not in keys}, words)


def rows_of(texts: dict[str, str], words: Words) -> list[tuple[str, str]]:
    """(label, text) per field, safe in Markdown; an edited one is marked."""
    own = edited(words)
    mark = f" {words('playbook.edited')}"
    return [
        (words(f"playbook.field.{name}") + (mark if key in own else ""), plain(text_of(key, words)))
        for name, key in texts.items()
    ]


def _keep(key: str, text: str, words: Words) -> None:
    kept = {name: old for name, old in edited(words).items() if name != key}
    if text.strip() and text.strip() != words(key):
        kept[key] = text.strip()
    _set(kept, words)


def _set(texts: dict[str, str], words: Words) -> None:
    now = state.choices().scenario.playbooks
    others = {language: own for language, own in now.texts.items() if language != words.language}
    state.change_scenario(
        playbooks=now.model_copy(update={"texts": others | ({words.language: texts} if texts else {})})
    )
