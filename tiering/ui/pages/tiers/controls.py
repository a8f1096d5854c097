"""The choices above the studio, and the dock at the foot of the page with whatever else can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from tiering.indicators.presets import PRESETS
from tiering.scenario import SCHEMES, Scenario
from tiering.ui.base import cached, frame, regions, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.indicators import panel as indicators
from tiering.ui.pages.tiers.rules import section as rules
from tiering.ui.pages.tiers.ways import panel as ways
from tiering.ui.pages.tiers.ways.choice import way_control, with_tiers
from tiering.ui.pages.tiers.ways.own_tiers import own_tiers
from tiering.ui.pages.tiers.ways.panel import unjudged_note
from tiering.ui.pages.tiers.weights import panel as weights
from tiering.words import Words

WINDOWS = (3, 6, 12, 18, 24, 36)
HEIGHT = 240  # leaves cards and histogram in sight on a screen of 800 lines
CONTROL = "dock-control"
PARTS: dict[str, Callable[[Shown, Words], None]] = {
    "way": ways.part,
    "indicators": indicators.part,
    "weights": weights.part,
    "rules": rules.part,
}


@st.fragment(key=regions.CONTROLS)
@frame.guarded
def controls() -> None:
    """One row: scheme, lines, goal, date, settings, undo, baseline."""
    words, shown = frame.words(), cached.shown()
    scenario = shown.tiering.scenario
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _segments("scheme", tuple(SCHEMES), scheme_of(scenario), words, _choose_scheme)
        own_tiers(shown, words)
        way_control(scenario, words)
        _goal(scenario, words)
        _as_of(shown, words)
        _settings(scenario, words)
        st.button(words("tiers.undo"), on_click=_undo, disabled=not state.choices().undo)
        st.button(words("tiers.redo"), on_click=_redo, disabled=not state.choices().redo)
        st.button(words("tiers.pin"), on_click=_pin, args=(words,))
    _anew_note(words)
    unjudged_note(shown, words)


def _anew_note(words: Words) -> None:
    """What other data had proposed anew, until the next step."""
    anew = state.choices().anew
    if anew:
        st.caption(words("tiers.anew", list=words.listed([words(f"tiers.anew_part.{part}") for part in anew])))


def scheme_of(scenario: Scenario) -> str | None:
    """Key of the ready scheme with these tier names, None for own names."""
    return next((key for key, names in SCHEMES.items() if names == scenario.tiers), None)


def _segments(name: str, options: tuple[str, ...], now: str | None, words: Words, choose: Any) -> None:
    key = f"{name}-control"
    if now is not None:
        state.set_widget(key, now)
    st.segmented_control(
        words(f"{name}.label"),
        options,
        format_func=lambda option: words(f"{name}.{option}"),
        key=key,
        on_change=lambda: choose(state.widget_value(key)),
        required=True,
    )


def _choose_scheme(scheme: str) -> None:
    _change(**with_tiers(cached.shown(), SCHEMES[scheme]))


def _goal(scenario: Scenario, words: Words) -> None:
    options = [*PRESETS, *(("own",) if scenario.goal == "own" else ())]
    state.set_widget("goal-control", scenario.goal)

    def choose() -> None:
        goal = state.widget_value("goal-control")
        if goal in PRESETS:
            _change(goal=goal, weights=dict(PRESETS[goal]))

    st.selectbox(
        words("goal.label"),
        options,
        format_func=lambda goal: words(f"goal.{goal}"),
        key="goal-control",
        on_change=choose,
        help=words(f"goal.reason.{scenario.goal}"),
        filter_mode=None,
        width=140,
    )


def _as_of(shown: Shown, words: Words) -> None:
    first, last = shown.dataset.first_order_date, shown.dataset.last_order_date
    if first is None or last is None:
        return
    now = shown.tiering.base.as_of or last
    state.set_widget("as-of-control", now)

    def choose() -> None:
        picked = state.widget_value("as-of-control")
        if isinstance(picked, date):
            _change(as_of=None if picked == last else picked)

    st.date_input(
        words("as_of.label"),
        min_value=first,
        # a loaded scenario may be dated after the last order
        max_value=max(last, now),
        key="as-of-control",
        on_change=choose,
        help=words("as_of.help"),
        format="YYYY-MM-DD",
        width=140,
    )


def _settings(scenario: Scenario, words: Words) -> None:
    with st.popover(words("tiers.settings")):
        state.set_widget("window-control", scenario.window_months)
        state.set_widget("basis-control", scenario.revenue)
        offered = sorted({*WINDOWS, scenario.window_months})
        st.selectbox(
            words("window.label"),
            offered,
            format_func=lambda n: words("window.months", n=n),
            key="window-control",
            on_change=lambda: _change(window_months=state.widget_value("window-control")),
            filter_mode=None,
        )
        st.segmented_control(
            words("basis.label"),
            ("net", "gross"),
            format_func=lambda basis: words(f"basis.{basis}"),
            key="basis-control",
            on_change=lambda: _change(revenue=state.widget_value("basis-control")),
            required=True,
        )
        st.button(words("tiers.reset"), on_click=lambda: _change(cuts=None, way=None))
        if scenario.anchors:
            st.caption(words("tiers.frozen"))
            st.button(words("tiers.rescale"), on_click=lambda: _change(anchors={}))


def _change(**choices: Any) -> None:
    state.change_scenario(**choices)
    regions.follow_release()


def _undo() -> None:
    state.undo()
    regions.follow_release()


def _redo() -> None:
    state.redo()
    regions.follow_release()


def _pin(words: Words) -> None:
    state.pin_baseline()
    st.toast(words("tiers.pinned"))
    regions.follow_release()


def dock() -> None:
    """Draw the dock; a page draws it once."""
    with st.bottom:
        _dock()


@st.fragment(key=regions.DOCK)
@frame.guarded
def _dock() -> None:
    """One row of names; the one that is chosen opens above nothing else, and closes when chosen again."""
    words, shown = frame.words(), cached.shown()
    kind = shown.tiering.scenario.line_kind
    opened = state.widget_value(regions.DOCKED)
    state.set_widget(CONTROL, opened if opened in PARTS else None)
    st.segmented_control(
        words("dock.label"),
        list(PARTS),
        format_func=lambda name: words(f"ways.title.{kind}" if name == "way" else f"dock.{name}"),
        key=CONTROL,
        on_change=lambda: state.set_widget(regions.DOCKED, state.widget_value(CONTROL)),
        label_visibility="collapsed",
    )
    if opened in PARTS:
        with st.container(height=HEIGHT):
            PARTS[opened](shown, words)
