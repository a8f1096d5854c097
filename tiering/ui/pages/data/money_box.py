"""What the amounts mean, said once; no figure depends on it, every paper repeats it."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from tiering.said.scheme_notes import money_sentence
from tiering.scenario.population import Money, Stage, Tax
from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.words import Words


def money_box(words: Words) -> None:
    """Two choices and the sentence that they make."""
    scenario = state.choices().scenario
    st.caption(plain(money_sentence(scenario, words)))
    with st.popover(words("money.title")):
        _choice("stage", get_args(Stage), scenario.money.stage, words)
        _choice("tax", get_args(Tax), scenario.money.tax, words)


def _choice(name: str, options: tuple[str, ...], now: str, words: Words) -> None:
    key, labels = f"money-{name}", {"stage": "stages", "tax": "taxes"}[name]
    state.set_widget(key, now)
    st.segmented_control(
        words(f"money.{name}"),
        options,
        format_func=lambda one: words(f"money.{labels}.{one}"),
        key=key,
        on_change=lambda: _say(name, state.widget_value(key)),
        required=True,
    )


def _say(name: str, value: str) -> None:
    money = state.choices().scenario.money
    state.change_scenario(money=Money.model_validate(money.model_dump() | {name: value}))
