"""What is taken away from the page on strategy really arrives."""

from __future__ import annotations

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.settling import WAIT, settled


def test_the_call_lists_arrive_one_sheet_for_each_action(server, window: Page, tmp_path):
    window.goto(f"{server.url}/strategy")
    everything = window.get_by_role("button", name="All call lists")
    expect(everything).to_be_visible(timeout=WAIT)
    settled(window)
    with window.expect_download(timeout=WAIT) as arrived:
        everything.click()
    arrived.value.save_as(tmp_path / "lists.xlsx")
    book = openpyxl.load_workbook(tmp_path / "lists.xlsx", read_only=True)
    assert book.sheetnames[0] == "Actions"
    assert len(book.sheetnames) > 10
    with window.expect_download(timeout=WAIT) as arrived:
        window.get_by_role("button", name="Call list (CSV)").first.click()
    arrived.value.save_as(tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_text(encoding="utf-8-sig").startswith("Customer")
