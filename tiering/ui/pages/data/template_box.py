"""Templates to download, and what is wrong with one that came back filled."""

from __future__ import annotations

import pyarrow.compute as pc
import streamlit as st

from tiering.dataset import Role
from tiering.report.template import COLUMNS, Template, findings, template_of, template_workbook
from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.words import Words

ROLES: tuple[Role, ...] = ("orders", "customers")
MOST_FINDINGS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def templates(words: Words) -> None:
    """One download per kind of file, in the language of the page."""
    with st.expander(words("template.title")):
        st.caption(words("template.hint"))
        with st.container(horizontal=True):
            for role in ROLES:
                named = words(f"data.role.{role}")
                st.download_button(
                    words("template.download", role=named),
                    lambda role=role: template_workbook(role, words),  # type: ignore[misc]
                    file_name=f"{words('template.name', role=named)}.xlsx",
                    mime=XLSX,
                    on_click="ignore",
                    key=f"template-{role}",
                )


def answers(words: Words) -> None:
    """The validator's answer for each file in use that was made from a template."""
    for source in state.choices().sources:
        template = template_of(tuple(column.name for column in source.reading.columns))
        if template is not None:
            _answer(source, template, words)


def _answer(source: Source, template: Template, words: Words) -> None:
    dataset = state.choices().dataset
    if dataset is None or source.reading.table is None:
        return
    found = findings(dataset, source.name, template)
    used = sum(one.used for one in dataset.sources if one.name == source.name)
    facts = {"name": source.name, "rows": used}
    if found:
        st.warning(plain(words("template.to_correct", n=len(found), **facts)))
        for one in found[:MOST_FINDINGS]:
            st.markdown(f"- {plain(one.sentence(words))}")
        if len(found) > MOST_FINDINGS:
            st.caption(words("template.more", n=len(found) - MOST_FINDINGS))
    else:
        st.success(plain(words("template.checked", **facts)))
    empty = _unfilled(source, template)
    if empty:
        st.caption(plain(words("template.unfilled", list=words.listed(empty))))


def _unfilled(source: Source, template: Template) -> list[str]:
    """Columns of the template that nobody filled or that were deleted."""
    table = source.reading.table
    assert table is not None, "nothing was read"
    headers = [template.header(key) for key in COLUMNS[template.role]]
    filled = {name for name in table.column_names if pc.any(pc.is_valid(table[name])).as_py()}
    blank = {name for name in filled if pc.all(pc.equal(table[name].cast("string"), "")).as_py()}
    return [header for header in headers if header not in filled - blank]
