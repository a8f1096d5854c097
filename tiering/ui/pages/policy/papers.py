"""Papers to take away, written when asked for, and the tiered customers as files for a CRM."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tiering.report import Handout, customers_csv_for_people
from tiering.report.csv import crm_columns, crm_csv, crm_lacking
from tiering.report.handout import Progress
from tiering.report.papers import PAPERS, Paper
from tiering.said.colours import tier_colour
from tiering.said.rules import field_labels
from tiering.said.tiered_customers import tiered_customers
from tiering.scenario.plan import Crm, CrmColumn
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare.scenario_file import file_stem
from tiering.words import Words

LONG = 20_000  # customers from which on a paper takes seconds: it is written first, under a bar, and then taken
EDITOR = "crm-columns"
OFFERED = "crm-offered"


def papers(shown: Shown, words: Words) -> None:
    """One line for each paper: what it is, and its button."""
    st.subheader(words("papers.title"), anchor=False)
    st.caption(words("papers.about", language=words(f"language.{words.language}")))
    for kind, paper in PAPERS.items():
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.markdown(words(f"papers.{kind}"))
        with right:
            _button(shown, paper, words)


def _button(shown: Shown, paper: Paper, words: Words) -> None:
    name = f"{file_stem(shown.tiering.scenario)}-{words(f'papers.name_{paper.kind}')}.{paper.kind}"

    def written(progress: Progress | None = None) -> bytes:
        return paper.written(handout(shown, words), progress)

    if paper.kind == "xlsx" and len(shown.tiering.tiers) > LONG:
        _under_a_bar(paper, name, written, words)
    else:
        _taken(paper, name, written, words)


def _under_a_bar(paper: Paper, name: str, written: Callable[[Progress], bytes], words: Words) -> None:
    """Two clicks: the first writes it, showing how far it is, the second takes it."""
    place = st.empty()
    if not place.button(words("papers.write", kind=paper.kind.upper()), key=f"write-{paper.kind}", width="stretch"):
        return
    bar = place.progress(0.0, words("papers.writing"))

    def follow(share: float) -> None:
        bar.progress(share, words("papers.writing"))

    content = written(follow)
    with place:
        _taken(paper, name, lambda: content, words)


def _taken(paper: Paper, name: str, written: Callable[[], bytes], words: Words) -> None:
    st.download_button(
        words("papers.download", kind=paper.kind.upper()),
        written,
        file_name=name,
        mime=paper.mime,
        on_click="ignore",
        key=f"take-{paper.kind}",
        width="stretch",
    )


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


def customer_downloads(shown: Shown, words: Words) -> None:
    """Workbook and CSV of exactly what the pages show."""
    st.subheader(words("export.customers"), anchor=False)
    st.caption(words("export.customers_hint", language=words(f"language.{words.language}")))
    as_of, number = shown.tiering.base.as_of, len(shown.tiering.tiers)
    if as_of is None:
        st.markdown(words("export.summary_undated", n=number))
    else:
        st.markdown(words("export.summary", n=number, as_of=as_of))
    stem = f"{file_stem(shown.tiering.scenario)}-customers"
    with st.container(horizontal=True):
        st.download_button(
            words("export.csv"),
            lambda: customers_csv_for_people(shown.tiering, shown.dataset, words),
            file_name=f"{stem}.csv",
            mime="text/csv",
            on_click="ignore",
        )


def handout(shown: Shown, words: Words) -> Handout:
    """What the workbook is made from: the tiers, the baseline where it has the same tiers, the tier colours."""
    names, hues = shown.tiering.scenario.tiers, shown.tiering.scenario.hues
    comparable = names == shown.baseline.scenario.tiers and shown.baseline.scenario != shown.tiering.scenario
    return Handout(
        shown.tiering,
        shown.dataset,
        words,
        baseline=shown.baseline if comparable else None,
        colours=tuple(tier_colour(name, position, hues).light for position, name in enumerate(names)),
        log=state.choices().log,
        today=date.today(),
    )
