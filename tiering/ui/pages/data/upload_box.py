"""The places where data comes in: sample sets, templates, and files dropped, with progress and cancel."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow.compute as pc
import streamlit as st

from sample_data import SETS
from tiering.dataset import Role
from tiering.ingest.bytes.limits import MEBIBYTE
from tiering.ingest.bytes.process import start_spare_worker
from tiering.problems import DataProblem, Problem
from tiering.report.template import COLUMNS, Template, findings, template_of, template_workbook
from tiering.said.meaning import deserves_a_look
from tiering.ui.base import cached, frame, state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data import reading, upload
from tiering.ui.pages.data.dropzone import Accepted, drop_zone, empty
from tiering.ui.pages.data.reading import Given, Pasted
from tiering.words import Words

PASTE = "pasted-table"
MOST_PASTED = 10 * MEBIBYTE  # characters; a file takes more
ROLES: tuple[Role, ...] = ("orders", "customers")
MOST_FINDINGS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_box(words: Words) -> None:
    """Take files, read them and turn to the tiers; a problem leaves the present data as it is."""
    start_spare_worker()
    st.subheader(words("data.upload"), anchor=False)
    st.caption(words("data.upload_hint"))
    added = bool(state.choices().sources) and _is_added(words)
    name = f"{words('data.pasted')}.tsv"
    accepted = Accepted(reading.FILE_TYPES, st.get_option("server.maxUploadSize"), many=True, pasted=name)
    files: list[Given] = [*drop_zone(words("data.drop"), accepted, words, key=reading.UPLOADER), *_pasted(name, words)]
    problem = state.choices().problem
    if files:
        _take(files, added, words)
    elif problem is not None:
        frame.problem_box(problem)


def _is_added(words: Words) -> bool:
    chosen = st.segmented_control(
        words("data.mode"),
        ("replace", "add"),
        default="replace",
        format_func=lambda mode: words(f"data.{mode}"),
        key="upload-mode",
        required=True,
    )
    return chosen == "add"


def _pasted(name: str, words: Words) -> list[Pasted]:
    """A table copied from a spreadsheet, where somebody put one into the field."""
    with st.popover(words("data.paste"), icon=":material/content_paste:"):
        st.caption(words("data.paste_hint"))
        key = state.rotate(PASTE)
        text = st.text_area(words("data.pasted"), key=key, height=200, label_visibility="collapsed")
        taken = st.button(words("data.paste_take"), key="take-pasted", type="primary")
    if not (taken and text and text.strip()):
        return []
    state.turn(PASTE)
    if len(text) > MOST_PASTED:
        size = {"mebibytes": len(text) // MEBIBYTE, "limit": MOST_PASTED // MEBIBYTE}
        state.choose(problem=DataProblem(Problem.TOO_BIG, name=name, **size), waiting=())
        return []
    return [Pasted(name, text)]


def _take(files: Sequence[Given], added: bool, words: Words) -> None:
    kept = state.choices().sources if added else ()
    state.choose(reading=tuple(file.name for file in files))
    try:
        sources, unused = reading.read_sources(files, words)
        state.choose(unused=unused)
        fresh = {source.sha256 for source in sources}
        opened = upload.open_or_ask((*(old for old in kept if old.sha256 not in fresh), *sources))
        if opened:
            cached.shown()
    except DataProblem as problem:
        state.choose(problem=problem, waiting=())
        opened = False
    empty(reading.UPLOADER)
    state.choose(reading=())
    dataset = state.choices().dataset
    if opened and dataset is not None and not deserves_a_look(dataset.meaning):
        st.switch_page(state.address("tiers"))
    st.rerun()


def sample_choice(words: Words) -> None:
    """One button per sample set; the one in use is marked."""
    st.subheader(words("data.samples"), anchor=False)
    st.caption(words("data.samples_hint"))
    with st.container(horizontal=True):
        for key in SETS:
            _sample(key, words)


def _sample(key: str, words: Words) -> None:
    in_use = state.choices().dataset is None and state.choices().sample == key
    sample = cached.sample_dataset(key, words.language)
    customers = sample.customers.num_rows if sample.customers is not None else 0
    label = words("data.sample_button", name=words(f"sample.{key}"), n=customers)
    st.button(
        label, key=f"sample-{key}", on_click=state.open_sample, args=(key,), type="primary" if in_use else "secondary"
    )


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
