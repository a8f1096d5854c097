"""The log of decisions: what was accepted, discarded or voted, why, by whom; kept with the scenario's file."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from tiering.decision.saved import Entry, Verdict, merged_logs
from tiering.ui.base import frame, state
from tiering.words import Words

BY, SUBJECT, REASON = "scenarios-by", "scenarios-subject", "scenarios-note"


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
