"""The list of ranks as a component: keys, pointer, and what is not counted."""

from __future__ import annotations

import pytest

from tests.browser.studio_stage import Stage
from tiering.ui.pages.tiers.weights.ranking import ranking_markup, ranking_script, ranking_styles

WORDS = {"label": "Ranks", "left": "Not counted", "out": "Take out", "keys": "Arrow keys move it"}


@pytest.fixture
def stage(browser):
    context = browser.new_context(viewport={"width": 600, "height": 600})
    staged = Stage(context.new_page())
    staged.mount(ranking_markup(), ranking_styles(), ranking_script())
    yield staged
    context.close()
    assert staged.faults == []


def entry(key: str) -> dict[str, str]:
    return {"key": key, "label": key.title(), "note": ""}


def names(stage: Stage) -> list[str]:
    return stage.texts(".entry .name")


def test_a_rank_moves_by_key_and_by_pointer_and_goes_and_comes_back(stage):
    ranked, left = [entry(key) for key in ("spend", "growth", "margin")], [entry("size")]
    stage.show({"locale": "en-GB", "dark": False, "ranked": ranked, "left": left, "words": WORDS})
    grips = stage.page.locator(".entry .grip")
    grips.nth(2).focus()
    stage.page.keyboard.press("ArrowUp")
    assert names(stage) == ["Spend", "Margin", "Growth"]
    assert stage.page.evaluate("document.activeElement.getAttribute('aria-label')") in (None, "Margin, 2 / 3")
    start, end = grips.nth(2).bounding_box(), grips.nth(0).bounding_box()
    assert start is not None
    assert end is not None
    stage.page.mouse.move(start["x"] + 40, start["y"] + 8)
    stage.page.mouse.down()
    stage.page.mouse.move(end["x"] + 40, end["y"] + 8, steps=6)
    stage.page.mouse.up()
    assert names(stage) == ["Growth", "Spend", "Margin"]
    stage.page.locator(".entry .out").nth(0).click()
    stage.page.locator(".waiting").click()
    assert [event["order"] for event in stage.events()] == [
        ["spend", "margin", "growth"],
        ["growth", "spend", "margin"],
        ["spend", "margin"],
        ["growth", "spend", "margin", "size"],
    ]
