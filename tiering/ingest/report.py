"""A reading written down: the table in plain form and the report as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from tiering.claims import Step
from tiering.ingest.meaning.draft import Understanding
from tiering.ingest.reading import Reading

NOT_FOR_PROGRAMS = ("facts", "file")
ROWS_AT_ONCE = 65_536


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
