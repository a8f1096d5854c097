"""From dropped files to the session's data: read, suggest what the columns mean, build."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import streamlit as st

from tiering.dataset import Dataset, Role
from tiering.evaluate import ensure_scorable
from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.ingest.clean.overlap import Exported, Overlap, overlap_of, without_overlap
from tiering.ingest.meaning.money_words import money_meant
from tiering.ingest.meaning.suggestion import possible_roles
from tiering.ingest.reading import OVERLAP
from tiering.problems import DataProblem
from tiering.report.template import without_example
from tiering.scenario import Scenario
from tiering.scenario.existing import Existing
from tiering.ui.base import cached, state
from tiering.ui.base.awaited import Job, awaited
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data.dropzone import empty
from tiering.views.existing_tier import are_tiers_of
from tiering.words import Words

UPLOADER = "upload"
FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "ods", "parquet"]
ROLE = "role"
ROLE_ANSWERS = ("both", "orders", "payments")


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


def read_sources(files: Sequence[Given], words: Words) -> tuple[Source, ...]:
    """Read the files, with a progress bar; a press on *cancel* ends the reading and gives the files up.

    Raises
    ------
    DataProblem
        The problem of the first file that cannot be used.
    """
    return told_apart([_read(file.name, file.getvalue(), {}, words, place) for place, file in enumerate(files)])


def told_apart(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The same sources; two copies of one file get hashes of their own, so that neither is lost."""
    seen: dict[str, Source] = {}
    for source in sources:
        digest = source.sha256
        while digest in seen:
            digest = hashlib.sha256(f"{digest} again".encode()).hexdigest()
        seen[digest] = replace(source, sha256=digest)
    return tuple(seen.values())


def answered(source: Source, answer: dict[str, Any], words: Words) -> Source:
    """The file read again with one more question answered.

    Raises
    ------
    DataProblem
        When the answer leaves nothing to use.
    """
    return _read(source.name, source.content, {**source.answers, **answer}, words)


def give_up() -> None:
    """Put away the files that were dropped and those that wait; the data in use stays."""
    empty(UPLOADER)
    state.choose(waiting=())


def _read(name: str, content: bytes, answers: dict[str, Any], words: Words, place: int = 0) -> Source:
    said = words("data.reading", name=plain(name))
    reading = awaited(
        lambda job: read_bytes(content, name, answers=answers, progress=job.tell, cancelled=job.is_stopped),
        said,
        words,
        give_up,
        key=f"cancel-reading-{place}",
    )
    reading.ensure_read()
    reading = without_example(reading)
    kept = content if reading.open_questions else b""
    return Source(name, hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading), kept, answers)


def open_or_ask(sources: Sequence[Source]) -> bool:
    """Open the files; answers whether they are open.

    They wait while one leaves a question open or could be orders or payments, while nobody has said what lines mean
    that two of them hold, or until somebody says what the columns mean that were not recognised.
    """
    unread = any(source.reading.open_questions for source in sources)
    if unread or of_unsure_role(sources) is not None or overlap(sources) is not None:
        state.choose(waiting=tuple(sources), problem=None)
        return False
    try:
        open_sources(sources)
    except DataProblem as problem:
        state.choose(waiting=tuple(sources), problem=problem)
        return False
    return True


def of_unsure_role(sources: Sequence[Source]) -> Source | None:
    """The first file that could be orders or payments, where nobody has said yet which."""
    return next((one for one in sources if ROLE not in one.answers and len(_roles(one.sha256, one)) > 1), None)


def decided_role(source: Source, answer: str) -> None:
    """Take what the file holds; one that is both is read as each, its lines counted for each."""
    roles: Sequence[Role] = ("orders", "payments") if answer == "both" else [_role_of(answer)]
    told = [
        replace(source, mapping=suggest_mapping(source.reading, role), answers={**source.answers, ROLE: role})
        for role in roles
    ]
    waiting = state.choices().waiting
    open_or_ask(told_apart([new for one in waiting for new in (told if one.sha256 == source.sha256 else [one])]))


def _role_of(answer: str) -> Role:
    return "payments" if answer == "payments" else "orders"


def overlap(sources: Sequence[Source]) -> Overlap | None:
    """The lines that order files share, where nobody has said yet whether they count once."""
    orders = [source for source in sources if source.mapping.role == "orders"]
    if len(orders) < 2 or all(OVERLAP in source.answers for source in orders):
        return None
    found = _overlaps("|".join(f"{source.sha256} {sorted(source.mapping.columns.items())}" for source in orders))
    if not found:
        exports, words = [_export(source) for source in orders], Words(state.choices().language)
        said = words("overlap.comparing")
        found.append(awaited(lambda job: overlap_of(exports, job.tell), said, words, give_up, key="cancel-overlap"))
    return found[0]


def decided_overlap(once: bool) -> None:
    """Take the answer for all files that wait, and open them."""
    answer = {OVERLAP: "once" if once else "all"}
    open_or_ask([replace(source, answers={**source.answers, **answer}) for source in state.choices().waiting])


def open_sources(sources: Sequence[Source]) -> Dataset:
    """Build the data of these files and make it the session's.

    Raises
    ------
    DataProblem
        When a mapping cannot be used or nothing can be scored by; the session's data stays as it was.
    """
    words = Words(state.choices().language)
    said = words("data.computing")
    dataset = awaited(lambda job: _built(sources, job), said, words, give_up, key="cancel-computing")
    first = Existing(baseline=are_tiers_of(dataset.customers, state.choices().scenario.tiers))
    state.open_dataset(dataset, tuple(sources), money_meant([source.mapping for source in sources]), first)
    return dataset


def _built(sources: Sequence[Source], job: Job[Dataset]) -> Dataset:
    exports = [_export(source) for source in sources]
    if any(source.answers.get(OVERLAP) == "once" for source in sources):
        exports = without_overlap(exports, lambda share: job.tell(share / 4))
    dataset = build_dataset(exports, lambda share: job.tell(0.25 + share / 4))
    job.tell(0.5)
    ensure_scorable(cached.base_of(dataset, Scenario()))
    return dataset


def _export(source: Source) -> Exported:
    return source.reading, source.mapping, source.sha256, source.name


@st.cache_resource(scope="session", max_entries=20, show_spinner=False)
def _roles(key: str, _source: Source) -> tuple[Role, ...]:
    return possible_roles(_source.reading) if _source.reading.table is not None else ()


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _overlaps(key: str) -> list[Overlap | None]:
    """A place for what files share, filled once they were compared."""
    return []
