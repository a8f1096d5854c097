"""A scenario file that somebody uploads → what was saved in it, read in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tiering.decision.saved import Saved, SealAndLog
from tiering.ingest.bytes.limits import MEBIBYTE, Limits
from tiering.ingest.bytes.process import Watch, run_worker
from tiering.ingest.bytes.serving import REPORT
from tiering.ingest.read import of_this_computer, reading_folder, request_of
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario

PROGRAM = "tiering.decision.worker"
MOST_MB = 50  # with its history; the choices alone are some kilobytes
LIMITS = Limits(file_bytes=MOST_MB * MEBIBYTE, memory_bytes=1_024 * MEBIBYTE)


def read_saved(content: bytes, cancelled: Callable[[], bool] | None = None) -> Saved:
    """Bytes of a scenario file → scenario, seal and log; its size is looked at before anything else.

    Raises
    ------
    DataProblem
        SCENARIO_TOO_BIG, those of ``saved_from_json`` and ``run_worker``; SCENARIO_NOT_JSON where it broke off.
    """
    if len(content) > LIMITS.file_bytes:
        raise DataProblem(Problem.SCENARIO_TOO_BIG, mebibytes=len(content) // MEBIBYTE, limit=MOST_MB)
    with of_this_computer(LIMITS), reading_folder() as folder:
        path = folder / "upload"
        path.write_bytes(content)
        run_worker(request_of(path, folder, {}, LIMITS), LIMITS, Watch(cancelled=cancelled), PROGRAM)
        return _saved(folder / REPORT)


def _saved(path: Path) -> Saved:
    """What the process has checked; a process that broke off leaves nothing."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error
    if "error_code" in told:
        raise DataProblem(Problem(told["error_code"]), **told["facts"])
    beside = SealAndLog.model_validate_json(json.dumps(told["beside"]))
    scenario = Scenario.model_validate_json(json.dumps(told["scenario"]))
    return Saved(scenario, beside.seal, beside.log, tuple(told["retired"]))
