"""Files in: a path or uploaded bytes → a typed table, questions or a problem; parsed in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.bytes.process import Watch, run_worker
from tiering.ingest.bytes.worker_files import CURRENCIES, LINE_COLUMN, REPORT, TABLE
from tiering.ingest.reading import Column, Reading, SetAside
from tiering.problems import DataProblem, Problem


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
        size = path.stat().st_size
        with _private_folder() as folder:
            request = _request(path, folder, answers or {}, (limits, limits.seconds_for(size)))
            status = run_worker(request, limits, Watch(progress, cancelled))
            return _reading(folder, shown, status)
    except DataProblem as problem:
        return failed(shown, problem.code, problem.facts)


def read_bytes(content: bytes, name: str, **options: Any) -> Reading:
    """Reading of uploaded bytes, by way of a private temporary file; options as in :func:`read_file`."""
    with _private_folder() as folder:
        path = folder / "upload"
        path.write_bytes(content)
        return read_file(path, name=name, **options)


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder only this user can enter (mode 0700), gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tiering-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _request(path: Path, folder: Path, answers: Mapping[str, Any], bounds: tuple[Limits, float]) -> dict[str, Any]:
    limits, seconds = bounds
    return {
        "path": str(path.resolve()),
        "folder": str(folder),
        "answers": dict(answers),
        "limits": limits.as_facts(),
        "seconds": seconds,
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
