"""From a move to the customers who made it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.settling import WAIT, settled


def test_a_cell_of_the_matrix_leads_to_its_customers_and_a_row_to_its_card(server, window):
    window.goto(f"{server.url}/movement?lang=en")
    expect(window.get_by_text("customers moved")).to_be_visible(timeout=WAIT)
    settled(window)
    grid = window.get_by_test_id("stVegaLiteChart").first.bounding_box()
    window.mouse.click(grid["x"] + grid["width"] * 0.38, grid["y"] + grid["height"] * 0.2)
    expect(window.get_by_text("List: S → A")).to_be_visible(timeout=WAIT)
    window.get_by_role("link", name="Movement").click()
    expect(window.get_by_text("customers moved")).to_be_visible(timeout=WAIT)
    settled(window)
    rows = window.get_by_test_id("stDataFrame").first.bounding_box()
    window.mouse.click(rows["x"] + 20, rows["y"] + 52)
    expect(window.get_by_role("heading", name="Why this tier")).to_be_visible(timeout=WAIT)
