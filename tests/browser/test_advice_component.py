"""The advice cards as a component."""

from __future__ import annotations

import pytest

from tests.browser.studio_stage import advice_stage, colour

HEADLINES = ["Keep and co-create", "Grow into S", "Win repeat orders", "Standard service", "Watch", "Let go"]


@pytest.fixture
def stage(browser):
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    staged = advice_stage(context.new_page())
    yield staged
    context.close()
    assert staged.faults == []


def advice(tiers: int, **facts) -> dict:
    """A payload with two recommendations per tier; ``facts`` replace parts of each card."""
    cards = [
        {
            "tier": "SABCDE"[position],
            "label": "",
            "colour": colour(position),
            "headline": HEADLINES[position],
            "service_line": "Reply in 2 h",
            "facts": ["12 customers"],
            "kpi": [{"label": "Retention", "baseline": "91%", "target": "95%"}],
            "recommendations": [
                {"title": "Call three", "detail": "Ann, Bob, Cid", "money": "£2M"},
                {"title": "Widen two", "detail": "Dee, Eve", "money": "£1M"},
            ],
            **facts,
        }
        for position in range(tiers)
    ]
    return {"locale": "en-GB", "dark": False, "tiers": cards}


def test_each_tier_has_its_card_in_order(stage):
    stage.show(advice(4))
    assert stage.texts(".tier-card h3") == HEADLINES[:4]
    assert stage.texts(".tier-card .chip") == ["S", "A", "B", "C"]
    assert stage.texts(".kpi .figure")[0] == "91% → 95%"


def test_a_click_names_the_tier_and_the_recommendation(stage):
    stage.show(advice(3))
    stage.page.locator(".tier-card").nth(1).locator(".recommendation").nth(1).click()
    assert stage.events() == [{"tier": "A", "index": 1}]


def test_a_tier_without_advice_shows_no_empty_lists(stage):
    stage.show(advice(2))
    stage.show(advice(2, facts=[], kpi=[], recommendations=[]))
    assert stage.page.locator(".recommendation").count() == 0
    assert stage.page.locator(".kpis").locator("visible=true").count() == 0


def test_advice_is_text_and_never_markup(stage):
    stage.show(advice(2, headline="<b>x</b>", facts=["<img src=x onerror='window.broken = 1'>"]))
    assert stage.texts(".tier-card h3") == ["<b>x</b>"] * 2
    assert stage.page.evaluate("window.broken") is None


@pytest.mark.parametrize(
    ("width", "tiers", "across"), [(1200, 4, 4), (1200, 3, 3), (1200, 6, 3), (800, 4, 2), (390, 4, 1)]
)
def test_cards_stand_side_by_side_where_there_is_room(stage, width, tiers, across):
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.show(advice(tiers))
    tops = [card.bounding_box()["y"] for card in stage.page.locator(".tier-card").all()]
    assert sum(top == tops[0] for top in tops) == across


def test_a_long_amount_does_not_squeeze_the_title_into_one_word_a_line(stage):
    long = {
        "title": "12 customers on high service at a low margin: adjust it",
        "detail": "",
        "money": "£6.35M short of usual",
    }
    stage.show(advice(4, recommendations=[long]))
    card = stage.page.locator(".tier-card").first.bounding_box()
    title = stage.page.locator(".recommendation .title").first.bounding_box()
    assert title["width"] > 0.5 * card["width"]


def test_a_card_says_how_much_is_left_out_and_only_then(stage):
    stage.show(advice(2, more="3 more with less at stake."))
    assert stage.texts(".more") == ["3 more with less at stake."] * 2
    stage.show(advice(2, more=""))
    assert stage.page.locator(".more").locator("visible=true").count() == 0
