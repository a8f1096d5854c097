"""The files a command reads, and the date it asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tiering.cli.columns import ensure_pointed, pointed_out, with_pointed
from tiering.cli.progress import Bars
from tiering.cli.read import COMMAND_LINE_BYTES
from tiering.cli.request import CannotRun, answers_of, ensure_paths
from tiering.dataset import Dataset, Role
from tiering.decision.saved import saved_from_json
from tiering.ingest import Limits, Reading, build_dataset, read_file, suggest_mapping
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.words import Words

Further = tuple[tuple[Path, Role], ...]


@dataclass(frozen=True)
class Given:
    """What a command is given; ``as_of`` is YYYY-MM-DD, ``answers`` JSON, both may be empty.

    ``further`` are files beside orders and customers, each with what it holds.
    """

    orders: Path
    customers: Path | None = None
    scenario: Path | None = None
    as_of: str = ""
    answers: str = ""
    further: Further = ()


def further_files(lines: Path | None, payments: Path | None, contacts: Path | None, outside: Path | None) -> Further:
    """Files beside orders and customers; ``lines`` are those of orders whose headers are a file of their own."""
    given: tuple[tuple[Path | None, Role], ...] = (
        (lines, "orders"),
        (payments, "payments"),
        (contacts, "contacts"),
        (outside, "attributes"),
    )
    return tuple((path, role) for path, role in given if path is not None)


class QuestionOpen(Exception):
    """A file can be read in more than one way."""

    def __init__(self, name: str, questions: tuple[dict[str, Any], ...]) -> None:
        super().__init__(name)
        self.name = name
        self.questions = questions


def ensure_possible(given: Given, wanted: Iterable[Path | None]) -> None:
    """Check the request before a long run.

    Raises
    ------
    CannotRun
        A path, the date or the answers cannot be used.
    """
    paths = (given.orders, given.customers, given.scenario, *(path for path, _ in given.further))
    read = [path for path in paths if path is not None]
    ensure_paths(read, [path for path in wanted if path is not None])
    date_of(given.as_of)
    pointed_out(answers_of(given.answers))


def read_dataset(given: Given, words: Words, bars: Bars) -> Dataset:
    """The files of a command → the cleaned dataset.

    Raises
    ------
    QuestionOpen
        A file can be read in more than one way and ``answers`` does not say which.
    DataProblem
        A file cannot be read, or what its columns mean does not allow tiers.
    """
    alone = given.customers is None and not given.further
    roles: list[tuple[Path, Role | None]] = [(given.orders, None if alone else "orders")]
    if given.customers is not None:
        roles.append((given.customers, "customers"))
    roles.extend(given.further)
    sources = []
    pointed = pointed_out(answers_of(given.answers))
    for path, role in roles:
        reading = _read(path, answers_of(given.answers), bars.bar(words("cli.tier.reading", name=path.name)))
        mapping = with_pointed(suggest_mapping(reading, role), reading, pointed)
        sources.append((reading, mapping, _sha256(path), path.name))
    ensure_pointed((mapping for _, mapping, _, _ in sources), pointed)
    return build_dataset(sources)


def read_customers(given: Given, words: Words, bars: Bars) -> Dataset | None:
    """The customers file of a command alone, None without one.

    Raises
    ------
    QuestionOpen, DataProblem
        As `read_dataset`.
    """
    path = given.customers
    if path is None:
        return None
    reading = _read(path, answers_of(given.answers), bars.bar(words("cli.tier.reading", name=path.name)))
    return build_dataset([(reading, suggest_mapping(reading, "customers"), _sha256(path), path.name)])


def _read(path: Path, answers: dict[str, Any], progress: Any) -> Reading:
    limits = Limits(file_bytes=COMMAND_LINE_BYTES)
    reading = read_file(path, answers=answers, limits=limits, progress=progress)
    reading.ensure_read()
    if reading.open_questions:
        raise QuestionOpen(path.name, reading.open_questions)
    return reading


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def scenario_of(given: Given) -> Scenario:
    """The scenario file, or a scenario that leaves everything to be proposed.

    Raises
    ------
    DataProblem
        The file is no scenario.
    """
    if given.scenario is None:
        return Scenario()
    try:
        return saved_from_json(given.scenario.read_text(encoding="utf-8-sig")).scenario
    except UnicodeDecodeError as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error


def date_of(text: str) -> date | None:
    """Date of YYYY-MM-DD, None for an empty text.

    Raises
    ------
    CannotRun
        The text is no date.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CannotRun("cli.request.no_date", given=text) from error
