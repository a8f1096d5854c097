"""The server goes away under an open page: the page says so, and rules survive where the file does not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.settling import WAIT, heard, settled
from tests.browser.test_main_path import card_counts
from tests.browser.test_refresh import drop_orders
from tests.browser.test_sessions import weight

LATER = 4 * WAIT


@pytest.fixture
def fragile() -> Iterator[Server]:
    running = Server()
    running.wait()
    yield running
    running.stop()


def test_a_restart_keeps_the_rules_in_the_tab_and_asks_for_the_file(fragile, browser, tmp_path):
    window = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB").new_page()
    heard(window)
    drop_orders(window, fragile.url, tmp_path)
    window.get_by_role("slider", name="Annual revenue").press("Home")
    settled(window)
    window.wait_for_timeout(1000)
    counts = card_counts(window)
    assert sum(counts) == 30

    os.kill(fragile.process.pid, signal.SIGKILL)
    fragile.process.wait()
    down = window.get_by_role("alert").filter(has_text="The app is not running")
    expect(down).to_be_visible(timeout=LATER)
    assert "python -m tiering app" in down.inner_text()

    fragile.process = fragile.start()
    fragile.wait()
    expect(window.get_by_text("load mine.csv again")).to_be_visible(timeout=LATER)
    expect(down).to_have_count(0, timeout=LATER)

    drop_orders_again(window, tmp_path)
    assert (card_counts(window), weight(window)) == (counts, "0")
    expect(window.get_by_text("load mine.csv again")).to_have_count(0)
    window.context.close()


def drop_orders_again(window, folder) -> None:  # type: ignore[no-untyped-def]
    window.get_by_role("link", name="Load", exact=True).click()
    window.get_by_role("button", name="Choose files").wait_for(timeout=LATER)
    window.locator('input[type="file"]').first.set_input_files(folder / "mine.csv")
    window.wait_for_url("**/tiers", timeout=LATER)
    expect(window.locator(".card").first).to_be_visible(timeout=LATER)
    settled(window)
