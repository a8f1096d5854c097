"""How customers are read who have been with us for less than the window, and how many that concerns."""

from __future__ import annotations

import streamlit as st

from tiering.indicators.shrinkage import BASES
from tiering.said.standing import standing_notes
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.indicators.changing import change
from tiering.words import Words

FLAGS = ("annualise", "prospects", "credibility")


def part(shown: Shown, words: Words) -> None:
    """Three switches and the months, above what they lead to in this data."""
    now = shown.tiering.scenario.newcomers
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        for flag in FLAGS:
            key = f"newcomers-{flag}"
            state.set_widget(key, getattr(now, flag))
            st.toggle(
                words(f"measures.newcomers.{flag}"),
                key=key,
                help=words(f"measures.newcomers.{flag}_help"),
                on_change=_take,
                args=(flag, key),
            )
        state.set_widget("newcomers-months", now.months)
        st.number_input(
            words("measures.newcomers.months"),
            min_value=1,
            max_value=12,
            key="newcomers-months",
            disabled=not now.annualise,
            on_change=_take,
            args=("months", "newcomers-months"),
            width=160,
        )
    st.markdown(" ".join(standing_notes(shown.tiering, words)) or words("measures.newcomers.nobody"))


def _take(field: str, key: str) -> None:
    now = state.choices().scenario
    # a scale kept for values that are drawn in another way would no longer fit them
    kept = {name: scale for name, scale in now.anchors.items() if field != "credibility" or name not in BASES}
    change(newcomers=now.newcomers.model_copy(update={field: state.widget_value(key)}), anchors=kept)
