"""The command ``read``: one file as the app reads it, with the table and the report written to files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tiering.cli.output import place_of, write_files
from tiering.ingest.bytes.limits import MEBIBYTE, Limits
from tiering.ingest.read import read_file
from tiering.ingest.reading import Reading
from tiering.ingest.report import plain_csv, report_json
from tiering.words.catalogue import LANGUAGES, Words

STATUS = {"loads": 0, "asks": 3, "error": 4}
COMMAND_LINE_BYTES = 20_000 * MEBIBYTE


def read_command(file: Path, places: tuple[Path, Path], words: Words, answers: str = "{}") -> int:
    """Read ``file``, write table and report to the two ``places``; exit status 0 for loads, 3 for asks, 4 for error.

    Parameters
    ----------
    answers
        JSON object of question code → choice, as the report of an earlier run offers them.
    """
    reading = read_file(file, answers=json.loads(answers), limits=Limits(file_bytes=COMMAND_LINE_BYTES))
    out, report = places
    wanted: dict[Path, Iterable[bytes]] = {report: [report_json(reading, sentence(reading)).encode()]}
    if reading.table is not None:
        wanted[out] = plain_csv(reading.table)
    write_files(wanted)
    for path in reversed(wanted):
        print(words("cli.tier.written", path=place_of(path)), file=sys.stderr)
    return STATUS[reading.outcome]


def sentence(reading: Reading) -> dict[str, str] | None:
    """What is wrong, what was expected and what to do, in each language; None where nothing is wrong."""
    code = reading.report.get("error_code")
    if not code:
        return None
    return {language: _sentence(Words(language), str(code), reading.report["facts"]) for language in LANGUAGES}


def _sentence(words: Words, code: str, facts: dict[str, Any]) -> str:
    parts = [words(f"problem.{code}.{part}", **facts) for part in ("wrong", "expected", "todo")]
    return words.sentences(parts)
