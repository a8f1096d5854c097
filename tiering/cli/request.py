"""What the command line asks for, its columns among it, and whether that can be carried out."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tiering.dataset import Role
from tiering.ingest import Mapping, Reading, fields_of, headers_of, suggest_mapping, with_column
from tiering.ingest.meaning.fields import CUSTOMER_KEYS
from tiering.ingest.meaning.mapping import required_fields
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


class CannotRun(Exception):
    """The request itself cannot be carried out: a sentence's key and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def ensure_paths(given: Sequence[Path], wanted: Sequence[Path]) -> None:
    """Check files to read and files to write.

    Raises
    ------
    CannotRun
        A file to read is missing, a place to write to cannot be used, a result would replace a file it is made from,
        or two results one another.
    """
    for path in given:
        if not path.is_file():
            raise CannotRun("cli.request.no_file", path=str(path))
    for path in wanted:
        ensure_writable(path)
        if target_of(path) in {one.resolve() for one in given}:
            raise CannotRun("cli.request.same_file", path=str(path))
    if len({target_of(path) for path in wanted}) < len(wanted):
        raise CannotRun("cli.request.one_place", path=str(wanted[0]))


def ensure_writable(path: Path) -> None:
    """Check a place for a result before anything long begins.

    Raises
    ------
    CannotRun
        Its folder is missing; what stands there is a folder, no ordinary file (a device, a pipe) or may not be
        written to.
    """
    target = target_of(path)
    if not target.parent.is_dir():
        raise CannotRun("cli.request.no_folder", path=str(target.parent))
    if target.is_dir():
        raise CannotRun("cli.request.is_folder", path=str(path))
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(target.stat().st_mode):
            raise CannotRun("cli.request.no_ordinary_file", path=str(path))
        if not os.access(target, os.W_OK):
            raise CannotRun("cli.request.not_allowed", path=str(path), reason=os.strerror(errno.EACCES))


def target_of(path: Path) -> Path:
    """Where a result really goes: a link stays and what it points to is replaced.

    Raises
    ------
    CannotRun
        The links lead in a circle.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise CannotRun("cli.request.cannot_write", path=str(path), reason=str(error)) from error


def answers_of(text: str) -> dict[str, Any]:
    """Answers to open questions: question code → choice; none for an empty text.

    Raises
    ------
    CannotRun
        The text is not a JSON object.
    """
    try:
        answers = json.loads(text or "{}")
    except ValueError:
        answers = None
    if not isinstance(answers, dict):
        raise CannotRun("cli.request.no_answers", given=text)
    return answers


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


def mapping_pointed(reading: Reading, role: Role | None, pointed: Pointed) -> Mapping:
    """The suggestion for a file under its role, with the columns somebody pointed out.

    Without a role, lines of a customer pointed out who comes back are orders where they have a date and an amount.
    """
    mapping = with_pointed(suggest_mapping(reading, role), reading, pointed)
    if role is None and mapping.role == "customers" and _comes_back(pointed, reading):
        orders = with_pointed(suggest_mapping(reading, "orders"), reading, pointed)
        return orders if all(orders.headers(key) for key in required_fields(orders)) else mapping
    return mapping


def _comes_back(pointed: Pointed, reading: Reading) -> bool:
    header = next((pointed[key] for key in CUSTOMER_KEYS if key in pointed), None)
    if reading.table is None or header not in reading.table.column_names:
        return False
    values = reading.table[header].drop_null()
    return len(values.unique()) < len(values)


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
