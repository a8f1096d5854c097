"""The place to drop files, with progress, cancel, and the sentence of whatever is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tiering.problems import DataProblem
from tiering.ui import cached, frame, state, upload
from tiering.ui.dropzone import Accepted, drop_zone, empty
from tiering.words import Words

UPLOADER = "upload"


def upload_box(words: Words) -> None:
    """Take files, read them and turn to the tiers; a problem leaves the present data as it is."""
    st.subheader(words("data.upload"), anchor=False)
    st.caption(words("data.upload_hint"))
    added = bool(state.choices().sources) and _is_added(words)
    accepted = Accepted(upload.FILE_TYPES, st.get_option("server.maxUploadSize"), many=True)
    files = drop_zone(words("data.drop"), accepted, words, key=UPLOADER)
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


def _take(files: Sequence[UploadedFile], added: bool, words: Words) -> None:
    st.button(words("data.cancel"), on_click=empty, args=(UPLOADER,), key="cancel-reading")
    kept = state.choices().sources if added else ()
    try:
        sources = upload.read_sources(files, words)
        fresh = {source.sha256 for source in sources}
        with st.spinner(words("data.computing")):
            opened = upload.open_or_ask((*(old for old in kept if old.sha256 not in fresh), *sources))
            if opened:
                cached.shown()
    except DataProblem as problem:
        state.choose(problem=problem, waiting=())
        opened = False
    empty(UPLOADER)
    if opened:
        st.switch_page(state.address("tiers"))
    st.rerun()
