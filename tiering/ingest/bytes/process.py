"""Starts the limited worker, ahead of the file where one is expected, watches its time and memory, and ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from tiering.ingest.bytes.confinement import STATUS
from tiering.ingest.bytes.limits import MEBIBYTE, Limits, processor_seconds, resident_bytes
from tiering.ingest.bytes.serving import READY
from tiering.problems import DataProblem, Problem

AT_ONCE = threading.BoundedSemaphore(2)
OF_TABLES = "tiering.ingest.bytes.worker"
TICK = 0.02
TIME_IS_UP = -24  # ended by the signal of the processor time limit
ENDED_FROM_OUTSIDE = (-9, -15)
LOOK_SECONDS = 0.1
STALL_SECONDS = 120.0
PACKAGE_ROOT = Path(__file__).resolve().parents[3]
_STANDING_BY: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()


@dataclass(frozen=True)
class Watch:
    """What the caller wants to hear and to stop."""

    progress: Callable[[float], None] | None = None
    cancelled: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Bounds:
    """Processor seconds and bytes of memory granted to one reading."""

    seconds: float
    memory: int
    limits: Limits

    def without_memory(self) -> DataProblem:
        """The problem of a reading that wanted more memory: the file's own where it may want little."""
        if self.memory < self.limits.memory_bytes:
            return DataProblem(Problem.DAMAGED, kind="")
        return DataProblem(Problem.NO_MEMORY, limit=self.memory // MEBIBYTE)


@dataclass
class WorkerReply:
    """What a worker has said so far."""

    ready: bool = False
    shares: list[float] = field(default_factory=list)


class Spent:
    """Processor time of a worker since it was ready, and for how long it has got none."""

    def __init__(self, pid: int, now: float) -> None:
        self.seconds = self.stalled = 0.0
        self._pid = pid
        self._used, self._before, self._looked = 0.0, 0.0, now

    def is_looked_at(self, now: float, ready: bool) -> bool:
        """Look, unless that was done a moment ago; answers whether it was done now."""
        gap = now - self._looked
        if gap < LOOK_SECONDS:
            return False
        self._looked += gap
        used = processor_seconds(self._pid)
        if used is not None and used > self._used:
            self._used, self.stalled = used, 0.0
        elif used is not None:  # where the system tells nothing, nothing is known to stand still
            self.stalled += min(gap, 1.0)  # a computer that slept did not let anybody wait
        if ready:
            self.seconds = self._used - self._before
        else:
            self._before = self._used
        return True


def start_spare_worker() -> None:
    """Have a worker wait for the next file, which costs half a second to start; it ends with this process."""
    if _STANDING_BY.empty():
        _STANDING_BY.put(_start())


def run_worker(request: dict[str, Any], limits: Limits, watch: Watch, program: str = OF_TABLES) -> int:
    """Run one worker, the one that reads tables unless told otherwise, to its end; its exit status.

    Raises
    ------
    DataProblem
        CANCELLED; TOO_SLOW by processor time; NO_MEMORY, and DAMAGED for a file that may want little and wanted
        much; DISK_FULL, NO_ACCESS, TOO_BIG_UNPACKED; READER_ENDED from outside; MACHINE_BUSY where it got no
        processor time at all.
    """
    path = Path(request["path"])
    bounds = Bounds(request["seconds"], limits.memory_for(path), limits)
    _wait_for_turn(watch)
    try:
        process = _at_hand() if program == OF_TABLES else _start(program)
        heard = WorkerReply()
        threading.Thread(target=_listen, args=(process.stdout, heard), daemon=True).start()
        try:
            _send(process, request)
            return _watch(process, bounds, watch, heard)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
    finally:
        AT_ONCE.release()


def _wait_for_turn(watch: Watch) -> None:
    while not AT_ONCE.acquire(timeout=TICK):
        _ensure_wanted(watch)


def _ensure_wanted(watch: Watch) -> None:
    if watch.cancelled is not None and watch.cancelled():
        raise DataProblem(Problem.CANCELLED)


def _at_hand() -> subprocess.Popen[str]:
    """A worker that has read nothing yet."""
    try:
        process = _STANDING_BY.get_nowait()
    except Empty:
        return _start()
    return process if process.poll() is None else _start()


def _start(program: str = OF_TABLES) -> subprocess.Popen[str]:
    environment = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH") if name in os.environ
    }
    environment |= {"PYTHONPATH": str(PACKAGE_ROOT), "PYTHONUTF8": "1"}
    environment |= {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
    environment |= {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}  # freed memory goes back
    return subprocess.Popen(
        [sys.executable, "-m", program],
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


def _listen(stream: IO[str] | None, heard: WorkerReply) -> None:
    if stream is None:
        return
    try:
        for line in stream:
            if line.strip() == READY:
                heard.ready = True
            else:
                heard.shares.append(float(json.loads(line)["progress"]))
    except ValueError:
        return  # closed, or ended in the middle of a line


def _watch(process: subprocess.Popen[str], bounds: Bounds, watch: Watch, heard: WorkerReply) -> int:
    spent, told = Spent(process.pid, time.monotonic()), 0
    while process.poll() is None:
        _ensure_wanted(watch)
        if spent.is_looked_at(time.monotonic(), heard.ready):
            _ensure_within(process.pid, spent, bounds)
        while watch.progress is not None and told < len(heard.shares):
            watch.progress(heard.shares[told])
            told += 1
        try:
            process.wait(TICK)
        except subprocess.TimeoutExpired:
            continue
    _ensure_ended_well(process.returncode, spent, bounds)
    return process.returncode


def _ensure_within(pid: int, spent: Spent, bounds: Bounds) -> None:
    if spent.seconds > bounds.seconds:
        raise DataProblem(Problem.TOO_SLOW, seconds=round(bounds.seconds))
    if spent.stalled > STALL_SECONDS:
        raise DataProblem(Problem.MACHINE_BUSY, seconds=round(STALL_SECONDS))
    if resident_bytes(pid) > bounds.memory:
        raise bounds.without_memory()


def _ensure_ended_well(status: int, spent: Spent, bounds: Bounds) -> None:
    """Say what of the computer ended it; another status than 0 is then the file's own."""
    if status == TIME_IS_UP or (status in ENDED_FROM_OUTSIDE and spent.seconds > bounds.seconds):
        raise DataProblem(Problem.TOO_SLOW, seconds=round(bounds.seconds))
    if status in ENDED_FROM_OUTSIDE:
        raise DataProblem(Problem.READER_ENDED)
    code = next((code for code, known in STATUS.items() if known == status), None)
    if code == Problem.NO_MEMORY:
        raise bounds.without_memory()
    if code == Problem.TOO_BIG_UNPACKED:
        most = bounds.limits.written_for(0) // MEBIBYTE
        raise DataProblem(code, mebibytes=most, limit=most, ratio=bounds.limits.unpacked_ratio)
    if code is not None:
        raise DataProblem(code)
