"""The file for the CRM: which columns, under which names; the choice goes with the scenario."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.report.csv import crm_columns, crm_csv, crm_lacking
from tiering.said.rules import field_labels
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario.plan import Crm, CrmColumn
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare.scenario_file import file_stem
from tiering.words import Words

EDITOR = "crm-columns"
OFFERED = "crm-offered"


def crm_download(shown: Shown, words: Words) -> None:
    """The table of columns on request, and the download."""
    listed = tiered_customers(shown.tiering)
    crm = shown.tiering.scenario.crm
    with st.expander(words("crm.title")):
        st.caption(words("crm.about"))
        _table(listed, crm, words)
        if problem := state.widget_value("crm-problem"):
            st.error(words(problem))
        if lacking := crm_lacking(listed, crm):
            st.warning(frame.plain(words("crm.lacking", columns=words.listed(lacking))))
        st.download_button(
            words("crm.download"),
            lambda: b"".join(crm_csv(shown.tiering, shown.dataset)),
            file_name=f"{file_stem(shown.tiering.scenario)}-crm.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _table(listed: pd.DataFrame, crm: Crm, words: Words) -> None:
    """One row a column there is, the chosen ones first; the names can be typed over."""
    chosen = {one.column: one.name for one in crm_columns(listed, crm)}
    offered = [*chosen, *(str(name) for name in listed if name not in chosen)]
    labels = field_labels(offered, words)
    state.set_widget(OFFERED, offered)
    st.data_editor(
        pd.DataFrame(
            {
                "take": [name in chosen for name in offered],
                "column": [labels[name] for name in offered],
                "name": [chosen.get(name, name) for name in offered],
            }
        ),
        hide_index=True,
        height=280,
        column_config={
            "take": st.column_config.CheckboxColumn(words("crm.take"), width="small"),
            "column": st.column_config.TextColumn(words("crm.column")),
            "name": st.column_config.TextColumn(words("crm.name"), required=True, max_chars=200),
        },
        disabled=["column"],
        key=state.rotate(EDITOR),
        on_change=lambda: _keep(chosen),
    )


def _keep(chosen: dict[str, str]) -> None:
    """Take the edited rows into the scenario; two columns of one name are not taken, and it is said."""
    edits: dict[str, Any] = state.widget_value(state.rotate(EDITOR)) or {}
    names = dict(chosen)
    for place, changed in edits.get("edited_rows", {}).items():
        column = state.widget_value(OFFERED)[int(place)]
        name = str(changed.get("name", names.get(column, column))).strip() or column
        if changed.get("take", column in names or "name" in changed):
            names[column] = name
        else:
            names.pop(column, None)
    is_clear = len(set(names.values())) == len(names)
    state.set_widget("crm-problem", "" if is_clear else "crm.same_name")
    if is_clear:
        state.turn(EDITOR)
        columns = tuple(CrmColumn(column=column, name=name) for column, name in names.items())
        state.change_scenario(crm=Crm(columns=columns))
