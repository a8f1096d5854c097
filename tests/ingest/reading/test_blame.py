"""A full disk, a killed worker, no memory, no permission, a busy computer: said as such, never blamed on a file."""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.ingest.reading.small_files import orders
from tiering import scratch
from tiering.ingest import Limits, read, read_bytes, read_file
from tiering.ingest.bytes import process, serving
from tiering.ingest.bytes.confinement import OPEN_FILES, STATUS
from tiering.ingest.bytes.process import PACKAGE_ROOT, Spent
from tiering.problems import DataProblem, Problem
from tiering.words import Words
from tiering.words.sentences import problem_sentence

MANY = ("客户,金额,日期\n" + "".join(f"客户{n},{n}.50,2024-01-01\n" for n in range(300_000))).encode()


class Acting:
    """Does something to the worker once it is at work, and lets it go on."""

    def __init__(self, monkeypatch, act) -> None:
        self._act = act
        self._send = process._send
        monkeypatch.setattr(process, "_send", self._sent)

    def _sent(self, worker_process, request) -> None:
        self._send(worker_process, request)
        threading.Thread(target=self._act, args=(worker_process.pid,), daemon=True).start()


def code_of(reading) -> str:
    return str(reading.report["error_code"])


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_killed_in_mid_reading_is_told_and_the_next_file_is_read(monkeypatch, sign):
    def kill(pid: int) -> None:
        time.sleep(0.05)
        os.kill(pid, sign)

    with monkeypatch.context() as patch:
        Acting(patch, kill)
        reading = read_bytes(MANY, "a.csv")
    assert code_of(reading) == "reader_ended"
    assert read_bytes(orders().encode(), "a.csv").outcome == "loads"


def test_a_computer_that_lets_the_worker_wait_does_not_make_a_file_slow(monkeypatch):
    """The worker stands still for longer than its whole time; as soon as it may go on, the file is read."""

    def hold(pid: int) -> None:
        os.kill(pid, signal.SIGSTOP)
        time.sleep(2.5)
        os.kill(pid, signal.SIGCONT)

    Acting(monkeypatch, hold)
    reading = read_bytes(orders().encode(), "a.csv", limits=Limits(seconds=2.0))
    assert reading.outcome == "loads"


def test_a_worker_that_gets_no_time_at_all_is_given_up_and_the_computer_is_named(monkeypatch):
    monkeypatch.setattr(process, "STALL_SECONDS", 0.5)
    Acting(monkeypatch, lambda pid: os.kill(pid, signal.SIGSTOP))
    assert code_of(read_bytes(orders().encode(), "a.csv")) == "machine_busy"


def test_a_computer_that_slept_did_not_let_a_file_wait(monkeypatch):
    monkeypatch.setattr(process, "processor_seconds", lambda pid: 1.0)
    spent = Spent(1, 0.0)
    assert [spent.is_looked_at(now, True) for now in (1.0, 2.0, 5000.0, 5001.0)] == [True] * 4
    assert spent.stalled == 3.0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is one of Linux")
@pytest.mark.parametrize("written", ["upload", "table.arrow", "report.json"])
def test_a_disk_that_is_full_at_any_write_is_named_and_nothing_is_left(monkeypatch, tmp_path, written):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = read.new_folder

    def full(name: str) -> Path:
        folder = made(name)
        (folder / written).symlink_to("/dev/full")
        return folder

    monkeypatch.setattr(read, "new_folder", full)
    reading = read_bytes(MANY, "a.csv")
    assert code_of(reading) == "disk_full"
    assert "nothing is wrong with the file" in sentence_of(reading)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["lock"]


@pytest.mark.parametrize(
    ("failing", "code"),
    [
        (OSError(errno.ENOSPC, ""), Problem.DISK_FULL),
        (OSError(errno.EACCES, ""), Problem.NO_ACCESS),
        (OSError(errno.EFBIG, ""), Problem.TOO_BIG_UNPACKED),
        (OSError(errno.ENOMEM, ""), Problem.NO_MEMORY),
        (MemoryError(), Problem.NO_MEMORY),
    ],
)
def test_what_the_system_refuses_the_worker_is_its_exit_status(monkeypatch, failing, code):
    def refused(*_: object) -> None:
        raise failing

    monkeypatch.setattr(serving.sys, "stdin", io.StringIO("{}\n"))
    monkeypatch.setattr(serving, "_answer", refused)
    with pytest.raises(SystemExit) as ended:
        serving.serve(lambda *_: {})
    assert ended.value.code == STATUS[code]


def test_more_memory_than_the_computer_grants_is_no_fault_of_the_file():
    reading = read_bytes(MANY, "a.csv", limits=Limits(memory_bytes=60 << 20))
    assert code_of(reading) == "no_memory"
    assert "60 MB" in sentence_of(reading)


def test_a_file_that_may_not_be_opened_is_told_from_a_damaged_one(monkeypatch, tmp_path):
    (tmp_path / "a.csv").write_text(orders(), encoding="utf-8")
    opened = Path.open

    def refused(path: Path, *given, **named):
        if path.name == "a.csv":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *given, **named)

    monkeypatch.setattr(Path, "open", refused)
    assert code_of(read_file(tmp_path / "a.csv")) == "no_access"


def test_a_temporary_folder_that_cannot_be_used_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    reading = read_bytes(orders().encode(), "a.csv")
    assert code_of(reading) == "no_scratch"
    assert "TMPDIR" in sentence_of(reading)


def test_a_folder_swept_away_by_the_system_is_made_again(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert read_bytes(orders().encode(), "a.csv").outcome == "loads"
    for held in tmp_path.iterdir():
        shutil.rmtree(held)
    assert read_bytes(orders().encode(), "a.csv").outcome == "loads"


BOUNDS = """
import resource, time
from tiering.ingest.bytes.confinement import confine
spent = time.process_time()
while time.process_time() < spent + 1.2: pass
confine(1 << 30, 5.0, 1 << 20)
print(*(resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)))
try:
    open("large", "wb", buffering=0).write(bytes((1 << 20) + 1))
except OSError as error:
    print(error.errno)
else:
    print(open("large", "rb").seek(0, 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="bounds of a process are those of Linux")
def test_the_worker_bounds_its_time_from_now_its_files_and_their_size(tmp_path):
    environment = {"PYTHONPATH": str(PACKAGE_ROOT)}
    shown = subprocess.run(
        [sys.executable, "-c", BOUNDS], capture_output=True, text=True, check=True, env=environment, cwd=tmp_path
    )
    bounds, written = shown.stdout.splitlines()
    seconds, size, files = map(int, bounds.split())
    assert seconds >= 1.2 + 5
    assert (size, files) == (1 << 20, OPEN_FILES)
    assert int(written) in (errno.EFBIG, 1 << 20)


LIVING = """
import sys, tempfile, time
tempfile.tempdir = sys.argv[1]
from tiering.scratch import new_folder
(new_folder("reading") / "upload").write_bytes(b"a customer")
print("began", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is killed in another way there")
def test_what_a_killed_server_was_reading_goes_at_the_next_start_and_that_of_a_living_one_stays(tmp_path):
    def upload() -> list[Path]:
        return list(tmp_path.rglob("upload"))

    with subprocess.Popen([sys.executable, "-c", LIVING, tmp_path], stdout=subprocess.PIPE) as living:
        assert living.stdout is not None
        living.stdout.readline()
        scratch.remove_left_behind(tmp_path)
        assert len(upload()) == 1
        living.kill()
    assert len(upload()) == 1
    scratch.remove_left_behind(tmp_path)
    assert list(tmp_path.iterdir()) == []


def sentence_of(reading) -> str:
    facts = {name: value for name, value in reading.report["facts"].items() if name != "name"}
    return problem_sentence(DataProblem(Problem(code_of(reading)), **facts), Words("en"))
