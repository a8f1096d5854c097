"""The command ``tier``: files in, one row per customer out, a summary on standard error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tiering.cli.progress import Bars, progress_bars
from tiering.cli.questions import question_lines
from tiering.cli.read import COMMAND_LINE_BYTES
from tiering.cli.request import CannotRun, answers_of, ensure_paths
from tiering.cli.summary import Summary, say, say_summary
from tiering.dataset import Dataset, Role
from tiering.evaluate import evaluate
from tiering.ingest import Limits, Reading, build_dataset, read_file, suggest_mapping
from tiering.ingest.population import peopled
from tiering.problems import DataProblem, Problem
from tiering.report import Handout, customers_csv, customers_workbook, set_aside_csv
from tiering.scenario import Scenario, scenario_from_json
from tiering.words import Words
from tiering.words.sentences import problem_sentence

DONE, WRITTEN_WRONGLY, QUESTION_OPEN, PROBLEM = 0, 2, 3, 4


@dataclass(frozen=True)
class TierRun:
    """What the command line asks for; ``as_of`` is YYYY-MM-DD, ``answers`` JSON, both may be empty."""

    orders: Path
    out: Path
    customers: Path | None = None
    scenario: Path | None = None
    as_of: str = ""
    set_aside: Path | None = None
    answers: str = ""


class QuestionOpen(Exception):
    """A file can be read in more than one way."""

    def __init__(self, name: str, questions: tuple[dict[str, Any], ...]) -> None:
        super().__init__(name)
        self.name = name
        self.questions = questions


def run_tier(run: TierRun, words: Words) -> int:
    """Read, tier and write → exit status: 0, 2 (the request), 3 (a question), 4 (a problem of file or scenario)."""
    try:
        ensure_possible(run)
        with progress_bars() as bars:
            scenario = _scenario(run)
            dataset = peopled(read_dataset(run, words, bars), scenario.population)
            tiering = evaluate(dataset, scenario, _as_of(run), bars.bar(words("cli.tier.tiering")))
            _write(run, Handout(tiering, dataset, words))
    except CannotRun as reason:
        say(words(reason.key, **reason.facts))
        return WRITTEN_WRONGLY
    except QuestionOpen as asked:
        for question in asked.questions:
            say("\n".join(question_lines(asked.name, question, words)))
        say(words("cli.tier.answer"))
        return QUESTION_OPEN
    except DataProblem as problem:
        name = problem.facts.get("name")
        say(f"{name}: {problem_sentence(problem, words)}" if name else problem_sentence(problem, words))
        return PROBLEM
    say_summary(Summary(tiering, dataset, run.out, run.set_aside), words)
    return DONE


def ensure_possible(run: TierRun) -> None:
    """Check the request before a long run.

    Raises
    ------
    CannotRun
        A path, the date or the answers cannot be used.
    """
    given = [path for path in (run.orders, run.customers, run.scenario) if path is not None]
    ensure_paths(given, [path for path in (run.out, run.set_aside) if path is not None])
    _as_of(run)
    answers_of(run.answers)


def read_dataset(run: TierRun, words: Words, bars: Bars) -> Dataset:
    """The files of a run → the cleaned dataset.

    Raises
    ------
    QuestionOpen
        A file can be read in more than one way and ``answers`` does not say which.
    DataProblem
        A file cannot be read, or what its columns mean does not allow tiers.
    """
    roles: list[tuple[Path, Role | None]] = [(run.orders, "orders" if run.customers else None)]
    if run.customers is not None:
        roles.append((run.customers, "customers"))
    sources = []
    for path, role in roles:
        reading = _read(path, answers_of(run.answers), bars.bar(words("cli.tier.reading", name=path.name)))
        sources.append((reading, suggest_mapping(reading, role), _sha256(path), path.name))
    return build_dataset(sources)


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


def _scenario(run: TierRun) -> Scenario:
    if run.scenario is None:
        return Scenario()
    try:
        return scenario_from_json(run.scenario.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error


def _as_of(run: TierRun) -> date | None:
    return date_of(run.as_of)


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


def _write(run: TierRun, handout: Handout) -> None:
    if run.out.suffix.lower() == ".xlsx":
        write_whole(run.out, [customers_workbook(handout)])
    else:
        write_whole(run.out, customers_csv(handout.tiering, handout.dataset))
    if run.set_aside is not None:
        write_whole(run.set_aside, [set_aside_csv(handout.dataset, handout.words)])


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the whole file or none: an interrupted run leaves the one before in place.

    Raises
    ------
    CannotRun
        The place cannot be written to.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        part.replace(path)
    except OSError as error:
        raise CannotRun("cli.request.cannot_write", path=str(path), reason=error.strerror or "") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
