"""The files a command reads, and the date it asks for."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tiering.claims import Asked, NotUsed, Question
from tiering.cli.output import Bars
from tiering.cli.read import COMMAND_LINE_BYTES
from tiering.cli.request import CannotRun, answers_of, ensure_paths, ensure_pointed, mapping_pointed, pointed_out
from tiering.dataset import Dataset, Role
from tiering.decision.saved import Saved, saved_from_json
from tiering.ingest import Limits, Reading, read_file
from tiering.ingest.drop import Answers, Sheet, built, read_accepting, sheets_of
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.understand import understand
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.words import Words

Further = tuple[tuple[Path, Role], ...]


@dataclass(frozen=True)
class Given:
    """What a command is given; ``as_of`` is YYYY-MM-DD, ``answers`` JSON, both may be empty.

    ``paths`` are files of any kind, told apart by what is in them; ``further`` are files with what they hold.
    ``accept``: open questions are answered by what they propose.
    """

    paths: tuple[Path, ...]
    customers: Path | None = None
    scenario: Path | None = None
    as_of: str = ""
    answers: str = ""
    further: Further = ()
    accept: bool = False

    @property
    def files(self) -> tuple[tuple[Path, Role | None], ...]:
        """All files with what somebody said they hold, None where they have to tell."""
        listed: Further = () if self.customers is None else ((self.customers, "customers"),)
        beside = bool(listed or self.further)
        role: Role | None = "orders" if beside and len(self.paths) == 1 else None
        return (*((path, role) for path in self.paths), *listed, *self.further)


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
    """The files can be understood in more than one way."""

    def __init__(self, name: str, questions: tuple[dict[str, Any], ...] = (), asked: tuple[Question, ...] = ()) -> None:
        super().__init__(name)
        self.name = name
        self.questions = questions
        self.asked = asked


def ensure_possible(given: Given, wanted: Iterable[Path | None]) -> None:
    """Check the request before a long run.

    Raises
    ------
    CannotRun
        A path, the date or the answers cannot be used.
    """
    read = [*(path for path, _ in given.files), *([given.scenario] if given.scenario else [])]
    ensure_paths(read, [path for path in wanted if path is not None])
    date_of(given.as_of)
    pointed_out(answers_of(given.answers))


def read_dataset(given: Given, words: Words, bars: Bars) -> Dataset:
    """The files of a command → the cleaned dataset.

    Raises
    ------
    QuestionOpen
        The files can be understood in more than one way and ``answers`` does not say which.
    DataProblem
        A file cannot be read, or what its columns mean does not allow tiers.
    """
    return built(read_meaning(given, words, bars))


def read_customers(given: Given, words: Words, bars: Bars) -> Dataset | None:
    """The customers file of a command alone, None without one.

    Raises
    ------
    QuestionOpen, DataProblem
        As `read_dataset`.
    """
    if given.customers is None:
        return None
    return read_dataset(replace(given, paths=(), further=()), words, bars)


def read_meaning(given: Given, words: Words, bars: Bars) -> Understanding:
    """The files of a command, each read and judged for itself, then understood together.

    Raises
    ------
    QuestionOpen, DataProblem
        As `read_dataset`.
    """
    answers = all_answers(given)
    pointed = pointed_out(answers)
    sheets, unused = _all_sheets(given, answers, words, bars)
    drafts = [_draft(sheet, role, pointed) for sheet, role in sheets]
    ensure_pointed((draft.mapping for draft in drafts), pointed)
    understood = understand(drafts, Asked(answers, date.today(), given.accept))
    used = {draft.name for draft in understood.drafts}
    for sheet, _ in sheets:  # what a list that counts for nothing leaves open stops nobody
        if sheet.reading.open_questions and (sheet.name in used or len(sheets) == 1):
            raise QuestionOpen(sheet.name, sheet.reading.open_questions)
    if understood.questions:
        raise QuestionOpen("", asked=understood.questions)
    return replace(understood, not_used=(*understood.not_used, *unused))


def all_answers(given: Given) -> dict[str, Any]:
    """Answers kept with the scenario, and those of the command line before them."""
    kept = {} if given.scenario is None else saved_scenario(given.scenario).scenario.answers
    return {**kept, **answers_of(given.answers)}


def _all_sheets(
    given: Given, answers: dict[str, Any], words: Words, bars: Bars
) -> tuple[list[tuple[Sheet, Role | None]], list[NotUsed]]:
    """Tables of all files; one that cannot be read stops no other, unless somebody said what it holds."""
    found: list[tuple[Sheet, Role | None]] = []
    unused: list[NotUsed] = []
    problems: list[DataProblem] = []
    for path, role in given.files:
        try:
            sheets, none = _sheets(path, answers, given.accept, bars.bar(words("cli.tier.reading", name=path.name)))
        except DataProblem as problem:
            if role is not None:
                raise
            problems.append(problem)
            unused.append(NotUsed(path.name, "problem", {"code": str(problem.code), "facts": problem.facts}))
            continue
        found += [(sheet, role) for sheet in sheets]
        unused += none
    if problems and not found:
        raise problems[0]
    return found, unused


def _draft(sheet: Sheet, role: Role | None, pointed: dict[str, str]) -> Draft:
    mapping = mapping_pointed(sheet.reading, role, pointed)
    return Draft(sheet.name, sheet.sha256, sheet.reading, mapping, role)


def _sheets(path: Path, answers: dict[str, Any], accept: bool, progress: Any) -> tuple[list[Sheet], list[NotUsed]]:
    def read(answered: Answers) -> Reading:
        return read_file(path, answers=answered, limits=limits, progress=progress)

    limits = Limits(file_bytes=COMMAND_LINE_BYTES)
    sheets, unused = sheets_of(path.name, _sha256(path), lambda told: read_accepting(read, told, accept), answers)
    for sheet in sheets:
        sheet.reading.ensure_read()
    return sheets, unused


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def scenario_of(given: Given, words: Words) -> Scenario:
    """The scenario file, or a scenario that leaves everything to be proposed; what it names in vain is said.

    Raises
    ------
    DataProblem
        The file is no scenario.
    """
    if given.scenario is None:
        return Scenario()
    saved = saved_scenario(given.scenario)
    for kind in saved.retired:
        print(words(f"scenarios.retired.{kind}"), file=sys.stderr)
    return saved.scenario


def saved_scenario(path: Path) -> Saved:
    """What a scenario file holds.

    Raises
    ------
    DataProblem
        The file is no scenario.
    """
    try:
        return saved_from_json(path.read_text(encoding="utf-8-sig"))
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
