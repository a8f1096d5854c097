"""What somebody says on the command line that the columns mean, and how the command line asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tiering.cli.request import CannotRun
from tiering.ingest import Mapping, Reading, fields_of, headers_of, with_column
from tiering.problems import DataProblem
from tiering.words import Words

Pointed = dict[str, str]
_MEANT: dict[str, str | tuple[str, ...]] = {
    "missing_columns": "missing",
    "no_customers": ("customer_id",),
    "column_twice": "fields",
    "no_usable_rows": ("customer_id", "order_date", "amount"),
    "no_indicators": ("order_date", "amount"),
}


def pointed_out(answers: dict[str, Any]) -> Pointed:
    """Field → header as ``--answers`` has them under ``columns``; a header alone is the amount's."""
    columns = answers.get("columns", {})
    pointed = {"amount": columns} if isinstance(columns, str) else columns
    if not isinstance(pointed, dict) or not all(isinstance(header, str) for header in pointed.values()):
        raise CannotRun("cli.request.no_answers", given=json.dumps(answers, ensure_ascii=False))
    return pointed


def with_pointed(mapping: Mapping, reading: Reading, pointed: Pointed) -> Mapping:
    """The suggestion for a file with the columns somebody pointed out, as far as this file has them."""
    known = {field.key for field in fields_of(mapping.role)}
    present = set(headers_of(reading))
    for key, header in pointed.items():
        if key in known and header in present:
            mapping = with_column(mapping, reading, key, header)
    return mapping


def ensure_pointed(mappings: Iterable[Mapping], pointed: Pointed) -> None:
    """Check that every column pointed out is in one of the files.

    Raises
    ------
    CannotRun
        One is in none, or it is given a meaning that no column of these files can have.
    """
    taken = {(key, header) for mapping in mappings for key in mapping.columns for header in mapping.headers(key)}
    for key, header in pointed.items():
        if (key, header) not in taken:
            raise CannotRun("cli.request.no_column", field=key, header=header)


def answer_for(problem: DataProblem, words: Words) -> str:
    """The ``--answers`` that would point out the columns of a problem; empty where none would help."""
    meant = _MEANT.get(str(problem.code), ())
    fields: Any = problem.facts.get(meant, ()) if isinstance(meant, str) else meant
    columns = {str(field): words("cli.columns.header") for field in fields}
    return json.dumps({"columns": columns}, ensure_ascii=False) if columns else ""
