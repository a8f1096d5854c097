"""A running app and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.settling import heard

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, else the one Playwright fetched; where a browser is required, its absence fails."""
    path = os.environ.get("TIERING_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        except Error as error:
            if os.environ.get("TIERING_REQUIRE_BROWSER"):
                raise
            pytest.skip(f"no Chromium here: {error.message.splitlines()[0]}")
        yield launched
        launched.close()


class Server:
    """The app as a user starts it, on a free port; ``python`` and ``folder`` are the project's unless told."""

    def __init__(self, python: str | Path = sys.executable, folder: Path = ROOT) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._python, self._folder = python, folder
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it."""
        command = [self._python, "-m", "tiering", "app", "--no-browser", "--port", str(self.port)]
        return subprocess.Popen(command, cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, seconds: float = 60) -> None:
        """Return when the server answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the app did not start")

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(15)


COUNTING = """
import sys, threading
from tiering.cli import main

def count():
    from tiering.ui.server.sessions import held_bytes
    for _ in sys.stdin:
        print(held_bytes(None), flush=True)

threading.Thread(target=count, daemon=True).start()
main(["app", "--no-browser", "--port", sys.argv[1]])
"""


class CountingServer(Server):
    """The app in a process that says how many bytes of uploads it holds."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it."""
        command = [sys.executable, "-c", COUNTING, str(self.port)]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def bytes_held(self) -> int:
        """Bytes of files that were uploaded and are still held."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture
def counting() -> Iterator[CountingServer]:
    """A server whose uploads can be counted."""
    running = CountingServer()
    running.wait()
    yield running
    running.stop()


@pytest.fixture
def cold_server() -> Iterator[Server]:
    """A server that has not answered any page yet."""
    server = Server()
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests that do not mind who came before."""
    running = Server()
    running.wait()
    yield running
    running.stop()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A fresh English window that fails the test on a console error or a request that leaves the machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", accept_downloads=True)
    page = heard(context.new_page())
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if _leaves(request.url) else None)
    yield page
    context.close()
    assert faults == []


def _is_fault(message) -> bool:  # type: ignore[no-untyped-def]
    # on a deep link the frontend itself looks for its server below the page's address first
    return message.type == "error" and "/_stcore/" not in message.location.get("url", "")


def _leaves(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))
