"""The ways of drawing lines on the page: what is typed, what is refused, what a change of tiers does to the lines."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.evaluate import completed, customer_base, tier_customers
from tiering.said.colours import LEAST_CONTRAST, contrast, indistinguishable, is_red, readable, tier_colour
from tiering.said.ways import requirement_sentences, tier_sentences, unjudged
from tiering.scenario import Cuts, Scenario
from tiering.scenario.ways import KINDS
from tiering.scenario.ways.capacity import Capacity
from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.tiers.ways.capacity import proposed_capacity, tier_loads
from tiering.ui.base.cached import Shown
from tiering.ui.base.regions import DOCKED
from tiering.ui.base.state import Choices
from tiering.ui.pages.tiers.ways.capacity import capacity_frame, differing_hours, edited
from tiering.ui.pages.tiers.ways.choice import drawn_anew, drawn_by, kept_as_scores, with_tiers
from tiering.ui.pages.tiers.ways.cuts import cluster_lines
from tiering.ui.pages.tiers.ways.own_tiers import own_hues, refused, starting_names
from tiering.ui.pages.tiers.ways.standards import conditions_of, offered, ready_changes, rows_after, rule_rows
from tiering.ui.studio.baseline import line_mode, tier_stacks
from tiering.words import LANGUAGES, Words
from tiering.words.typed_limits import limit_text

EN = Words("en")


def shown(scenario: Scenario | None = None, customers: int = 30) -> Shown:
    data = dataset(None, customers_of(customers))
    start = scenario or Scenario()
    base = customer_base(data, start, None)
    tiering = tier_customers(base, completed(start, base))
    return Shown(data, tiering, tiering)


def with_rules(*rules: TierRule) -> Scenario:
    return Scenario(tiers=("A", "B", "C")[: len(rules) + 1], way=Standards(rules=rules))


def standard(*conditions: tuple[str, str, float]) -> TierRule:
    return TierRule(conditions=tuple(Condition(indicator=k, sign=s, value=v) for k, s, v in conditions))  # type: ignore[arg-type]


RICH = standard(("annual_revenue", ">", 20_000))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("customers", [1, 3, 30])
def test_every_way_draws_every_number_of_tiers_on_any_customers(kind: str, tiers: int, customers: int) -> None:
    names = tuple("SABCDE"[:tiers])
    start = shown(Scenario(tiers=names), customers)
    drawn = start.tiering.scenario.model_copy(update=drawn_by(kind, start.tiering.scenario, start))
    found = shown(Scenario.model_validate(drawn.model_dump()), customers)
    assert found.tiering.scenario.line_kind == kind
    assert found.tiering.totals.customers.sum() == customers


@pytest.mark.parametrize("kind", KINDS)
def test_other_tiers_have_their_lines_proposed_anew_in_the_same_way(kind: str) -> None:
    start = shown()
    four = shown(start.tiering.scenario.model_copy(update=drawn_by(kind, start.tiering.scenario, start)))
    changed = four.tiering.scenario.model_copy(update=drawn_anew(four.tiering.scenario, four, ("A", "B", "C")))
    three = shown(Scenario.model_validate(changed.model_dump()))
    assert three.tiering.scenario.line_kind == kind
    assert len(three.tiering.totals.customers) == 4


def test_as_many_tiers_under_other_names_keep_their_lines() -> None:
    start = shown(Scenario(tiers=("S", "A", "B"), cuts=Cuts(lines=(77.7, 33.3))))
    assert with_tiers(start, ("A", "B", "C"))["tiers"] == ("A", "B", "C")
    assert "cuts" not in with_tiers(start, ("A", "B", "C"))
    assert with_tiers(start, ("A", "B"))["cuts"] is None


def test_lines_found_in_the_data_can_be_kept_where_they_are() -> None:
    found = shown(Scenario(way=proposed_capacity(30, (160, 60, 16, 2), 1600)))
    kept = shown(found.tiering.scenario.model_copy(update=kept_as_scores(found, found.tiering.positions)))
    assert kept.tiering.positions == found.tiering.positions
    assert kept.tiering.scenario.line_kind == "score"


def test_the_waiting_lines_come_back_where_another_way_is_given_up() -> None:
    lines = Cuts(lines=(80.0, 50.0, 20.0))
    both = Scenario(cuts=lines, way=proposed_capacity(30, (160, 60, 16, 2), 1600))
    assert both.line_kind == "capacity"
    assert both.model_copy(update={"way": None}).cuts == lines


# the studio


def test_without_a_line_by_score_the_bars_are_stacked_by_tier() -> None:
    found = shown(with_rules(RICH, standard(("annual_orders", ">=", 5)))).tiering
    stacks = tier_stacks(found)
    assert [sum(stack) for stack in stacks] == found.totals.customers[:-1].tolist()
    assert tier_stacks(shown().tiering) == []
    assert line_mode(found) == "score"


# standards


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_is_shown_as_it_can_be_typed_again(language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    rule = standard(("annual_revenue", ">", 1_000_000), ("satisfaction", "<=", 4.5), ("gone", ">=", -0.25))
    known = offered(shown(), [condition.indicator for condition in rule.conditions], words)
    conditions, unread = conditions_of(rule_rows(rule, known, words), known, words)
    assert (conditions, unread) == (rule.conditions, [])


def test_a_limit_that_cannot_be_read_is_named_and_a_row_that_was_only_begun_waits() -> None:
    known = offered(shown(), [], EN)
    rows = [
        {"indicator": "Annual revenue", "sign": ">", "limit": "plenty"},
        {"indicator": "Annual revenue", "sign": None, "limit": "5"},
        {"indicator": "Order frequency", "sign": "≥", "limit": "1.2万"},
    ]
    conditions, unread = conditions_of(rows, known, EN)
    assert unread == ["plenty"]
    assert conditions == (Condition(indicator="annual_orders", sign=">=", value=12_000),)


def test_rows_are_typed_over_added_and_deleted() -> None:
    rows = [{"limit": "1"}, {"limit": "2"}, {"limit": "3"}]
    typed = {"edited_rows": {"2": {"limit": "9"}}, "added_rows": [{"limit": "4"}], "deleted_rows": [0]}
    assert rows_after(rows, typed) == [{"limit": "2"}, {"limit": "9"}, {"limit": "4"}]


def test_ready_standards_bring_the_tiers_they_are_made_for_and_keep_own_names_that_fit() -> None:
    four = shown()
    assert ready_changes(four, "order_value")["tiers"] == ("A", "B", "C")
    three = shown(Scenario(tiers=("金", "银", "铜")))
    assert "tiers" not in ready_changes(three, "order_value")


def test_a_column_that_vanished_closes_the_tier_names_it_and_keeps_the_rule() -> None:
    scenario = with_rules(standard(("annual_revenue", ">", 20_000), ("credit", ">=", 7)))
    found = shown(scenario)
    assert found.tiering.scenario.way == scenario.way
    assert found.tiering.totals.customers.tolist() == [0, 30, 0]
    (note,) = unjudged(found.tiering, EN)
    assert note.startswith("The rule of A asks for Credit rating, which this data does not have: nobody")
    assert "kept" in note
    (chinese,) = unjudged(found.tiering, Words("zh"))
    assert chinese.startswith("A 的规则用到“信用等级”，而这份数据没有：无法证明任何客户满足")


def test_where_any_condition_is_enough_a_column_that_vanished_leaves_the_others() -> None:
    either = standard(("annual_revenue", ">", 20_000), ("credit", ">=", 7)).model_copy(update={"need": "any"})
    found = shown(with_rules(either))
    assert found.tiering.totals.customers.tolist() == [10, 20, 0]
    (note,) = unjudged(found.tiering, EN)
    assert "only the other conditions lead into A" in note


def test_a_rule_nobody_can_meet_and_values_that_are_missing_are_told() -> None:
    notes = unjudged(shown(with_rules(standard(), standard(("credit", ">=", 7)))).tiering, EN)
    assert [note.split(" ")[0] for note in notes] == ["The", "A:", "30"]


def test_the_card_says_what_the_rules_ask_and_what_the_customer_has() -> None:
    found = shown(with_rules(RICH, standard(("annual_orders", ">=", 25), ("credit", ">=", 7))))
    assert requirement_sentences(found.tiering, 0, EN) == ["A (All of): Annual revenue > 20,000, now 30,000 ✓"]
    assert requirement_sentences(found.tiering, 29, EN) == [
        "B (All of): Order frequency ≥ 25, now 1 ✗, Credit rating ≥ A, not known ✗"
    ]


# capacity


def test_people_and_hours_are_typed_over_and_an_emptied_cell_keeps_its_value() -> None:
    capacity = proposed_capacity(100, (120, 40, 4), 1600)
    after = edited(capacity, {0: {"people": 2.5, "hours": None}, 2: {"hours": 9.0}})
    assert (after.tiers[0].people, after.tiers[0].hours) == (2.5, capacity.tiers[0].hours)
    assert (after.tiers[2].people, after.tiers[2].hours) == (capacity.tiers[2].people, 9.0)


def test_the_load_is_what_the_tier_needs_of_what_it_has() -> None:
    found = shown(Scenario(tiers=("A", "B"), way=proposed_capacity(30, (80, 8), 1600)))
    capacity = found.tiering.scenario.way
    assert isinstance(capacity, Capacity)
    table = capacity_frame(capacity, ("A", "B"), tier_loads(capacity, [6, 24]))
    assert table["needed"].tolist() == [480.0, 192.0]
    assert table["ratio"].tolist() == [20.0, 200.0]


# sentences for papers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_can_be_said_tier_by_tier(kind: str, language: str) -> None:
    start = shown()
    found = shown(start.tiering.scenario.model_copy(update=drawn_by(kind, start.tiering.scenario, start)))
    said = tier_sentences(found.tiering, Words(language))  # type: ignore[arg-type]
    assert len(said) == 4
    assert all(said)


def test_standards_are_said_with_their_limits() -> None:
    rule = standard(("annual_revenue", ">", 1e6), ("annual_orders", ">=", 12))
    assert tier_sentences(shown(with_rules(rule)).tiering, EN) == [
        "Annual revenue > 1,000,000 and Order frequency ≥ 12",
        "the rest",
    ]


# own tiers


def test_names_that_cannot_be_used_are_refused_with_sentences() -> None:
    plain = ["#7a4a00", "#3a7ca5", "#93a8b8"]
    assert refused(["A", "", "A"], plain, EN) == [
        "Tier 2 has no name yet.",
        "“A” is used twice; each tier needs a name of its own.",
    ]
    assert refused(["Gold", "Silver", "Bronze"], plain, EN) == []


def test_red_and_colours_too_much_alike_are_refused() -> None:
    names = ["Gold", "Silver", "Bronze"]
    assert "stands for loss" in refused(names, ["#d01010", "#3a7ca5", "#93a8b8"], EN)[0]
    assert refused(names, ["#3a7ca5", "#3b7da6", "#93a8b8"], EN)[0].startswith("Gold and Silver")


@pytest.mark.parametrize("hue", ["#ffffff", "#000000", "#ffff00", "#3a7ca5", "#0000ff", "#808080"])
def test_any_colour_is_made_readable_on_white_and_on_black(hue: str) -> None:
    light, dark = readable(hue)
    assert contrast(light, "#ffffff") >= LEAST_CONTRAST
    assert contrast(dark, "#0e1117") >= LEAST_CONTRAST


def test_a_colour_that_can_be_read_stays_as_it_was_chosen() -> None:
    assert readable("#3a7ca5")[0] == "#3a7ca5"
    assert is_red("#c00000")
    assert not is_red("#c97a0a")
    assert indistinguishable(["#7a4a00", "#3a7ca5"]) is None


def test_usual_colours_are_not_kept_own_ones_are() -> None:
    usual = tuple(tier_colour(name, place).light for place, name in enumerate("SAB"))
    assert own_hues(("S", "A", "B"), usual) == ()
    assert own_hues(("S", "A", "B"), ("#123456", *usual[1:])) == ("#123456", *usual[1:])
    assert tier_colour("S", 0, ("#123456",)).light == "#123456"


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_another_number_of_tiers_begins_with_names_of_its_own(count: int) -> None:
    names = starting_names(Scenario(tiers=("S", "A", "B", "C")), count)
    assert len(set(names)) == count
    assert starting_names(Scenario(tiers=("金", "银")), 2) == ("金", "银")


# the page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_way_and_its_assumptions(run_page, kind: str, language: str) -> None:
    start = shown()
    scenario = start.tiering.scenario.model_copy(update=drawn_by(kind, start.tiering.scenario, start))
    words = Words(language)  # type: ignore[arg-type]
    page = run_page("tiers", language, dataset(None, customers_of(30)), scenario=scenario)
    page.session_state[DOCKED] = "way"
    page.run()
    assert not page.exception
    assert [error.value for error in page.error] == []
    assert words(f"ways.about.{kind}") in [caption.value for caption in page.caption]


def test_choosing_standards_opens_what_they_rest_on(run_page) -> None:
    page = run_page("tiers", "en", dataset(orders_of(10), customers_of(12)))
    page.selectbox(key="cuts-control").set_value("standards").run()
    assert not page.exception
    assert any("first rule met decides" in caption.value for caption in page.caption)


def test_natural_breaks_propose_lines_by_score_on_the_page(run_page) -> None:
    page = run_page("tiers", "en", dataset(orders_of(10), customers_of(12)))
    page.session_state[DOCKED] = "way"
    page.run().button(key="propose-breaks").click().run()
    assert not page.exception
    scenario = page.session_state["choices"].scenario
    assert scenario.cuts != page.session_state["choices"].undo[-1].cuts
    assert scenario.line_kind == "score"


def test_clusters_propose_lines_by_score_or_nothing_where_there_are_none() -> None:
    found = cluster_lines(shown(Scenario(tiers=("A", "B", "C"))))
    assert found is not None
    lines, agree = found
    assert len(lines) == 2
    assert agree > 0.6
    assert cluster_lines(shown(Scenario(tiers=("A", "B", "C")), customers=2)) is None


@pytest.mark.parametrize("page", ["customer", "segments", "movement", "strategy", "report", "scenarios"])
def test_every_page_holds_where_no_line_by_score_parts_the_tiers(run_page, page: str) -> None:
    start = shown()
    scenario = start.tiering.scenario.model_copy(update=drawn_by("standards", start.tiering.scenario, start))
    answer = run_page(page, "en", dataset(orders_of(10), customers_of(12)), scenario=scenario)
    assert not answer.exception
    assert [error.value for error in answer.error] == []


def _another_file() -> None:
    from tiering.ui.base import state

    state.open_sample("saas")


def test_another_file_keeps_the_standards_and_the_colours_whatever_its_columns() -> None:
    rules = with_rules(RICH, standard(("credit", ">=", 7), ("own:gone", ">", 3)))
    scenario = rules.model_copy(update={"hues": ("#123456", "#3a7ca5", "#93a8b8")})
    page = AppTest.from_function(_another_file)
    page.session_state["choices"] = Choices(scenario=scenario)
    page.run()
    assert not page.exception
    kept = page.session_state["choices"].scenario
    assert (kept.way, kept.hues, kept.tiers) == (scenario.way, scenario.hues, scenario.tiers)


def test_hours_that_differ_from_those_of_the_strategy_are_told_and_taken_over_in_one_click(run_page) -> None:
    page = run_page("tiers", "en", dataset(orders_of(10), None))
    page = page.selectbox(key="cuts-control").set_value("capacity").run()
    assert any("are those of the page Strategy" in caption.value for caption in page.caption)
    way = page.session_state["choices"].scenario.way
    more = edited(way, {0: {"hours": way.tiers[0].hours + 10}})
    scenario = page.session_state["choices"].scenario.model_copy(update={"way": more})
    page = run_page("tiers", "en", dataset(orders_of(10), None), scenario=scenario)
    page.session_state[DOCKED] = "way"
    page = page.run()
    assert any("draw the lines" in box.value for box in page.info)
    page = page.button(key="capacity-give").click().run()
    assert not page.exception
    assert differing_hours(page.session_state["choices"].scenario, more) == []


def test_a_sum_of_cents_is_written_as_cents() -> None:
    assert limit_text(5_221_492.8499999996, None, EN) == "5,221,492.85"
    assert limit_text(1e-7, None, EN) == "0.0000001"
