"""The schemes of this session: save, name, duplicate, pin, delete, undo and redo, and the log of decisions on them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from tiering.decision.saved import Entry, Verdict, merged_logs
from tiering.evaluate import Tiering
from tiering.scenario import Scenario
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import tiering_of
from tiering.ui.pages.compare import schemes
from tiering.words import Words

NAME = "scenarios-name"
BY, SUBJECT, REASON = "scenarios-by", "scenarios-subject", "scenarios-note"


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


def record(verdict: Verdict, subject: str, reason: str = "", moved: int | None = None) -> None:
    """Add a decision of today to the log."""
    by = str(state.widget_value(f"{BY}-kept") or "")
    entry = Entry(day=date.today(), verdict=verdict, subject=subject[:200], reason=reason[:2000], by=by, moved=moved)
    state.choose(log=merged_logs(state.choices().log, (entry,)))


def decisions(words: Words) -> None:
    """The log as a table, newest first, and a form for what was decided by word of mouth."""
    st.subheader(words("scenarios.log.title"), anchor=False)
    st.caption(words("scenarios.log.hint"))
    entries = state.choices().log[::-1]
    if entries:
        st.dataframe(frame.safe_table(log_frame(entries, words)), hide_index=True, height="content")
    with (
        st.form("scenarios-log", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        subject = st.text_input(words("scenarios.log.subject"), max_chars=200, width=280)
        reason = st.text_input(words("scenarios.log.reason"), max_chars=2000, width="stretch")
        by = st.text_input(words("scenarios.log.by"), max_chars=200, width=160)
        sent = st.form_submit_button(words("scenarios.log.add"))
    if sent and subject.strip():
        state.set_widget(f"{BY}-kept", by.strip())
        record("decided", subject.strip(), reason.strip())
        st.rerun()


def log_frame(entries: tuple[Entry, ...], words: Words) -> pd.DataFrame:
    """One row per decision under readable headers."""
    return pd.DataFrame(
        {
            words("scenarios.log.day"): [entry.day for entry in entries],
            words("scenarios.log.verdict"): [words(f"scenarios.log.{entry.verdict}") for entry in entries],
            words("scenarios.log.subject"): [entry.subject for entry in entries],
            words("scenarios.log.reason"): [entry.reason for entry in entries],
            words("scenarios.log.by"): [entry.by for entry in entries],
            words("scenarios.log.moved"): pd.array([entry.moved for entry in entries], dtype="Int64"),
        }
    )
