"""The live studio in Chromium on generated customers: ``python -m benchmarks.studio 10k 100k 1M`` prints a table.

Starts the app, uploads the customers' orders as a user would, then drags with a real mouse. Quote the medians of a
quiet machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks.generate_customers import generated_customers

ROOT = Path(__file__).resolve().parents[1]
PORT = 8797
URL = f"http://127.0.0.1:{PORT}"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
SUFFIXES = {"k": 1_000, "m": 1_000_000}
REPEATS = 9
LONG = 240_000
PROBE = """
() => {
  const host = [...document.querySelectorAll('*')].find((node) => node.shadowRoot?.querySelector('.studio'));
  const root = host.shadowRoot;
  const seen = { paints: [], frames: [], down: 0, up: 0 };
  new MutationObserver(() => seen.paints.push(performance.now())).observe(
    root.querySelector('.cards'), { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('pointerdown', () => { seen.down = performance.now(); }, true);
  document.addEventListener('pointerup', () => { seen.up = performance.now(); }, true);
  const frame = (now) => { seen.frames.push(now); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  window.studioSeen = seen;
}
"""


def main() -> None:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["10k", "100k"])
    print(
        f"{'customers':>10} {'file → tiers s':>15} {'weight → repaint ms':>20} {'cut drag frames/s':>18} "
        f"{'weight drag updates/s':>22} {'release → details ms':>21}"
    )
    for size in parser.parse_args().sizes:
        customers = int(float(size[:-1]) * SUFFIXES[size[-1].lower()])
        figures = measured(customers)
        print(
            f"{customers:>10,} {figures[0]:>15.1f} {figures[1]:>20.0f} {figures[2]:>18.0f} {figures[3]:>22.1f} "
            f"{figures[4]:>21.0f}",
            flush=True,
        )


def measured(customers: int) -> tuple[float, float, float, float, float]:
    """Seconds to load, milliseconds to repaint, frames and updates a second, milliseconds to the details."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        orders = Path(folder) / "orders.parquet"
        pq.write_table(generated_customers(customers, seed=7)[0], orders)
        server = started()
        browser = launched(playwright)
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
            loading = loaded(page, orders)
            page.evaluate(PROBE)
            return loading, repaint(page), cut_frames(page), weight_updates(page), details(page)
        finally:
            browser.close()
            server.terminate()
            server.wait(20)


def launched(playwright: Playwright) -> Browser:
    """The machine's Chromium."""
    path = os.environ.get("TIERING_BROWSER") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def started() -> subprocess.Popen[bytes]:
    """The app, ready to answer."""
    command = [sys.executable, "-m", "tiering", "app", "--no-browser", "--port", str(PORT)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    answered(URL)
    return server


def answered(address: str) -> str:
    """The address of an app, once it answers."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
            return address
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the app did not start")


def loaded(page: Page, orders: Path) -> float:
    """Upload the file; seconds until the tiers are on screen."""
    page.goto(f"{URL}/data")
    page.locator('input[type="file"]').first.wait_for(state="attached", timeout=LONG)
    page.wait_for_timeout(1500)
    begun = time.perf_counter()
    page.locator('input[type="file"]').first.set_input_files(orders)
    page.wait_for_url("**/tiers*", timeout=LONG)
    page.locator(".card").first.wait_for(timeout=LONG)
    seconds = time.perf_counter() - begun
    settle(page)
    return seconds


def settle(page: Page) -> None:
    """Wait until the app rests."""
    page.wait_for_timeout(400)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=LONG)
    page.wait_for_timeout(600)


def repaint(page: Page) -> float:
    """Median milliseconds from a press on a weight's track to the first repaint of the cards."""
    track = page.get_by_role("slider", name="Annual revenue").bounding_box()
    assert track
    times = []
    for n in range(REPEATS):
        page.evaluate("() => { studioSeen.paints.length = 0; }")
        page.mouse.move(track["x"] + track["width"] * (0.3 + 0.05 * (n % 8)), track["y"] + track["height"] / 2)
        page.mouse.down()
        page.wait_for_function("() => studioSeen.paints.length > 0", timeout=LONG)
        times.append(page.evaluate("() => studioSeen.paints[0] - studioSeen.down"))
        page.mouse.up()
        settle(page)
    return statistics.median(times)


def cut_frames(page: Page) -> float:
    """Frames a second while a cut line is dragged to and fro for two seconds."""
    box = page.locator("g.cut-line").first.bounding_box()
    assert box
    middle, height = box["x"] + box["width"] / 2, box["y"] + 12
    page.mouse.move(middle, height)
    return seen_while_dragging(page, "frames", lambda step: (middle - 40 + abs(step % 80 - 40), height))


def weight_updates(page: Page) -> float:
    """Repaints of the cards a second while a weight is dragged for two seconds."""
    track = page.get_by_role("slider", name="Recency").bounding_box()
    assert track
    left, width, height = track["x"] + 10, track["width"] - 20, track["y"] + track["height"] / 2
    page.mouse.move(left, height)
    return seen_while_dragging(page, "paints", lambda step: (left + abs(step % 200 - 100) * width / 100, height))


def seen_while_dragging(page: Page, seen: str, place: Callable[[int], tuple[float, float]]) -> float:
    """What the probe counts a second while the mouse is held and goes from place to place for two seconds."""
    page.mouse.down()
    page.evaluate(f"() => {{ studioSeen.{seen}.length = 0; }}")
    begun = time.perf_counter()
    step = 0
    while time.perf_counter() - begun < 2:
        step += 1
        page.mouse.move(*place(step))
    rate = page.evaluate(f"() => studioSeen.{seen}.length") / (time.perf_counter() - begun)
    page.mouse.up()
    settle(page)
    return float(rate)


def details(page: Page) -> float:
    """Median milliseconds from a release until the app rests: table, movers and advice included."""
    track = page.get_by_role("slider", name="Order frequency").bounding_box()
    assert track
    times = []
    for n in range(REPEATS):
        page.mouse.move(track["x"] + track["width"] * (0.3 + 0.05 * (n % 8)), track["y"] + track["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(600)
        page.mouse.up()
        resting = """() => new Promise((rest) => {
          const app = document.querySelector('[data-testid="stApp"]');
          let last = performance.now();
          const look = () => {
            const now = performance.now();
            if (app.dataset.testScriptState !== 'notRunning') last = now;
            if (now - last > 400) rest(last - studioSeen.up); else requestAnimationFrame(look);
          };
          look();
        })"""
        times.append(page.evaluate(resting))
    return statistics.median(times)


if __name__ == "__main__":
    main()
