"""Key-account operations, and what size, industry, frequency and decision chain change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from tiering.strategy.modifiers import MODIFIERS
from tiering.ui.base.frame import plain
from tiering.ui.pages.act.playbook_texts import editor, reset, text_of
from tiering.words import Words

TEAM = ("sales", "operations", "product", "analyst")


def section(words: Words) -> None:
    """Draw the team, the sales model and the operation model."""
    keys = [*(f"playbook.key.team.{who}" for who in TEAM), "playbook.key.model", "playbook.key.operation"]
    st.markdown("\n".join(f"- {plain(text_of(key, words))}" for key in keys))
    modifiers(words)
    keys += [f"playbook.modifier.{name}.{kind}" for name, kinds in MODIFIERS.items() for kind in kinds]
    with st.expander(words("playbook.edit"), icon=":material/edit:"):
        st.caption(words("playbook.edit_hint"))
        for key in keys:
            editor(key, words("playbook.text"), words)
        st.button(words("playbook.reset"), on_click=reset, args=(tuple(keys), words))


def modifiers(words: Words, fitting: Mapping[str, Counter[str]] | None = None) -> None:
    """What to add for customers of a certain kind; ``fitting`` counts for each side whom it fits in the group."""
    with st.expander(words("playbook.modifier.title")):
        for name, kinds in MODIFIERS.items():
            st.markdown(f"**{words(f'playbook.modifier.{name}.label')}**")
            counts = (fitting or {}).get(name, Counter())
            st.markdown("\n".join(f"- {_adjustment(name, kind, counts[kind], words)}" for kind in kinds))


def _adjustment(name: str, kind: str, customers: int, words: Words) -> str:
    text = plain(text_of(f"playbook.modifier.{name}.{kind}", words))
    return words("playbook.modifier.fits", text=text, n=customers) if customers else text
