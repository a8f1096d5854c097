"""What payments, contacts and outside data tell about the customers, whom they do not know, and what that can show."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tiering.dataset import SideAccount
from tiering.evaluate import CustomerBase
from tiering.movement.data_needs import showings
from tiering.problems import DataProblem
from tiering.report.safe import not_a_formula
from tiering.ui.base import cached, frame, state
from tiering.ui.base.frame import plain
from tiering.words import Words

MOST_SHOWN = 200


def account(words: Words) -> None:
    """One part per kind of file; nothing where there is none."""
    found = cached.shown_dataset().side_accounts
    if not found:
        return
    st.subheader(words("beside.title"), anchor=False)
    for one in found:
        with st.container(border=True):
            _part(one, words)


def _part(one: SideAccount, words: Words) -> None:
    title = words(f"data.role.{one.role}")
    scenario = state.choices().scenario
    day = scenario.as_of or one.as_of
    counted = words("beside.as_of", date=day.isoformat(), n=scenario.window_months) if one.as_of and day else ""
    st.markdown(f"**{title}**{plain(f' · {counted}') if counted else ''}")
    gave = words("beside.gave", list=_named(one.gave, words)) if one.gave else words("beside.gave_nothing")
    st.markdown(plain(gave))
    if one.kept:
        key = "beside.filled" if one.role == "attributes" else "beside.kept"
        st.caption(plain(words(key, list=_named(one.kept, words))))
    left, right = st.columns(2)
    if one.strangers:
        key = "beside.prospects" if one.role == "attributes" else "beside.strangers"
        with left:
            listing(f"{one.role}-strangers", words(key, n=len(one.strangers)), one.strangers, words)
    if one.silent:
        with right:
            listing(f"{one.role}-silent", words("beside.silent", n=len(one.silent)), one.silent, words)


def _named(columns: Sequence[str], words: Words) -> str:
    return words.listed([_label(column, words) for column in columns])


def _label(column: str, words: Words) -> str:
    keys = (f"indicator.{column}.label", f"field.{column}.label")
    return next((words(key) for key in keys if words.has(key)), column)


def unmatched(words: Words) -> None:
    """Both sides beside each other; nothing where only one kind of file was given or all match."""
    found = cached.shown_dataset().unmatched
    if found is None or not (found.without_attributes or found.without_orders):
        return
    st.subheader(words("data.unmatched.title"), anchor=False)
    left, right = st.columns(2)
    with left:
        _side("orders", found.without_attributes, words)
    with right:
        _side("customers", found.without_orders, words)


def _side(side: str, ids: tuple[str, ...], words: Words) -> None:
    listing(side, words(f"data.unmatched.{side}", n=len(ids)), ids, words)


def listing(name: str, said: str, ids: tuple[str, ...], words: Words) -> None:
    """Ids under a sentence about them, the first of them shown, all of them to download."""
    st.caption(said)
    if not ids:
        return
    listed = pd.DataFrame({"customer_id": ids[:MOST_SHOWN]})
    st.dataframe(
        frame.safe_table(listed),
        hide_index=True,
        height=200 if len(listed) > 4 else "content",
        column_config={"customer_id": words("field.customer_id.label")},
        key=f"unmatched-{name}",
    )
    st.download_button(
        words("data.unmatched.download"),
        lambda: ids_csv(ids, words("field.customer_id.label")),
        file_name=f"unmatched-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"download-unmatched-{name}",
    )


def ids_csv(ids: tuple[str, ...], header: str) -> bytes:
    """One id per line below its header, UTF-8 with the mark that spreadsheets need."""
    text = io.StringIO()
    csv.writer(text).writerows([[header], *([not_a_formula(one)] for one in ids)])
    return text.getvalue().encode("utf-8-sig")


def can_show(words: Words) -> None:
    """The checklist of the views, and behind it that of the indicators."""
    dataset, scenario = cached.shown_dataset(), state.choices().scenario
    st.subheader(words("data.can.title"), anchor=False)
    try:
        base = cached.base_of(dataset, scenario)
    except DataProblem as problem:
        frame.problem_box(problem)
        return
    found = showings(dataset, base, scenario.window_months)
    st.caption(words("data.can.counted", n=len(found), shown=sum(not one.needs for one in found)))
    rows = [
        {
            "view": words(f"data.can.views.{one.view}"),
            "shows": "" if one.needs else words("data.can.yes"),
            "needs": words(f"data.can.needs.{one.needs}") if one.needs else "",
        }
        for one in found
    ]
    labels = {
        "view": st.column_config.TextColumn(words("data.can.view"), width=220),
        "shows": st.column_config.TextColumn(words("data.can.shows"), width=70),
        "needs": st.column_config.TextColumn(words("data.cannot.unlock"), width=470),
    }
    listed = pd.DataFrame(rows)
    st.dataframe(listed, hide_index=True, width=760, height="content", column_config=labels, key="can-show")
    _indicators(base, words)


def _indicators(base: CustomerBase, words: Words) -> None:
    unavailable = base.matrix.unavailable
    if not unavailable:
        st.caption(words("data.cannot.none"))
        return
    rows = [
        {
            words("data.cannot.indicator"): words(f"indicator.{key}.label"),
            words("data.cannot.unlock"): words(f"needs.{needs}"),
        }
        for key, needs in unavailable.items()
    ]
    with st.expander(words("data.cannot.title", n=len(rows))):
        st.dataframe(pd.DataFrame(rows), hide_index=True, width=640, key="cannot-show")
