"""The limited process that reads one scenario file: whatever it holds costs the server neither time nor memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tiering.decision.saved import SealAndLog, saved_from_json
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.bytes.serving import serve
from tiering.problems import DataProblem, Problem


def reply(request: dict[str, Any], folder: Path, limits: Limits) -> dict[str, Any]:
    """The file of a request → what it holds, checked, as plain JSON."""
    try:
        text = Path(request["path"]).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error
    saved = saved_from_json(text)
    return {
        "scenario": saved.scenario.model_dump(mode="json"),
        "beside": SealAndLog(seal=saved.seal, log=saved.log).model_dump(mode="json"),
        "retired": saved.retired,
    }


if __name__ == "__main__":
    serve(reply)
