"""From a move to the customers who made it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.settling import WAIT, settled


def places(window: Page, label: str) -> list[tuple[float, float]]:
    """Middles of all places in the first chart where the label stands: above a column, beside a row."""
    marks = window.locator("svg.marks").first.get_by_text(label, exact=True)
    expect(marks.first).to_be_visible(timeout=WAIT)
    boxes = [box for mark in marks.all() if (box := mark.bounding_box())]
    return [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]


def test_a_cell_of_the_matrix_leads_to_its_customers_and_a_row_to_its_card(server, window):
    window.goto(f"{server.url}/movement?lang=en")
    expect(window.get_by_text("customers moved")).to_be_visible(timeout=WAIT)
    settled(window)
    above, beside = places(window, "A"), places(window, "S")
    window.mouse.click(min(above, key=lambda place: place[1])[0], min(beside)[1])
    expect(window.get_by_text("List: S → A")).to_be_visible(timeout=WAIT)
    window.get_by_role("link", name="Movement").click()
    expect(window.get_by_text("customers moved")).to_be_visible(timeout=WAIT)
    settled(window)
    rows = window.get_by_test_id("stDataFrame").first.bounding_box()
    window.mouse.click(rows["x"] + 20, rows["y"] + 52)
    expect(window.get_by_role("heading", name="Why this tier")).to_be_visible(timeout=WAIT)
