"""Files in: a path or uploaded bytes → a typed table, questions or a problem; parsed in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from tiering.ingest.bytes.confinement import problem_of
from tiering.ingest.bytes.limits import MEBIBYTE, Limits
from tiering.ingest.bytes.process import Watch, run_worker
from tiering.ingest.bytes.serving import CURRENCIES, LINE_COLUMN, REPORT, TABLE
from tiering.ingest.reading import Column, Reading, SetAside
from tiering.problems import DataProblem, Problem
from tiering.scratch import new_folder


def read_file(  # noqa: PLR0913 - all but the path are options by name
    path: Path,
    *,
    name: str | None = None,
    answers: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Typed table of a file with a full account of its lines, or questions, or what is wrong with it.

    Parameters
    ----------
    name
        What the file is called where ``path`` is a temporary one.
    answers
        Question code → choice of an earlier reading.
    progress
        Called with 0..1 as the reading goes on.
    cancelled
        Asked every few hundredths of a second; the worker is ended when it says yes.
    """
    limits = limits or Limits()
    shown = name or path.name
    try:
        with of_this_computer(limits), reading_folder() as folder:
            request = request_of(path, folder, answers or {}, limits)
            status = run_worker(request, limits, Watch(progress, cancelled))
            return _reading(folder, shown, status)
    except DataProblem as problem:
        return failed(shown, problem.code, problem.facts)


def read_bytes(content: bytes, name: str, **options: Any) -> Reading:
    """Reading of uploaded bytes, by way of a private temporary file; options as in :func:`read_file`."""
    try:
        with of_this_computer(Limits()), reading_folder() as folder:
            path = folder / "upload"
            path.write_bytes(content)
            return read_file(path, name=name, **options)
    except DataProblem as problem:
        return failed(name, problem.code, problem.facts)


@contextmanager
def reading_folder() -> Iterator[Path]:
    """A private folder for one reading, gone afterwards.

    Raises
    ------
    DataProblem
        DISK_FULL, NO_SCRATCH.
    """
    try:
        folder = new_folder("reading")
    except OSError as error:
        is_full = problem_of(error) == Problem.DISK_FULL
        raise DataProblem(Problem.DISK_FULL if is_full else Problem.NO_SCRATCH) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def of_this_computer(limits: Limits) -> Iterator[None]:
    """What the system fails to do is told as such, never blamed on a file; a file that is not there stays an error.

    Raises
    ------
    DataProblem
        DISK_FULL, NO_ACCESS, NO_MEMORY.
    """
    try:
        yield
    except OSError as error:
        if (code := problem_of(error)) is None:
            raise
        raise DataProblem(code, limit=limits.memory_bytes // MEBIBYTE) from error


def request_of(path: Path, folder: Path, answers: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """What a worker is asked: the file, where it may write, and its limits."""
    return {
        "path": str(path.resolve()),
        "folder": str(folder),
        "answers": dict(answers),
        "limits": limits.as_facts(),
        "seconds": limits.seconds_for(path.stat().st_size),
    }


def _reading(folder: Path, name: str, status: int) -> Reading:
    try:
        reply = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return failed(name, Problem.DAMAGED, {"kind": "", "status": status})
    if "error_code" in reply:
        return failed(name, Problem(reply["error_code"]), reply["facts"])
    table = _table(folder / TABLE)
    lines = table.column(LINE_COLUMN).combine_chunks()
    return Reading(
        outcome="asks" if reply["questions"] else "loads",
        table=table.drop_columns([LINE_COLUMN]),
        lines=lines if isinstance(lines, pa.Array) else pa.concat_arrays(lines.chunks),
        columns=tuple(Column(**one) for one in reply["columns"]),
        set_aside=tuple(SetAside(*one) for one in reply["set_aside"]),
        report={"file": name, **reply["report"]},
        questions=tuple(reply["questions"]),
        currencies=_currencies(folder / CURRENCIES),
    )


def _table(path: Path) -> pa.Table:
    """The worker's table, mapped where a mapped file may be removed, read where it may not."""
    if os.name == "nt":
        with pa.OSFile(str(path)) as file:
            return pa.ipc.open_file(file).read_all()
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _currencies(path: Path) -> dict[str, pa.Array]:
    """Currency of every row by column, where rows differ."""
    if not path.exists():
        return {}
    table = _table(path)
    return {name: table.column(name).combine_chunks() for name in table.column_names}


def failed(name: str, code: Problem, facts: Mapping[str, Any]) -> Reading:
    """Reading of a file that cannot be used: a code and the facts of its sentence."""
    report = {
        "file": name,
        "outcome": "error",
        "n_rows": 0,
        "columns": [],
        "excluded": {},
        "repaired": [],
        "set_aside": [],
        "notes": [],
        "asks": [],
        "error_code": str(code),
        "facts": {"name": name, **facts},
    }
    return Reading("error", None, None, (), (), report)
