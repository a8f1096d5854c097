"""From the start line to a picture: app start, each page on the sample data, a file of one's own.

``python -m benchmarks.opening [FILE …]`` prints a table of medians; every start is a fresh server.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.studio import LONG, URL, launched, loaded, started

PAGES = {"tiers": ".card", "customer": "canvas", "data": "h3", "report": "h3"}
REPEATS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    print(f"{'what':<44} {'median s':>9}")
    show("app start → answers", [timed_start() for _ in range(3)])
    server = started()
    with sync_playwright() as playwright:
        browser = launched(playwright)
        try:
            for key, sight in PAGES.items():
                show(f"page {key} → first picture", [picture(browser.new_page, key, sight) for _ in range(REPEATS)])
            for path in files:
                show(f"{path.name} → tiers on screen", [loaded(browser.new_page(), path) for _ in range(3)])
        finally:
            browser.close()
            server.terminate()
            server.wait(20)


def show(what: str, seconds: list[float]) -> None:
    """One row."""
    print(f"{what:<44} {statistics.median(seconds):>9.2f}", flush=True)


def timed_start() -> float:
    """Seconds from the start line until the server answers."""
    begun = time.perf_counter()
    server = started()
    seconds = time.perf_counter() - begun
    server.terminate()
    server.wait(20)
    return seconds


def picture(new_page: Callable[[], Page], key: str, sight: str) -> float:
    """Seconds from the address to the first useful sight in a fresh window."""
    page = new_page()
    begun = time.perf_counter()
    page.goto(f"{URL}/{key}")
    page.locator(sight).first.wait_for(timeout=LONG)
    seconds = time.perf_counter() - begun
    page.close()
    return seconds


if __name__ == "__main__":
    main()
