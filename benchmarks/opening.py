"""From the start line to a picture: app start, each page on the sample data, a file of one's own.

``python -m benchmarks.opening [FILE …]`` prints a table of medians; every start is a fresh server. Each page is opened
in a fresh window, whose browser has nothing in store, and by the menu of a window in use. Beside them, in turn, an
empty page of Streamlit in a fresh window: below that no page can come.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.studio import LONG, URL, answered, launched, loaded, settle, started

PAGES = {
    "tiers": ("Tiers", ".card"),
    "customer": ("Customers", "canvas"),
    "segments": ("Analysis", "svg.marks"),
    "movement": ("Movement", "svg.marks"),
    "strategy": ("Strategy", "[data-testid=stDownloadButton]"),
    "scenarios": ("Scenarios", "[data-testid=stMain] button"),
    "data": ("Data", "canvas"),
    "report": ("Export", "[data-testid=stDownloadButton]"),
}
EMPTY = "import streamlit as st\nst.subheader('Empty')\n"
REPEATS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    print(f"{'what':<44} {'median s':>9} {'by the menu':>12}")
    show("app start → answers", [timed_start() for _ in range(3)])
    server = started()
    with sync_playwright() as playwright, empty_page() as empty:
        browser = launched(playwright)
        try:
            first_pictures(browser, empty)
            for path in files:
                show(f"{path.name} → tiers on screen", [loaded(browser.new_page(), path) for _ in range(3)])
        finally:
            browser.close()
            server.terminate()
            server.wait(20)


def first_pictures(browser: Browser, empty: str) -> None:
    """Each page by its address and by the menu, and the empty page, in turn."""
    window = browser.new_page(locale="en-GB")
    picture(window, f"{URL}/report", PAGES["report"][1])  # the page before the first in the list
    alone, fresh, menu = [], {key: [] for key in PAGES}, {key: [] for key in PAGES}
    for _ in range(REPEATS):
        alone.append(in_fresh_window(browser, empty, "h3"))
        for key, (name, sight) in PAGES.items():
            fresh[key].append(in_fresh_window(browser, f"{URL}/{key}", sight))
            menu[key].append(by_menu(window, name, sight))
    for key in PAGES:
        show(f"page {key} → first picture", fresh[key], menu[key])
    show("an empty page of Streamlit", alone)


def show(what: str, seconds: list[float], menu: list[float] | None = None) -> None:
    """One row."""
    print(
        f"{what:<44} {statistics.median(seconds):>9.2f}{f'{statistics.median(menu):>13.2f}' if menu else ''}",
        flush=True,
    )


def timed_start() -> float:
    """Seconds from the start line until the server answers."""
    begun = time.perf_counter()
    server = started()
    seconds = time.perf_counter() - begun
    server.terminate()
    server.wait(20)
    return seconds


def in_fresh_window(browser: Browser, address: str, sight: str) -> float:
    """Seconds from the address to the first useful sight in a window with an empty store."""
    page = browser.new_page(locale="en-GB")
    seconds = picture(page, address, sight)
    page.close()
    return seconds


def picture(page: Page, address: str, sight: str) -> float:
    """Seconds from the address to the first useful sight."""
    begun = time.perf_counter()
    page.goto(address)
    page.locator(sight).first.wait_for(timeout=LONG)
    return time.perf_counter() - begun


def by_menu(window: Page, name: str, sight: str) -> float:
    """Seconds from a click in the menu of a window in use to the first useful sight of that page."""
    settle(window)
    link = window.get_by_role("link", name=name, exact=True)
    title = window.get_by_role("heading", name=name, exact=True)
    begun = time.perf_counter()
    link.click()
    title.wait_for(timeout=LONG)
    window.locator(sight).first.wait_for(timeout=LONG)
    return time.perf_counter() - begun


@contextmanager
def empty_page() -> Iterator[str]:
    """Address of a running app that shows one heading."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        flags = ["--server.headless=true", f"--server.port={port}", "--browser.gatherUsageStats=false"]
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *flags],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield answered(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
