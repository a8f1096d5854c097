"""``app`` serves this machine alone unless told otherwise; starting is quick and says what is wrong."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tiering.cli.app import free_port
from tiering.local_network import lan_address, own_names

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str, folder: Path = ROOT, **options) -> subprocess.Popen:
    environment = os.environ | {"PYTHONPATH": str(folder), "LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8"}
    line = [sys.executable, "-m", "tiering", *arguments]
    return subprocess.Popen(line, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, **options)


def any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthy(port: int, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as reply:
                return reply.status == 200
        except OSError:
            time.sleep(0.1)
    return False


def test_the_app_serves_this_machine_alone_and_ends_on_interrupt():
    port = any_free_port()
    server = command("app", "--no-browser", "--port", str(port))
    try:
        assert healthy(port)
        if lan_address() not in ("127.0.0.1", socket.gethostname()):
            with socket.socket() as other:
                other.settimeout(2)
                assert other.connect_ex((lan_address(), port)) != 0
    finally:
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
    assert f"The app runs at http://localhost:{port}." in said
    assert server.returncode == 0


def test_a_taken_port_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = command("app", "--no-browser", "--port", str(port))
        _, said = server.communicate(timeout=60)
    assert server.returncode == 1
    assert f"Port {port} is taken." in said


def test_a_package_without_the_app_says_where_it_should_be(tmp_path):
    shutil.copytree(ROOT / "tiering", tmp_path / "tiering", ignore=shutil.ignore_patterns("__pycache__"))
    server = command("app", "--no-browser", folder=tmp_path)
    _, said = server.communicate(timeout=60)
    assert server.returncode == 1
    assert str(tmp_path / "app.py") in said


def test_the_first_free_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", [port]) is None
        free = any_free_port()
        assert free_port("127.0.0.1", [port, free]) == free


def test_on_the_local_network_the_machine_is_known_by_name_and_address():
    assert {socket.gethostname(), lan_address()} <= set(own_names())


def status(port: int, path: str, host: str = "", address: str = "127.0.0.1") -> int:
    asked = http.client.HTTPConnection(address, port, timeout=10)
    asked.request("GET", path, headers={"Host": host} if host else {})
    return asked.getresponse().status


@pytest.mark.parametrize("start", [("app", "--no-browser", "--port"), ("streamlit", "run", "app.py", "--server.port")])
def test_however_it_is_started_the_server_answers_to_its_own_names_alone_and_tells_nothing_of_itself(start):
    port = any_free_port()
    flags = ("--server.headless", "true") if start[0] == "streamlit" else ()
    module = ("streamlit",) if start[0] == "streamlit" else ("tiering", "app")
    server = subprocess.Popen([sys.executable, "-m", *module, *start[1:], str(port), *flags], cwd=ROOT)
    try:
        assert healthy(port)
        assert status(port, "/") == 200
        assert status(port, "/", "attacker.example") == 421
        assert status(port, "/_stcore/metrics") == 404
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/tiers", timeout=10) as page:
            assert page.headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/host-config", timeout=10) as told:
            assert json.loads(told.read())["allowedOrigins"] == []
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def test_help_needs_none_of_the_heavy_libraries():
    line = "import sys, tiering.cli; print(sorted({'pandas', 'streamlit', 'duckdb', 'pyarrow'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
