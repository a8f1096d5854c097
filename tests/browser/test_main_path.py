"""The main job in a real browser: open, drop a file, draw lines, move weights, read, switch language, download."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.settling import WAIT, settled


def open_tiers(window: Page, url: str) -> None:
    window.goto(f"{url}/tiers")
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)


def card_counts(window: Page) -> list[int]:
    return [int(text.replace(",", "")) for text in window.locator(".card .count .figure").all_inner_texts()]


def line_value(line: Locator) -> float:
    return float(line.get_attribute("aria-valuenow") or "nan")


@pytest.fixture
def order_file(tmp_path: Path) -> Path:
    """Sixty customers, each with a first order by June and k/6 more, of 100·k each; two lines without a customer."""
    draw = random.Random(7)

    def day(last_month: int) -> str:
        return f"2025-{draw.randint(1, last_month):02d}-{draw.randint(1, 28):02d}"

    rows = [
        [f"O{k}-{n}", f"K{k:02d}", day(12 if n else 6), f"{100 * k}.50"]
        for k in range(1, 61)
        for n in range(1 + k // 6)
    ]
    rows += [["X1", "", "2025-03-01", "10.00"], ["X2", "", "2025-03-02", "20.00"]]
    path = tmp_path / "orders.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Order ID", "Customer ID", "Order date", "Amount"], *rows])
    return path


@pytest.mark.parametrize("address", ["/tiers", "/"])
def test_a_cold_server_answers_the_first_address_with_the_tiers(cold_server, window, address):
    window.goto(cold_server.url + address)
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)
    assert window.url.split("?")[0] == f"{cold_server.url}/tiers"
    assert sum(card_counts(window)) == 1000


@pytest.mark.parametrize("address", ["/tiers", "/", "/customer", "/data", "/report"])
def test_every_address_opens_its_page_on_a_warm_server(server, window, address):
    window.goto(server.url + address)
    landed = "/tiers" if address == "/" else address
    window.wait_for_url(re.compile(re.escape(landed)), timeout=WAIT)
    expect(window.get_by_role("radio", name="English")).to_be_visible(timeout=WAIT)
    expect(window.locator('[data-testid="stException"]')).to_have_count(0)


def test_a_cut_line_moves_with_the_mouse_and_the_arrow_keys(server, window):
    open_tiers(window, server.url)
    line = window.locator("g.cut-line").first
    before, start = card_counts(window), line_value(line)
    box = line.bounding_box()
    window.mouse.move(box["x"] + box["width"] / 2, box["y"] + 12)
    window.mouse.down()
    window.mouse.move(box["x"] + box["width"] / 2 - 60, box["y"] + 12, steps=8)
    window.mouse.up()
    settled(window)
    dragged = line_value(line)
    assert dragged < start
    after = card_counts(window)
    assert after[0] > before[0]
    assert sum(after) == sum(before)
    line.focus()
    for _ in range(5):
        line.press("ArrowRight")
    settled(window)
    assert line_value(line) == pytest.approx(dragged + 0.5)


def test_a_weight_changes_cards_and_can_be_undone(server, window):
    open_tiers(window, server.url)
    before = card_counts(window)
    slider = window.get_by_role("slider", name="Annual revenue")
    slider.focus()
    slider.press("Home")
    settled(window)
    expect(slider).to_have_attribute("aria-valuenow", "0")
    assert card_counts(window) != before
    window.get_by_role("button", name="Undo").click()
    settled(window)
    expect(slider).to_have_attribute("aria-valuenow", "100")
    assert card_counts(window) == before


def test_the_language_switches_every_word_and_keeps_the_lines(server, window):
    open_tiers(window, server.url)
    line = line_value(window.locator("g.cut-line").first)
    window.get_by_role("radio", name="简体中文").click()
    expect(window.get_by_role("heading", name="指标权重")).to_be_visible(timeout=WAIT)
    settled(window)
    assert line_value(window.locator("g.cut-line").first) == line
    expect(window.get_by_text("Annual revenue")).to_have_count(0)


def test_an_order_file_is_tiered_and_what_is_downloaded_agrees_with_the_cards(server, window, order_file):
    window.goto(f"{server.url}/data")
    window.locator('input[type="file"]').first.set_input_files(order_file)
    window.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    expect(window.get_by_text("2 set aside")).to_be_visible(timeout=WAIT)
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)
    settled(window)
    cards = card_counts(window)
    assert sum(cards) == 60
    window.get_by_role("link", name="Export").click()
    with window.expect_download(timeout=WAIT) as download:
        window.get_by_role("button", name="Download CSV", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    tiers = [row["Tier"] for row in csv.DictReader(io.StringIO(text))]
    assert [tiers.count(tier) for tier in "SABC"] == cards


def test_a_picture_is_refused_in_words_and_the_app_goes_on(server, window, tmp_path):
    picture = tmp_path / "orders.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    window.goto(f"{server.url}/data")
    window.locator('input[type="file"]').first.set_input_files(picture)
    expect(window.get_by_test_id("stAlert")).to_be_visible(timeout=WAIT)
    window.get_by_role("link", name="Tiers").click()
    expect(window.locator(".card").first).to_be_visible(timeout=WAIT)
