"""What is changed beside the studio and what that does are in sight together."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.settling import WAIT, settled
from tests.browser.test_main_path import open_tiers


def test_with_a_part_of_the_dock_open_the_cards_stay_in_sight_above_it(server, window):
    window.set_viewport_size({"width": 1280, "height": 800})
    open_tiers(window, server.url)
    dock = window.get_by_test_id("stBottom")
    dock.get_by_text("Indicators", exact=True).click()
    expect(dock.get_by_text("Ticked indicators have a slider and count.")).to_be_visible(timeout=WAIT)
    settled(window)
    card, below = window.locator(".card").first.bounding_box(), dock.bounding_box()
    assert card is not None
    assert below is not None
    assert card["y"] >= 0
    assert card["y"] + card["height"] <= below["y"]
    dock.get_by_text("Indicators", exact=True).click()
    expect(dock.get_by_text("Ticked indicators have a slider and count.")).to_have_count(0, timeout=WAIT)
