"""From dropped files to the session's data: read, suggest what the columns mean, build."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tiering.dataset import Dataset
from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.problems import DataProblem
from tiering.scenario import Scenario
from tiering.ui import cached, state
from tiering.ui.frame import plain
from tiering.ui.source import Source
from tiering.words import Words

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "ods", "parquet"]


def read_sources(files: Sequence[UploadedFile], words: Words) -> tuple[Source, ...]:
    """Read the files, with a progress bar; a press on *cancel* ends the script run and with it the reading.

    Raises
    ------
    DataProblem
        The problem of the first file that cannot be used.
    """
    return tuple(_read(file.name, file.getvalue(), {}, words) for file in files)


def answered(source: Source, answer: dict[str, Any], words: Words) -> Source:
    """The file read again with one more question answered.

    Raises
    ------
    DataProblem
        When the answer leaves nothing to use.
    """
    return _read(source.name, source.content, {**source.answers, **answer}, words)


def _read(name: str, content: bytes, answers: dict[str, Any], words: Words) -> Source:
    said = words("data.reading", name=plain(name))
    bar = st.progress(0.0, said)
    reading = read_bytes(
        content, name, answers=answers, progress=lambda done: bar.progress(min(max(done, 0.0), 1.0), said)
    )
    bar.empty()
    reading.ensure_read()
    kept = content if reading.open_questions else b""
    return Source(name, hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading), kept, answers)


def open_or_ask(sources: Sequence[Source]) -> bool:
    """Open the files; answers whether they are open.

    They wait while one leaves a question open, or until somebody says what the columns mean that were not recognised.
    """
    if any(source.reading.open_questions for source in sources):
        state.choose(waiting=tuple(sources), problem=None)
        return False
    try:
        open_sources(sources)
    except DataProblem as problem:
        state.choose(waiting=tuple(sources), problem=problem)
        return False
    return True


def open_sources(sources: Sequence[Source]) -> Dataset:
    """Build the data of these files and make it the session's.

    Raises
    ------
    DataProblem
        When a mapping cannot be used or nothing can be scored by; the session's data stays as it was.
    """
    dataset = build_dataset([(each.reading, each.mapping, each.sha256, each.name) for each in sources])
    cached.ensure_scorable(cached.base_of(dataset, Scenario()))
    state.open_dataset(dataset, tuple(sources))
    return dataset
