"""A page refresh loses neither file nor weights, and what one tab holds no other browser gets."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.settling import WAIT, settled
from tests.browser.test_main_path import card_counts
from tests.browser.test_sessions import neighbour, weight  # noqa: F401 - a fixture


def drop_orders(window: Page, url: str, folder) -> None:  # type: ignore[no-untyped-def]
    file = folder / "mine.csv"
    lines = [f"O{k},Hidden {k},2025-0{k % 9 + 1}-10,{k}00" for k in range(1, 31)]
    file.write_text("\n".join(["Order ID,Customer ID,Order date,Amount", *lines]), encoding="utf-8")
    window.goto(f"{url}/data")
    window.locator('input[type="file"]').first.set_input_files(file)
    window.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)
    settled(window)


def test_a_refresh_brings_back_file_weights_and_tiers_to_this_tab_alone(server, window, neighbour, tmp_path):  # noqa: F811
    drop_orders(window, server.url, tmp_path)
    window.get_by_role("slider", name="Annual revenue").press("Home")
    settled(window)
    before = card_counts(window)
    assert sum(before) == 30
    window.reload()
    expect(window.get_by_text("mine.csv")).to_be_visible(timeout=WAIT)
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)
    assert (card_counts(window), weight(window)) == (before, "0")
    window.get_by_role("button", name="Undo").click()
    settled(window)
    assert weight(window) == "100"

    beside = window.context.new_page()
    for other in (neighbour, beside):
        other.goto(f"{server.url}/tiers")
        expect(other.get_by_text("Sample data: Industrial equipment")).to_be_visible(timeout=WAIT)
        assert "mine.csv" not in other.content()

    window.goto(f"{server.url}/data")
    with window.expect_navigation(timeout=WAIT):  # the page opens itself anew, as a tab that never held anything
        window.get_by_role("button", name="Forget my data").click()
    expect(window.get_by_text("Sample data: Industrial equipment")).to_be_visible(timeout=WAIT)
    expect(window.get_by_text("mine.csv")).to_have_count(0)
    settled(window)
    window.reload()
    expect(window.get_by_text("Sample data: Industrial equipment")).to_be_visible(timeout=WAIT)
