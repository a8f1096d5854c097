"""The command ``read``: one file as the app reads it, with the table and the report written to files."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from tiering.claims import Asked
from tiering.cli.output import place_of, write_files
from tiering.ingest.bytes.limits import MEBIBYTE, Limits
from tiering.ingest.drop import Answers, built, sheets_of
from tiering.ingest.meaning.draft import Draft
from tiering.ingest.meaning.suggestion import suggest_mapping
from tiering.ingest.meaning.understand import understand
from tiering.ingest.read import read_file
from tiering.ingest.reading import Reading
from tiering.ingest.report import meaning_facts, plain_csv, report_json
from tiering.problems import DataProblem
from tiering.words.catalogue import LANGUAGES, Words

STATUS = {"loads": 0, "asks": 3, "error": 4}
COMMAND_LINE_BYTES = 20_000 * MEBIBYTE


def read_command(files: Sequence[Path], places: tuple[Path, Path], words: Words, answers: str = "{}") -> int:
    """Read ``files``, write table and report to the two ``places``; exit status 0 for loads, 3 for asks, 4 for error.

    Table and report are those of the first file; what the report says of the meaning is said of all of them.

    Parameters
    ----------
    answers
        JSON object of question code → choice, as the report of an earlier run offers them.
    """
    told = json.loads(answers)
    reading = read_file(files[0], answers=told, limits=Limits(file_bytes=COMMAND_LINE_BYTES))
    out, report = places
    known = {files[0]: reading}
    meaning = meaning_of(files, told, known) if reading.outcome == "loads" else None
    wanted: dict[Path, Iterable[bytes]] = {report: [report_json(reading, sentence(reading), meaning).encode()]}
    if reading.table is not None:
        wanted[out] = plain_csv(reading.table)
    write_files(wanted)
    for path in reversed(wanted):
        print(words("cli.tier.written", path=place_of(path)), file=sys.stderr)
    return STATUS[reading.outcome]


def meaning_of(files: Sequence[Path], answers: dict[str, Any], known: dict[Path, Reading]) -> dict[str, Any] | None:
    """What all files together are taken to mean, JSON-ready; None where one of them cannot be used."""
    drafts, unused = [], []
    for path in files:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        sheets, none = sheets_of(path.name, digest, partial(_read, path, answers, known), answers)
        unused += none
        if any(sheet.reading.outcome == "error" for sheet in sheets):
            return None
        drafts += [Draft(one.name, one.sha256, one.reading, suggest_mapping(one.reading)) for one in sheets]
    understood = understand(drafts, Asked(answers, date.today()))
    try:
        steps = built(understood).meaning.bridge
    except DataProblem:
        steps = ()  # the files are not enough for tiers; what is known of them is said all the same
    return meaning_facts(replace(understood, not_used=(*understood.not_used, *unused)), steps)


def _read(path: Path, first: Answers, known: dict[Path, Reading], answers: Answers) -> Reading:
    """Reading of one file under answers; the one that is ``known`` was made under the ``first``."""
    if answers == first and path in known:
        return known[path]
    return read_file(path, answers=answers, limits=Limits(file_bytes=COMMAND_LINE_BYTES))


def sentence(reading: Reading) -> dict[str, str] | None:
    """What is wrong, what was expected and what to do, in each language; None where nothing is wrong."""
    code = reading.report.get("error_code")
    if not code:
        return None
    return {language: _sentence(Words(language), str(code), reading.report["facts"]) for language in LANGUAGES}


def _sentence(words: Words, code: str, facts: dict[str, Any]) -> str:
    parts = [words(f"problem.{code}.{part}", **facts) for part in ("wrong", "expected", "todo")]
    return words.sentences(parts)
