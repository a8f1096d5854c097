"""Comparing with the baseline: all movers at a click, and no comparison where the tiers are others."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.settling import WAIT, settled
from tests.browser.test_main_path import open_tiers


def test_all_movers_are_in_sight_at_once_when_their_link_is_clicked(server, window):
    open_tiers(window, server.url)
    slider = window.get_by_role("slider", name="Annual revenue")
    slider.focus()
    slider.press("Home")
    settled(window)
    window.get_by_role("button", name=re.compile("^All .* movers")).click()
    front = window.get_by_role("dialog")
    expect(front).to_contain_text("Moves against the baseline", timeout=WAIT)
    expect(front.get_by_test_id("stDataFrame")).to_be_in_viewport()
    window.keyboard.press("Escape")
    expect(front).to_have_count(0)
    slider.press("PageUp")
    settled(window)
    expect(front).to_have_count(0)


def test_an_a_of_three_tiers_is_not_compared_with_the_a_of_four(server, window):
    open_tiers(window, server.url)
    window.get_by_role("button", name="Pin as baseline").click()
    window.get_by_role("radio", name="A/B/C", exact=True).click()
    settled(window)
    expect(window.get_by_text("The baseline has other tiers (S/A/B/C)")).to_be_visible()
    assert "".join(window.locator(".card .change").all_inner_texts()) == ""
    window.get_by_role("button", name="Pin as baseline").click()
    settled(window)
    expect(window.get_by_text("Nobody changes tier")).to_be_visible()
