"""Starts the limited worker, ahead of the file where one is expected, watches its time and memory, and ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.bytes.memory import resident_bytes
from tiering.problems import DataProblem, Problem

AT_ONCE = threading.BoundedSemaphore(2)
TICK = 0.02
TIME_IS_UP = -24  # ended by the signal of the processor time limit
PATIENCE = 1 if sys.platform == "win32" else 4  # where processor time is bounded, a busy machine may take longer
PACKAGE_ROOT = Path(__file__).resolve().parents[3]
_STANDING_BY: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()


@dataclass(frozen=True)
class Watch:
    """What the caller wants to hear and to stop."""

    progress: Callable[[float], None] | None = None
    cancelled: Callable[[], bool] | None = None


def stand_by() -> None:
    """Have a worker wait for the next file, which costs half a second to start; it ends with this process."""
    if _STANDING_BY.empty():
        _STANDING_BY.put(_start())


def run_worker(request: dict[str, Any], limits: Limits, watch: Watch) -> int:
    """Run one worker to its end; its exit status.

    Raises
    ------
    DataProblem
        CANCELLED, TOO_SLOW; DAMAGED where it took more memory than it may.
    """
    with AT_ONCE:
        process = _at_hand()
        heard: list[float] = []
        threading.Thread(target=_listen, args=(process.stdout, heard), daemon=True).start()
        try:
            _send(process, request)
            return _watch(process, (request["seconds"], limits), watch, heard)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def _at_hand() -> subprocess.Popen[str]:
    """A worker that has read nothing yet."""
    try:
        process = _STANDING_BY.get_nowait()
    except Empty:
        return _start()
    return process if process.poll() is None else _start()


def _start() -> subprocess.Popen[str]:
    environment = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH") if name in os.environ
    }
    environment |= {"PYTHONPATH": str(PACKAGE_ROOT), "PYTHONUTF8": "1"}
    environment |= {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
    environment |= {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}  # freed memory goes back
    return subprocess.Popen(
        [sys.executable, "-m", "tiering.ingest.bytes.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=PACKAGE_ROOT,
    )


def _send(process: subprocess.Popen[str], request: dict[str, Any]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
    except OSError:
        return  # ended before it listened: its exit status tells


def _listen(stream: IO[str] | None, heard: list[float]) -> None:
    if stream is None:
        return
    try:
        for line in stream:
            heard.append(float(json.loads(line)["progress"]))
    except ValueError:
        return  # closed, or ended in the middle of a line


def _watch(process: subprocess.Popen[str], bounds: tuple[float, Limits], watch: Watch, heard: list[float]) -> int:
    seconds, limits = bounds
    deadline, told = time.monotonic() + seconds * PATIENCE, 0
    while process.poll() is None:
        if watch.cancelled is not None and watch.cancelled():
            raise DataProblem(Problem.CANCELLED)
        if time.monotonic() > deadline:
            raise DataProblem(Problem.TOO_SLOW, seconds=round(seconds))
        if resident_bytes(process.pid) > limits.memory_bytes:
            raise DataProblem(Problem.DAMAGED, kind="")
        while watch.progress is not None and told < len(heard):
            watch.progress(heard[told])
            told += 1
        try:
            process.wait(TICK)
        except subprocess.TimeoutExpired:
            continue
    if process.returncode == TIME_IS_UP:
        raise DataProblem(Problem.TOO_SLOW, seconds=round(seconds))
    return process.returncode
