"""Whatever stands in a customer's name is shown as text, and in reasonable length."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.settling import WAIT, settled

ADDRESSES = "[a](http://evil.example/x) HTTPS://evil.example www.evil.example me@evil.example <img src=x>"


@pytest.fixture
def odd_names(tmp_path):
    """Seven customers: addresses and markup in the first name, 2,000 signs in the second."""
    names = [ADDRESSES, "N" * 2000, *(f"Firm {k}" for k in range(5))]
    lines = [f"O{k}-{m},K{k},{name},2025-0{m}-10,{k + 1}00" for k, name in enumerate(names) for m in range(1, 6)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["Order ID,Customer ID,Customer name,Order date,Amount", *lines]), encoding="utf-8")
    return path


def look_at(window: Page, customer: str) -> None:
    """Open the card of a customer by the search and the first row's box."""
    window.get_by_label("Search by name or number").fill(customer)
    expect(window.get_by_text("1 customer", exact=True)).to_be_visible(timeout=WAIT)
    settled(window)
    box = window.get_by_test_id("stDataFrame").first.bounding_box()
    window.mouse.click(box["x"] + 16, box["y"] + 47)
    settled(window)


def test_a_name_is_never_a_link_and_never_fills_the_page(server, window, odd_names):
    window.goto(f"{server.url}/data")
    window.locator('input[type="file"]').first.set_input_files(odd_names)
    window.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    settled(window)
    window.get_by_role("link", name="Customers").click()
    look_at(window, "K0")
    title = window.get_by_role("heading", name="evil.example")
    expect(title).to_be_visible(timeout=WAIT)
    expect(title.locator("a, img")).to_have_count(0)
    look_at(window, "K1")
    title = window.get_by_role("heading", name="NNNN")
    expect(title).to_contain_text("…", timeout=WAIT)
    assert title.bounding_box()["height"] < 120
