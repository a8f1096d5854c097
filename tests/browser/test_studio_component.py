"""The live studio as a component: what it shows, what it sends, and when."""

from __future__ import annotations

import pytest

from tests.browser.studio_stage import KEYS, Stage, indicator, payload, studio_stage
from tiering.ui.studio import studio_words
from tiering.ui.studio.payload import large_units
from tiering.words import LANGUAGES, Words

TEN = [(80.0, 100.0), (80.0, 50.0), (60.0, 30.0), (60.0, 20.0), (60.0, 10.0), *[(20.0, 2.0)] * 5]
LINES = [70.0, 40.0]
COUNTS = ".card .count .figure"
LINE, SLIDER = ".cut-line", ".slider"


@pytest.fixture(scope="module")
def blank(browser):
    """One page for all tests here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def stage(blank):
    """A fresh component on that page, which must end without a script error."""
    blank.set_viewport_size({"width": 1200, "height": 900})
    staged = studio_stage(blank)
    yield staged
    assert staged.faults == []


def answered(stage: Stage, **facts) -> None:
    """The server takes the newest event in and answers with ``facts``."""
    stage.show(payload(TEN, LINES, seq=stage.events()[-1]["seq"], **facts))


def line_at(stage: Stage, index: int) -> float:
    return float(stage.page.locator(LINE).nth(index).get_attribute("aria-valuenow"))


def drag(stage: Stage, index: int, points: float, steps: int = 6) -> None:
    """Pull a cut line by so many points with the mouse and let go."""
    knob = stage.page.locator(f"{LINE} .knob").nth(index).bounding_box()
    ticks = stage.page.locator(".histogram .axis .base").bounding_box()
    x, y = knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    stage.page.mouse.move(x + points * ticks["width"] / 100, y, steps=steps)
    stage.page.mouse.up()
    stage.painted()


# cards and lines


def test_cards_show_what_the_server_counted(stage):
    stage.show(payload(TEN, LINES))
    assert stage.texts(COUNTS) == ["2", "3", "5"]
    assert stage.texts(".card .money .figure") == ["£150", "68.2%", "£60", "27.3%", "£10", "4.5%"]
    assert stage.texts(".card .quiet .figure:first-child") == ["avg £75", "avg £20", "avg £2"]


def test_a_score_on_the_line_belongs_to_the_upper_tier(stage):
    stage.show(payload(TEN, LINES))
    drag(stage, 0, -9.9)
    assert line_at(stage, 0) == 60.1
    assert stage.texts(COUNTS) == ["2", "3", "5"]
    stage.press(LINE, "ArrowLeft")
    assert line_at(stage, 0) == 60.0
    assert stage.texts(COUNTS) == ["5", "0", "5"]
    assert stage.texts(".card .money .figure")[0] == "£210"


def test_a_dragged_line_counts_final_tiers_where_rules_and_hands_decide_too(stage):
    one_up = {"tiers": [0, 0, 1, 3], "bins": [(600, 1, 30.0), (200, 2, 4.0)], "unscored": (0, 0.0)}
    by_hand = {"tiers": [1, 1, 1, 1], "bins": [(800, 1, 100.0)], "unscored": (1, 7.0)}
    stage.show(payload(TEN, LINES, paths=[one_up, by_hand]))
    stage.press(LINE, "ArrowRight")
    # 80, 80 | 60, 60, 60 | five of 20: one 80 goes to the middle, one 60 to the top, two of 20 and one unscored too
    assert stage.texts(COUNTS) == ["2", "6", "3"]
    assert stage.texts(".card .money .figure")[::2] == ["£80", "£141", "£6"]
    stage.press(LINE, *["PageDown"] * 11)
    # from 60.0 on all sixties are in the top tier by the line, and the one that rises stays there
    assert stage.texts(COUNTS) == ["4", "4", "3"]


def test_lines_neither_cross_nor_push_one_another(stage):
    stage.show(payload(TEN, LINES))
    drag(stage, 0, -60)
    assert [line_at(stage, index) for index in (0, 1)] == [40.1, 40.0]
    stage.press(f"{LINE}:nth-child(2)", "End")
    assert line_at(stage, 1) == 40.0
    stage.press(f"{LINE}:nth-child(2)", "Home")
    stage.press(f"{LINE}:nth-child(1)", "End")
    assert [line_at(stage, index) for index in (0, 1)] == [100.0, 0.0]


def test_of_lines_on_one_place_the_pull_decides_which_moves(stage):
    stage.show(payload(TEN, [50.1, 50.0]))
    drag(stage, 1, 10)
    assert [line_at(stage, index) for index in (0, 1)] == [60.1, 50.0]


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        ("ArrowLeft", 69.9),
        ("ArrowUp", 70.1),
        ("Shift+ArrowRight", 71.0),
        ("PageDown", 69.0),
        ("Home", 40.1),
        ("End", 100.0),
    ],
)
def test_keys_move_a_line(stage, key, moved):
    stage.show(payload(TEN, LINES))
    stage.press(LINE, key)
    assert line_at(stage, 0) == moved


def test_a_run_of_keys_is_one_release(stage):
    stage.show(payload(TEN, LINES))
    stage.press(LINE, *["ArrowRight"] * 7)
    stage.quiet()
    assert [(event["kind"], event["lines"], event["released"]) for event in stage.events()] == [
        ("cuts", [70.7, 40.0], True)
    ]


def test_a_click_that_moves_nothing_sends_nothing(stage):
    stage.show(payload(TEN, LINES))
    stage.page.locator(f"{LINE} .knob").first.click()
    stage.quiet()
    assert stage.events() == []


def test_in_share_mode_the_share_above_the_line_is_sent_and_other_shares_stay(stage):
    odd_share = 0.5000000001
    stage.show(payload(TEN, LINES, mode="share", shares=[0.2, odd_share]))
    drag(stage, 0, -10)
    assert stage.events()[0]["lines"] == [0.5, odd_share]
    assert "50.0%" in stage.page.locator(".line-label").first.text_content()


def test_in_revenue_mode_the_share_of_revenue_is_sent(stage):
    stage.show(payload(TEN, LINES, mode="revenue"))
    drag(stage, 0, -10)
    assert stage.events()[0]["lines"][0] == pytest.approx(210 / 220)


# weights and the server


def test_one_request_is_in_flight_and_the_newest_weight_wins(stage):
    stage.show(payload(TEN, LINES))
    stage.press(SLIDER, *["ArrowRight"] * 5)
    assert [event["weights"]["spend"] for event in stage.events()] == [61]
    answered(stage)
    assert [event["weights"]["spend"] for event in stage.events()] == [61, 65]


def test_a_release_during_a_flight_is_sent_after_the_answer(stage):
    stage.show(payload(TEN, LINES))
    stage.press(SLIDER, "PageUp", "PageUp")
    stage.quiet()
    assert [event["released"] for event in stage.events()] == [False]
    answered(stage)
    last = stage.events()[-1]
    assert (last["weights"]["spend"], last["released"]) == (80, True)


def test_a_new_drag_does_not_swallow_a_release_that_still_waits(stage):
    stage.show(payload(TEN, LINES))
    stage.press(SLIDER, "ArrowRight", "ArrowRight")
    stage.quiet()
    stage.press(SLIDER, "ArrowRight")
    answered(stage)
    last = stage.events()[-1]
    assert (last["weights"]["spend"], last["released"]) == (63, True)


def test_a_cut_released_during_a_flight_of_weights_is_sent_too(stage):
    stage.show(payload(TEN, LINES))
    stage.press(SLIDER, "ArrowRight")
    stage.quiet()
    drag(stage, 0, 5)
    for _ in range(3):
        answered(stage)
    assert {(event["kind"], event["released"]) for event in stage.events()} == {
        ("weights", False),
        ("weights", True),
        ("cuts", True),
    }


def test_a_release_without_an_answer_is_sent_again(browser):
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    stage = studio_stage(page)
    stage.show(payload(TEN, LINES))
    page.clock.run_for(100)
    stage.page.locator(LINE).first.evaluate(KEYS, ["PageUp"])
    page.clock.run_for(6000)
    first, second = stage.events()
    assert first["lines"] == second["lines"]
    assert second["seq"] > first["seq"]
    context.close()


def test_numbers_of_events_go_on_from_the_servers(stage):
    stage.show(payload(TEN, LINES, seq=41))
    drag(stage, 0, 5)
    assert stage.events()[0]["seq"] == 42


def test_slider_and_shares_follow_before_the_server_answers(stage):
    stage.show(payload(TEN, LINES))
    stage.press(SLIDER, "PageUp", "PageUp", "PageUp", "PageUp")
    stage.quiet()
    assert stage.texts(".row .weight") == ["100", "40"]
    assert stage.texts(".row .share") == ["71%", "29%"]


def test_the_server_has_the_last_word(stage):
    stage.show(payload(TEN, LINES))
    drag(stage, 0, 5)
    assert line_at(stage, 0) == 75.0
    stage.show(payload(TEN, [72.5, 40.0], seq=stage.events()[-1]["seq"]))
    assert line_at(stage, 0) == 72.5


def test_a_payload_during_a_drag_leaves_the_dragged_line_alone(stage):
    stage.show(payload(TEN, LINES))
    knob = stage.page.locator(f"{LINE} .knob").first.bounding_box()
    stage.page.mouse.move(knob["x"] + 6, knob["y"] + 6)
    stage.page.mouse.down()
    stage.page.mouse.move(knob["x"] + 60, knob["y"] + 6)
    stage.painted()
    held = line_at(stage, 0)
    stage.show(payload(TEN, LINES))
    assert line_at(stage, 0) == held != LINES[0]
    stage.page.mouse.up()
    assert stage.events()[-1]["lines"][0] == held


def test_a_slider_is_dragged_with_the_mouse(stage):
    stage.show(payload(TEN, LINES))
    box = stage.page.locator(f"{SLIDER} .track").first.bounding_box()
    stage.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 2)
    stage.page.mouse.down()
    stage.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 2, steps=5)
    stage.page.mouse.up()
    answered(stage)
    last = stage.events()[-1]
    assert (last["weights"], last["released"]) == ({"spend": 25, "margin": 40}, True)


def test_a_click_on_a_customer_and_on_all_movers_is_sent(stage):
    move = {"id": "K7", "name": "Acme", "from": "A", "to": "S", "revenue": 5.0, "reason": "growth"}
    movers = {"up": 1, "down": 3, "revenue": 9.0, "top": [move]}
    stage.show(payload(TEN, LINES, movers=movers))
    stage.page.locator(".mover").click()
    answered(stage, movers=movers)
    stage.page.locator(".all-movers").click()
    assert [(event["kind"], event.get("id")) for event in stage.events()] == [
        ("pick_customer", "K7"),
        ("show_movers", None),
    ]


# drawing


def test_drawing_again_keeps_the_elements_and_the_focus(stage):
    stage.show(payload(TEN, LINES))
    stage.page.locator(SLIDER).first.focus()
    before = stage.page.evaluate(
        "window.kept = [...document.querySelector('div').shadowRoot.querySelectorAll('*')], kept.length"
    )
    stage.show(payload(TEN, [71.0, 40.0]))
    stage.show(payload(TEN, [71.0, 40.0]))
    assert stage.page.evaluate("kept.every((node) => node.isConnected)")
    assert stage.page.evaluate("document.querySelector('div').shadowRoot.querySelectorAll('*').length") == before
    assert stage.page.evaluate("document.querySelector('div').shadowRoot.activeElement.classList.contains('slider')")


def test_names_are_text_and_never_markup(stage):
    name = "<img src=x onerror='window.broken = 1'>"
    near = {"id": "1", "name": name, "score": 60.0, "revenue": 1.0}
    sensitivity = [
        {"down": {"customers": 0, "revenue": 0}, "up": {"customers": 0, "revenue": 0}, "above": [near], "below": []}
    ]
    stage.show(payload(TEN, [50.0], sensitivity=sensitivity))
    assert stage.texts(".near-row .name") == [name]
    assert stage.page.evaluate("window.broken") is None


def test_names_beside_a_line_follow_it(stage):
    names = {
        "id": ["a", "b", "c"],
        "name": ["Ann", "Bob", "Cid"],
        "score": [80.0, 60.0, 20.0],
        "revenue": [3.0, 2.0, 1.0],
    }
    stage.show(payload([(80.0, 3.0), (60.0, 2.0), (20.0, 1.0)], [70.0], names=names))
    assert stage.texts(".nearest .above .name") == ["Ann"]
    drag(stage, 0, -20)
    assert stage.texts(".nearest .above .name") == ["Ann", "Bob"]
    assert stage.texts(".nearest .below .name") == ["Cid"]


def test_an_unavailable_indicator_says_why_and_has_no_slider(stage):
    wallet = indicator("wallet", 0, available=False, reason="Needs a potential-spend column", effective=None)
    stage.show(payload(TEN, LINES, groups=[{"label": "Potential", "indicators": [indicator("size", 10), wallet]}]))
    assert stage.page.locator(SLIDER).locator("visible=true").count() == 1
    assert stage.texts(".row.unavailable .reason") == ["Needs a potential-spend column"]


def test_without_a_baseline_there_are_no_ghosts_and_the_movers_say_what_to_do(stage):
    stage.show(payload(TEN, LINES))
    assert stage.page.locator(".ghosts line").count() == 0
    assert stage.texts(".movers .summary")[0].startswith("Pin a baseline")


def test_cards_say_what_changed_against_the_baseline(stage):
    shown = payload(TEN, LINES)
    last = {"name": "B", "customers": shown["tiers"][2]["customers"], "revenue": shown["tiers"][2]["revenue"]}
    tiers = [{"name": "S", "customers": 1, "revenue": 100.0}, {"name": "A", "customers": 3, "revenue": 60.0}, last]
    stage.show({**shown, "baseline": {"name": "", "lines": [72.0, 40.0], "tiers": tiers}})
    assert stage.texts(".card .change") == ["+1", "", ""]
    assert stage.page.locator(".ghosts line").count() == 2


def test_red_is_for_losses_only(stage):
    stage.show(payload([(80.0, 100.0), (20.0, -30.0)], [50.0]))
    assert stage.texts(".card .loss") == ["−£30"]
    assert stage.texts(".loss") == ["−£30"]


AMOUNTS = [0, 1, 9.5, 999, 1234.5, 9999, 12345, 987654, 1234567, 123456789, 1.92e8, 4.5e9, -5e6]


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_reads_as_in_the_rest_of_the_app(stage, language):
    words = Words(language)
    spoken = {"locale": words.locale.tag, "units": large_units(words), "words": studio_words(words)}
    shown = []
    for amount in AMOUNTS:
        stage.show(payload([(80.0, amount)], [50.0], currency="¥", **spoken))
        shown += stage.texts(".card .money .figure")[:1]
    assert shown == [words.money(amount, "¥") for amount in AMOUNTS]


def test_english_tells_one_from_many(stage):
    stage.show(payload([(80.0, 1.0), (20.0, 1.0), (10.0, 1.0)], [50.0]))
    assert stage.texts(".card .unit") == ["customer", "customers"]


@pytest.mark.parametrize("mode", ["score", "share"])
@pytest.mark.parametrize("tiers", [2, 4, 6])
def test_labels_never_overlap(stage, tiers, mode):
    crowd = [(99.0 - step, 1000.0 / (1 + step)) for step in range(60)]
    stage.show(payload(crowd, [98.0, 97.0, 96.0, 94.0, 90.0][: tiers - 1], mode=mode))
    for width in (390, 900, 1200):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.painted()
        assert overlaps(stage, ".pareto .points text, .pareto .eighty-label") == []
        assert overlaps(stage, ".cut-line .line-label") == []


def overlaps(stage: Stage, selector: str) -> list[tuple[str, str]]:
    """Pairs of visible texts whose boxes meet by more than a hair."""
    labels = stage.page.locator(selector).locator("visible=true").all()
    boxes = [(label.text_content(), label.bounding_box()) for label in labels]
    return [
        (one, other)
        for position, (one, a) in enumerate(boxes)
        for other, b in boxes[position + 1 :]
        if min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"]) > 1
        and min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"]) > 4
    ]


@pytest.mark.parametrize(
    "customers",
    [
        [],
        [(50.0, 10.0)],
        [(50.0, 1.0), (50.0, 1.0), (50.0, 1.0)],
        [(100.0, 5.0), (0.0, 5.0)],
        [(70.0, 0.0)],
        [(70.0, -5.0), (30.0, -1.0)],
    ],
    ids=["nobody", "one", "all equal", "both ends", "no revenue", "only losses"],
)
def test_odd_customer_bases_are_drawn_and_can_be_cut(stage, customers):
    stage.show(payload(customers, [50.0]))
    drag(stage, 0, 10)
    counts = [sum(score >= 60 for score, _ in customers), sum(score < 60 for score, _ in customers)]
    assert stage.texts(COUNTS) == [str(count) for count in counts]
    assert stage.events()[0]["lines"] == [60.0]


def test_weights_of_nothing_show_no_shares(stage):
    group = {"label": "Financial", "indicators": [indicator("spend", 0)]}
    stage.show(payload(TEN, LINES, groups=[group]))
    assert stage.texts(".row .share") == ["–"]


def test_a_phone_gets_one_column_that_fits(stage):
    stage.page.set_viewport_size({"width": 390, "height": 844})
    stage.show(payload(TEN, LINES))
    stage.painted()
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= 390
    lefts = {stage.page.locator(part).bounding_box()["x"] for part in (".weights", ".centre", ".side")}
    assert len(lefts) == 1


def test_a_touch_that_scrolls_past_a_slider_leaves_it_alone(stage):
    stage.show(payload(TEN, LINES))
    slider = stage.page.locator(SLIDER).first
    for kind in ("pointerdown", "pointercancel"):
        slider.dispatch_event(kind, {"pointerType": "touch", "pointerId": 1, "button": 0, "clientX": 5})
    stage.quiet()
    assert stage.texts(".row .weight") == ["60", "40"]
    assert stage.events() == []


def test_lines_and_sliders_speak_to_a_screen_reader(stage):
    stage.show(payload(TEN, LINES))
    line = stage.page.get_by_role("slider", name="Cut line between S and A")
    assert line.get_attribute("aria-valuetext") == "70.0 points, 2 customers above"
    assert [line.get_attribute(f"aria-value{limit}") for limit in ("min", "now", "max")] == ["40.1", "70", "100"]
    assert stage.page.get_by_role("slider", name="Spend").get_attribute("aria-valuetext") == "weight 60, 60% of all"


def test_weights_of_zero_are_not_blamed_on_too_little_data(stage):
    shown = payload(TEN, LINES)
    stage.show({**shown, "totals": {**shown["totals"], "unrated": 3}})
    assert stage.page.get_by_text("3 more customers have too little data").count() == 1
    stage.show({**shown, "totals": {**shown["totals"], "unrated": 10}})
    assert stage.page.get_by_text("too little data").count() == 0
    assert stage.page.get_by_text("No customers to rate yet").is_visible()


# tiers that no line by score parts


def test_without_lines_the_bars_are_stacked_by_tier_and_nothing_can_be_dragged(stage):
    held = [[0] * 1001 for _ in range(3)]
    for tier, tenth, customers in ((0, 800, 1), (1, 800, 1), (1, 600, 2), (2, 600, 1), (2, 200, 5)):
        held[tier][tenth] = customers
    stage.show(payload(TEN, [], stacks=held, tiers=payload(TEN, LINES)["tiers"]))
    assert stage.page.locator(LINE).count() == 0
    assert "no line to drag" in stage.page.locator("[data-part=scoresHint]").inner_text()
    paths = [path.get_attribute("d") for path in stage.page.locator(".bars path").all()]
    assert [path.count("M") for path in paths] == [1, 2, 2]
    assert not stage.page.locator("[data-part=linePanel]").is_visible()
    stage.show(payload(TEN, LINES))
    assert stage.page.locator(LINE).count() == 2
