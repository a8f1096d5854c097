"""The place to drop files, with progress, cancel, and the sentence of whatever is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tiering.ingest.bytes.limits import MEBIBYTE
from tiering.ingest.bytes.process import stand_by
from tiering.problems import DataProblem, Problem
from tiering.said.meaning import deserves_a_look
from tiering.ui.base import cached, frame, state
from tiering.ui.pages.data import reading, upload
from tiering.ui.pages.data.dropzone import Accepted, drop_zone, empty
from tiering.ui.pages.data.reading import Given, Pasted
from tiering.words import Words

PASTE = "pasted-table"
MOST_PASTED = 10 * MEBIBYTE  # characters; a file takes more


def upload_box(words: Words) -> None:
    """Take files, read them and turn to the tiers; a problem leaves the present data as it is."""
    stand_by()
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
