"""What the cards say after a release is what the table lists and what both downloads hold."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.settling import WAIT, settled
from tests.browser.test_main_path import open_tiers

WITHOUT_PICKER = "delete window.showSaveFilePicker"
MODES = {"share": "Share of customers", "revenue": "Cumulative revenue"}


class Held(NamedTuple):
    """Customers and annual revenue of one tier."""

    customers: int
    revenue: Decimal


def cents(text: object) -> Decimal:
    return Decimal(str(text or 0)).quantize(Decimal("0.01"))


def on_cards(window: Page) -> dict[str, Held]:
    """What the cards' exact figures say, read as a mouse over them shows them."""
    return dict(_on_card(card) for card in window.locator(".card").all())


def _on_card(card: Locator) -> tuple[str, Held]:
    customers = int(card.locator(".count .figure").inner_text().replace(",", ""))
    exact = re.search(r"Revenue [^\d−-]*([\d,.]+)", card.get_attribute("title") or "")
    assert exact is not None
    return card.locator(".chip").inner_text(), Held(customers, cents(exact.group(1).rstrip(",").replace(",", "")))


def held_by(tiers: list[tuple[str, Decimal]]) -> dict[str, Held]:
    """Customers and revenue summed by tier, provisional or not; customers without a tier left out."""
    tiers = [(tier.partition(" ")[0], revenue) for tier, revenue in tiers]
    names = sorted({tier for tier, _ in tiers} & set("SABC"), key="SABC".index)
    revenues = {name: [revenue for tier, revenue in tiers if tier == name] for name in names}
    return {name: Held(len(revenue), sum(revenue, Decimal(0))) for name, revenue in revenues.items()}


def downloaded(window: Page, button: Locator) -> bytes:
    with window.expect_download(timeout=WAIT) as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def in_table(window: Page) -> dict[str, Held]:
    """The table of the page *customer*, all of it, by its own download."""
    window.get_by_role("link", name="Customers").click()
    table = window.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=WAIT)
    settled(window)
    table.hover()
    rows = rows_of_csv(downloaded(window, window.get_by_role("button", name="Download as CSV").first))
    return held_by([(row["tier"], cents(row["annual_revenue"])) for row in rows])


def in_downloads(window: Page) -> list[dict[str, Held]]:
    """The CSV and the workbook of the page *report*."""
    window.get_by_role("link", name="Export").click()
    rows = rows_of_csv(downloaded(window, window.get_by_role("button", name="Download CSV")))
    book = openpyxl.load_workbook(
        io.BytesIO(downloaded(window, window.get_by_role("button", name="Download XLSX"))), read_only=True
    )
    sheet = list(book["Customers"].iter_rows(values_only=True))
    header = next(index for index, row in enumerate(sheet) if "Tier" in row)
    tier, revenue = sheet[header].index("Tier"), sheet[header].index("Revenue in the window")
    return [
        held_by([(row["Tier"], cents(row["Revenue in the window"])) for row in rows]),
        held_by([(str(row[tier]), cents(row[revenue])) for row in sheet[header + 1 :]]),
    ]


def drag(window: Page, handle: Locator, by: int) -> None:
    """Pull a handle sideways with the mouse and let it go."""
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 12)
    window.mouse.move(x, y)
    window.mouse.down()
    window.mouse.move(x + by, y, steps=6)
    window.mouse.up()
    settled(window)


def choose_way(window: Page, name: str) -> None:
    """Draw the lines in another way, as somebody would: from the list above the studio."""
    chooser = window.locator(".st-key-cuts-control").get_by_role("combobox")
    chooser.click()
    window.get_by_role("option", name=name, exact=True).click()
    settled(window)
    expect(chooser).to_have_value(name, timeout=WAIT)


@pytest.mark.parametrize("mode", MODES)
def test_cards_table_and_download_agree_to_the_customer_and_the_cent_after_a_release(server, window, mode):
    window.add_init_script(WITHOUT_PICKER)
    open_tiers(window, server.url)
    choose_way(window, MODES[mode])
    before = on_cards(window)
    drag(window, window.get_by_role("slider", name="Gross margin"), 70)
    drag(window, window.locator("g.cut-line").first, -45)
    drag(window, window.locator("g.cut-line").last, 30)
    cards = on_cards(window)
    assert cards != before
    assert sum(tier.customers for tier in cards.values()) == 1000
    assert in_table(window) == cards
    assert in_downloads(window) == [cards, cards]


def test_tiers_by_standards_have_no_line_to_drag_and_agree_all_the_same(server, window):
    window.add_init_script(WITHOUT_PICKER)
    open_tiers(window, server.url)
    choose_way(window, "Standards")
    expect(window.locator("g.cut-line")).to_have_count(0)
    expect(window.get_by_text("there is no line to drag")).to_be_visible()
    window.get_by_role("button", name="Over 1,000,000 / 500,000").click()
    settled(window)
    cards = on_cards(window)
    assert list(cards) == ["A", "B", "C"]
    assert in_table(window) == cards


def test_tiers_by_what_people_can_serve_agree_with_the_table(server, window):
    window.add_init_script(WITHOUT_PICKER)
    open_tiers(window, server.url)
    before = on_cards(window)
    choose_way(window, "Account managers")
    cards = on_cards(window)
    assert list(cards) == list("SABC")
    assert in_table(window) == cards != before
