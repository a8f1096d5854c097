"""The schemes of this session: save, name, duplicate, make present, pin as baseline, delete, undo and redo."""

from __future__ import annotations

import streamlit as st

from tiering.evaluate import Tiering
from tiering.scenario import Scenario
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_schemes import tiering_of
from tiering.ui.pages.compare import schemes
from tiering.words import Words

NAME = "scenarios-name"


def library(shown: Shown, words: Words) -> None:
    """The present scheme with what can be done with it, then the saved ones."""
    _present(shown, words)
    saved = state.choices().saved
    if not saved:
        st.caption(words("scenarios.none_saved"))
    for number, one in enumerate(saved):
        _saved(number, one.scenario, shown, words)


def _present(shown: Shown, words: Words) -> None:
    scenario = shown.tiering.scenario
    state.set_widget(NAME, scenario.name or schemes.free_name("", words))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(words("scenarios.name"), key=NAME, max_chars=schemes.LONGEST_NAME, width=320, on_change=_rename)
        st.button(words("scenarios.save"), type="primary", on_click=_keep, args=(shown.tiering, words))
        st.button(words("scenarios.duplicate"), on_click=_duplicate, args=(scenario, words))
        st.button(words("tiers.pin"), on_click=_pin, args=(words,), help=words("scenarios.pin_hint"))
        st.space("stretch")
        st.button(words("tiers.undo"), on_click=state.undo, disabled=not state.choices().undo)
        st.button(words("tiers.redo"), on_click=state.redo, disabled=not state.choices().redo)
    st.caption(frame.plain(tier_counts(shown.tiering, words)))


def _saved(number: int, scenario: Scenario, shown: Shown, words: Words) -> None:
    """One saved scheme: its name, the sizes of its tiers on the data at hand, and its buttons."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch", gap="xxsmall"):
            st.markdown(f"**{frame.plain(scenario.name)}**")
            st.caption(frame.plain(tier_counts(tiering_of(shown, scenario), words)))
        key = f"scenarios-{number}"
        st.button(words("scenarios.use"), key=f"{key}-use", on_click=state.set_scenario, args=(scenario,))
        st.button(words("scenarios.duplicate"), key=f"{key}-copy", on_click=_duplicate, args=(scenario, words))
        with st.popover(words("scenarios.delete")):
            st.markdown(words("scenarios.delete_sure"))
            st.button(words("scenarios.delete"), key=f"{key}-delete", on_click=schemes.drop, args=(scenario.name,))


def tier_counts(tiering: Tiering, words: Words) -> str:
    """``S 12 · A 48 · B 180``: customers by tier, those without a score last."""
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    counts = zip(names, tiering.totals.customers.tolist(), strict=True)
    return " · ".join(f"{name} {words.number(n)}" for name, n in counts if n or name in tiering.scenario.tiers)


def _rename() -> None:
    now = state.choices().scenario
    state.choose(scenario=now.model_copy(update={"name": str(state.widget_value(NAME)).strip()}))


def _keep(tiering: Tiering, words: Words) -> None:
    name = str(state.widget_value(NAME)).strip() or schemes.free_name("", words)
    under = schemes.keep(tiering, name, words)
    if under is None:
        st.toast(words("scenarios.full", n=schemes.MOST_SAVED))
    elif under == name:
        st.toast(frame.plain(words("scenarios.saved", name=name)))
    else:
        st.toast(frame.plain(words("scenarios.saved_beside", name=name, under=under)), duration="long")


def _duplicate(scenario: Scenario, words: Words) -> None:
    if not schemes.duplicate(scenario, words):
        st.toast(words("scenarios.full", n=schemes.MOST_SAVED))


def _pin(words: Words) -> None:
    state.pin_baseline()
    st.toast(words("tiers.pinned"))
