"""Two people on one server see nothing of each other: language, data, weights."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.settling import WAIT, heard, settled
from tests.browser.test_main_path import card_counts, open_tiers


@pytest.fixture
def neighbour(browser: Browser) -> Iterator[Page]:
    """A window of somebody else, in another browser session."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield heard(context.new_page())
    context.close()


def weight(window: Page) -> str | None:
    return window.get_by_role("slider", name="Annual revenue").get_attribute("aria-valuenow")


def test_what_one_person_loads_and_moves_is_not_seen_by_another(server, window, neighbour, tmp_path):
    secret = tmp_path / "secret.csv"
    lines = [f"O{k},Hidden {k},2025-0{k}-10,{k}00" for k in range(1, 8)]
    secret.write_text("\n".join(["Order ID,Customer ID,Order date,Amount", *lines]), encoding="utf-8")
    open_tiers(window, server.url)
    open_tiers(neighbour, server.url)
    before = card_counts(window)

    neighbour.get_by_role("link", name="Data").click()
    neighbour.locator('input[type="file"]').first.set_input_files(secret)
    neighbour.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    settled(neighbour)
    neighbour.get_by_role("slider", name="Annual revenue").press("Home")
    settled(neighbour)
    neighbour.get_by_role("radio", name="简体中文").click()
    expect(neighbour.get_by_role("heading", name="指标权重")).to_be_visible(timeout=WAIT)
    assert sum(card_counts(neighbour)) == 7

    window.get_by_role("radio", name="A/B/C", exact=True).click()
    settled(window)
    window.get_by_role("button", name="Undo").click()
    settled(window)
    assert card_counts(window) == before
    assert weight(window) == "100"
    for page in ("Customers", "Data", "Export", "Tiers"):
        window.get_by_role("link", name=page).click()
        settled(window)
        expect(window.get_by_role("radio", name="English")).to_be_checked()
        expect(window.get_by_text("Sample data: Industrial equipment")).to_be_visible()
        assert "secret.csv" not in window.content()
        assert "Hidden" not in window.content()
