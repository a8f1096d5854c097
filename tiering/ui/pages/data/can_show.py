"""What the data can show: each view with a tick or what it needs, and the indicators that have no data yet."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.evaluate import CustomerBase
from tiering.movement.data_needs import showings
from tiering.problems import DataProblem
from tiering.ui.base import cached, frame, state
from tiering.words import Words


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
