"""Results on disk: ordinary files alone, whole or not at all, as they were where something stops the run."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import ORDERS
from tests.scenario_texts import scenario_to_json
from tiering.cli import output
from tiering.cli.request import CannotRun
from tiering.scenario import Scenario

SLOW = """
import sys, time
from pathlib import Path
from tiering.cli.output import write_files
def pieces():
    yield b"half of it"
    print("began", flush=True)
    time.sleep(60)
write_files({Path(sys.argv[1]): pieces()})
"""
LIMITED = """
import resource, sys
from pathlib import Path
from tiering.cli.output import write_files
from tiering.cli.request import CannotRun
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_files({Path(sys.argv[1]): [b"small"], Path(sys.argv[2]): [b"x" * 101]})
except CannotRun as reason:
    print(reason.key)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(scenario_to_json(Scenario()), encoding="utf-8")
    return tmp_path


def commands_to(folder: Path, out: object, second: object) -> dict[str, list[object]]:
    """Every command that writes, with the place of its first result and of its second, where it has one."""
    orders = folder / "orders.csv"
    return {
        "read": ["read", orders, "--out", out, "--report", second],
        "tier": ["tier", orders, "--out", out, "--set-aside", second],
        "report": ["report", orders, "--kind", "html", "--out", out],
        "compare": ["compare", folder / "a.json", folder / "b.json", orders, "--out", out],
    }


COMMANDS = ("read", "tier", "report", "compare")


@pytest.mark.skipif(os.name == "nt", reason="devices, pipes and sockets are files on POSIX alone")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["device", "pipe", "socket"])
def test_a_device_a_pipe_and_a_socket_are_left_alone(run, folder, command, kind):
    place = folder / "out.csv"
    if kind == "device":
        place = Path("/dev/null")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        socket.socket(socket.AF_UNIX).bind(str(place))
    before = place.stat()
    outcome = run(*commands_to(folder, place, folder / "second.csv")[command])
    assert outcome.status == 2
    assert "no ordinary file" in outcome.said
    assert (place.stat().st_ino, place.stat().st_mode) == (before.st_ino, before.st_mode)
    assert not (folder / "second.csv").exists()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("failing", [1, 2])
def test_a_full_disk_leaves_every_file_as_it_was(run, folder, command, failing, monkeypatch):
    places = (folder / "out.csv", folder / "second.csv")
    for place in places:
        place.write_text("of the run before", encoding="utf-8")
    written = []
    real = os.fsync

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == min(failing, len(expected)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    expected = places if command in ("read", "tier") else places[:1]
    monkeypatch.setattr(output.os, "fsync", full)
    outcome = run(*commands_to(folder, *places)[command])
    assert outcome.status == 2
    assert "the disk is full" in outcome.said
    assert "Written" not in outcome.said
    assert [place.read_text(encoding="utf-8") for place in places] == ["of the run before"] * 2
    names = {"a.json", "b.json", "orders.csv", "out.csv", "second.csv"}
    assert {path.name for path in folder.iterdir()} == names


@pytest.mark.skipif(os.name == "nt", reason="the system has no limit on the size of a file")
def test_what_does_not_fit_is_not_begun(tmp_path):
    """The second file meets a limit of the system; the first, which would fit, is not written either."""
    places = [tmp_path / "small", tmp_path / "large"]
    said = subprocess.run([sys.executable, "-c", LIMITED, *places], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "cli.request.disk_full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a process is killed in another way there")
def test_a_killed_run_leaves_the_file_before_and_the_next_run_clears_up(tmp_path):
    place = tmp_path / "out.csv"
    place.write_bytes(b"of the run before")
    with subprocess.Popen([sys.executable, "-c", SLOW, place], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        (part,) = tmp_path.glob(".tiering-*.part")
        long_ago = time.time() - 2 * output.SETTLES_SECONDS
        os.utime(part, (long_ago, long_ago))
        output.write_files({tmp_path / "other.csv": [b"beside a run that lives"]})
        assert part.exists(), "a run that lives holds what it writes"
        process.kill()
    assert place.read_bytes() == b"of the run before"
    os.utime(part, (long_ago, long_ago))
    output.write_files({place: [b"whole"]})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "out.csv": b"whole",
        "other.csv": b"beside a run that lives",
    }


@pytest.mark.skipif(os.name == "nt", reason="modes of files are those of POSIX")
def test_a_replaced_file_keeps_its_mode_and_a_new_one_follows_the_mask(tmp_path):
    kept, new = tmp_path / "kept.csv", tmp_path / "new.csv"
    kept.touch(mode=0o640)
    kept.chmod(0o640)
    mask = os.umask(0o027)
    try:
        output.write_files({kept: [b"1"], new: [b"2"]})
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, new)] == [0o640, 0o640]
    assert kept.read_bytes() == b"1"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_stays_and_where_the_result_went_is_said(run, folder, command):
    real, link = folder / "real.csv", folder / "link.csv"
    real.write_text("before", encoding="utf-8")
    link.symlink_to(real)
    outcome = run(*commands_to(folder, link, folder / "second.csv")[command])
    assert outcome.status == 0
    assert f"{link} → {real}" in outcome.said
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") != "before"


@pytest.mark.parametrize("command", ["read", "tier"])
def test_two_results_never_take_one_place(run, folder, command):
    outcome = run(*commands_to(folder, folder / "out.csv", folder / "." / "out.csv")[command])
    assert outcome.status == 2
    assert "Two results would go to" in outcome.said
    assert not (folder / "out.csv").exists()


def test_a_link_to_an_input_is_not_written_through(run, folder):
    (folder / "link.csv").symlink_to(folder / "orders.csv")
    assert run(*commands_to(folder, folder / "link.csv", folder / "s.csv")["tier"]).status == 2
    assert (folder / "orders.csv").read_text(encoding="utf-8") == ORDERS


def test_links_in_a_circle_are_said(tmp_path):
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(CannotRun) as told:
        output.write_files({tmp_path / "one": [b""]})
    assert told.value.key == "cli.request.cannot_write"
