"""The command ``read``: one file as the app reads it, with the table and the report written to files."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from tiering.claims import Asked, Step
from tiering.cli.output import place_of, write_files
from tiering.ingest.bytes.limits import MEBIBYTE, Limits
from tiering.ingest.drop import Answers, built, sheets_of
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.suggestion import suggest_mapping
from tiering.ingest.meaning.understand import understand
from tiering.ingest.read import read_file
from tiering.ingest.reading import Reading
from tiering.problems import DataProblem
from tiering.words.catalogue import LANGUAGES, Words

STATUS = {"loads": 0, "asks": 3, "error": 4}
COMMAND_LINE_BYTES = 20_000 * MEBIBYTE
NOT_FOR_PROGRAMS = ("facts", "file")
ROWS_AT_ONCE = 65_536


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


def report_json(reading: Reading, message: dict[str, str] | None, meaning: dict[str, Any] | None = None) -> str:
    """The report with its questions, the sentence of a problem in both languages and the meaning, as indented JSON."""
    shown = {name: value for name, value in reading.report.items() if name not in NOT_FOR_PROGRAMS}
    shown |= {"questions": list(reading.questions), "message": message}
    shown |= {} if meaning is None else {"meaning": meaning}
    return json.dumps(shown, ensure_ascii=False, indent=2, default=str) + "\n"


def meaning_facts(understood: Understanding, bridge: Sequence[Step]) -> dict[str, Any]:
    """Claims, open questions, money bridge and files not used, JSON-ready; money as exact decimal text."""
    return {
        "claims": [asdict(claim) for claim in understood.claims],
        "questions": [asdict(question) for question in understood.questions],
        "bridge": [asdict(step) for step in bridge],
        "not_used": [asdict(one) for one in understood.not_used],
    }


def plain_csv(table: pa.Table) -> Iterator[bytes]:
    """Table as UTF-8, piece by piece: days as ``YYYY-MM-DD``, moments with their time, numbers with a point alone."""
    plain = pa.table([_plain(table.column(name)) for name in table.column_names], names=table.column_names)
    for first in range(0, max(plain.num_rows, 1), ROWS_AT_ONCE):
        piece = pa.BufferOutputStream()
        options = pa_csv.WriteOptions(include_header=first == 0)
        pa_csv.write_csv(plain.slice(first, ROWS_AT_ONCE), piece, options)
        yield piece.getvalue().to_pybytes()


def _plain(column: pa.ChunkedArray) -> Any:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%d %H:%M:%S")
    if pa.types.is_string(column.type):
        return column
    text = column.cast(pa.string())
    if pa.types.is_decimal(column.type) and column.type.scale > 0:
        return pc.replace_substring_regex(text, r"\.?0+$", "")
    return text
