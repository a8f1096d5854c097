"""What every limited process does, from the request it takes to the reply it leaves, and what its files are called."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiering.ingest.bytes.confinement import STATUS, confine, problem_of
from tiering.ingest.bytes.limits import Limits
from tiering.problems import DataProblem, Problem

Reply = Callable[[dict[str, Any], Path, Limits], dict[str, Any]]
READY = "ready"  # bounds are set: from here on its processor time counts
TABLE = "table.arrow"
CURRENCIES = "currencies.arrow"
REPORT = "report.json"
LINE_COLUMN = "\x00line"


def serve(reply: Reply) -> None:
    """Answer the request within its limits; nothing where none comes. What the computer fails to do is the status."""
    asked = sys.stdin.readline()
    if not asked:
        return
    try:
        _answer(json.loads(asked), reply)
    except OSError as error:
        if (problem := problem_of(error)) is None:
            raise
        sys.exit(STATUS[problem])
    except MemoryError:
        sys.exit(STATUS[Problem.NO_MEMORY])


def _answer(request: dict[str, Any], reply: Reply) -> None:
    limits, path, folder = Limits(**request["limits"]), Path(request["path"]), Path(request["folder"])
    confine(limits.memory_for(path), request["seconds"], limits.written_for(path.stat().st_size))
    print(READY, flush=True)
    _stay_in(folder)
    try:
        answer = reply(request, folder, limits)
    except DataProblem as problem:
        answer = {"error_code": str(problem.code), "facts": problem.facts}
    (folder / REPORT).write_text(json.dumps(answer, ensure_ascii=False, default=str), encoding="utf-8")


def _stay_in(folder: Path) -> None:
    """Whatever is put aside while reading lies in the folder that is thrown away afterwards."""
    os.chdir(folder)
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)))
