"""From dropped files to the session's data: read, suggest what the columns mean, build."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tiering.dataset import Dataset
from tiering.ingest import Mapping, Reading, build_dataset, read_bytes, suggest_mapping
from tiering.ui import state
from tiering.words import Words

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "ods", "parquet"]


@dataclass(frozen=True)
class Source:
    """One file of the session as it was read, and what its columns mean."""

    name: str
    sha256: str
    reading: Reading
    mapping: Mapping


def read_sources(files: Sequence[UploadedFile], words: Words) -> tuple[Source, ...]:
    """Read the files, with a progress bar; a press on *cancel* ends the script run and with it the reading.

    Raises
    ------
    DataProblem
        The problem of the first file that cannot be used.
    """
    sources = []
    for file in files:
        bar = st.progress(0.0, words("data.reading", name=file.name))

        def shown(done: float, bar=bar, name=file.name) -> None:  # type: ignore[no-untyped-def]
            bar.progress(min(max(done, 0.0), 1.0), words("data.reading", name=name))

        content = file.getvalue()
        reading = read_bytes(content, file.name, progress=shown)
        sources.append(Source(file.name, hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading)))
        bar.empty()
    return tuple(sources)


def open_sources(sources: Sequence[Source]) -> Dataset:
    """Build the data of these files and make it the session's.

    Raises
    ------
    DataProblem
        When a mapping cannot be used; the session's data stays as it was.
    """
    dataset = build_dataset([(each.reading, each.mapping, each.sha256, each.name) for each in sources])
    state.open_dataset(dataset, tuple(sources))
    return dataset
