"""Dropped or pasted files → their tables as they were read, with a progress bar and a way to stop."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tiering.claims import NotUsed
from tiering.ingest import read_bytes, suggest_mapping
from tiering.ingest.drop import Answers, Sheet, sheets_of
from tiering.ingest.reading import Reading
from tiering.problems import DataProblem
from tiering.report.template import without_example
from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.ui.base.progress import run_with_progress
from tiering.ui.base.source import Source
from tiering.ui.pages.data.dropzone import empty
from tiering.words import Words

UPLOADER = "upload"
FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "ods", "parquet"]


class Given(Protocol):
    """A file as it was given: uploaded or pasted."""

    name: str

    def getvalue(self) -> bytes:
        """Its bytes."""


@dataclass
class Pasted:
    """A table pasted from a spreadsheet: tabs between cells, quotes around cells of several lines."""

    name: str
    text: str

    def getvalue(self) -> bytes:
        """The text as a file would hold it."""
        return self.text.encode()


def read_sources(files: Sequence[Given], words: Words) -> tuple[tuple[Source, ...], tuple[NotUsed, ...]]:
    """Read the files, with a progress bar → their tables, each sheet its own, and what holds none.

    A press on *cancel* ends the reading and gives the files up. A file that cannot be read stops no other.

    Raises
    ------
    DataProblem
        The problem of the first file where none can be read.
    """
    found: list[Source] = []
    unused: list[NotUsed] = []
    problems: list[DataProblem] = []
    for place, file in enumerate(files):
        try:
            sources, none = _read(file.name, file.getvalue(), {}, words, place)
        except DataProblem as problem:
            problems.append(problem)
            unused.append(NotUsed(file.name, "problem", {"code": str(problem.code), "facts": problem.facts}))
            continue
        found += sources
        unused += none
    if problems and not found:
        raise problems[0]
    return with_distinct_hashes(found), tuple(unused)


def with_distinct_hashes(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The same sources; two copies of one file get hashes of their own, so that neither is lost."""
    seen: dict[str, Source] = {}
    for source in sources:
        digest = source.sha256
        while digest in seen:
            digest = hashlib.sha256(f"{digest} again".encode()).hexdigest()
        seen[digest] = replace(source, sha256=digest)
    return tuple(seen.values())


def answered(source: Source, answer: dict[str, Any], words: Words) -> tuple[Source, ...]:
    """The file read again with one more question answered.

    Raises
    ------
    DataProblem
        When the answer leaves nothing to use.
    """
    name = source.name.partition(" · ")[0] if "sheet" in source.answers else source.name
    sources, _ = _read(name, source.content, {**source.answers, **answer}, words)
    return tuple(replace(one, name=source.name, sha256=source.sha256) for one in sources)


def give_up() -> None:
    """Put away the files that were dropped and those that wait; the data in use stays."""
    empty(UPLOADER)
    state.choose(waiting=())


def _read(
    name: str, content: bytes, answers: dict[str, Any], words: Words, place: int = 0
) -> tuple[list[Source], list[NotUsed]]:
    said = words("data.reading", name=plain(name))

    def read(told: Answers) -> Reading:
        return run_with_progress(
            lambda job: read_bytes(content, name, answers=told, progress=job.tell, cancelled=job.is_stopped),
            said,
            words,
            give_up,
            key=f"cancel-reading-{place}-{told.get('sheet', '')}",
        )

    sheets, unused = sheets_of(name, hashlib.sha256(content).hexdigest(), read, answers)
    return [_source(sheet, content) for sheet in sheets], unused


def _source(sheet: Sheet, content: bytes) -> Source:
    sheet.reading.ensure_read()
    reading = without_example(sheet.reading)
    kept = content if reading.open_questions else b""
    return Source(sheet.name, sheet.sha256, reading, suggest_mapping(reading), kept, dict(sheet.answers))
