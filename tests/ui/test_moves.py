"""The movement page: every view of the past in both languages, on whatever data there is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.movement.histories import BY_REVENUE, histories
from tests.ui.conftest import DATASETS, _script
from tiering.movement.chain import tier_chain
from tiering.said.colours import tier_colour
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import AS_DRAWN
from tiering.ui.base.state import Choices
from tiering.ui.charts.flow import States, flow_chart
from tiering.ui.charts.movement import held_chart
from tiering.ui.pages.movement.migration import _flows
from tiering.words import Words

VIEWS = ("migration", "causes", "review", "backtest")
KINDS = ("sample", "orders only", "one customer")
SEEN = (("zh", "sample"), *(("en", kind) for kind in KINDS))

AT_HALF = Scenario(tiers=("A", "B"), weights={"annual_revenue": 100}, cuts=Cuts(kind="score", lines=(50.0,)))


def view(name: str, language: str = "en", data: str = "sample", **choices) -> AppTest:
    """The page as it opens for somebody who looked at this view before."""
    shown = AppTest.from_function(_script, kwargs={"start": "movement"}, default_timeout=90)
    shown.session_state["choices"] = Choices(language=language, dataset=DATASETS[data](), **choices)
    shown.session_state["movement-kept-view"] = name
    return shown.run()


def said(shown) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.info, *shown.caption))


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(("language", "data"), SEEN)
def test_every_view_shows_every_kind_of_data_without_an_error(name, language, data) -> None:
    shown = view(name, language, data)
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert len(shown.markdown) + len(shown.info) > 1


def test_a_file_of_customers_is_told_that_movement_needs_orders() -> None:
    for name in VIEWS:
        assert view(name, "en", "customers only").info[0].value == Words("en")("movement.needs.orders")


def test_orders_too_short_tell_each_view_what_it_cannot_show_and_from_when_it_could() -> None:
    # the last order is of 10 February 2025: a quarter earlier is 10 November 2024, and 60 days before that 11 September
    said_by = {name: view(name, "en", "one customer").info[0].value for name in ("migration", "causes", "review")}
    assert len(set(said_by.values())) == 3
    assert "11 Sept 2024" in said_by["migration"]
    assert "11 Sept 2024" in said_by["causes"]
    assert "allow 0" in said_by["review"]


@pytest.mark.parametrize("look", ["flow", "steady"])
def test_the_matrix_can_be_seen_as_a_flow_and_as_rates(look) -> None:
    shown = view("migration").segmented_control(key="movement-look").set_value(look).run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_a_pattern_that_holds_is_carried_on_and_one_that_changed_is_not() -> None:
    shown = view("migration").segmented_control(key="movement-look").set_value("steady").run()
    titles = [title.value for title in shown.subheader]
    holds = "The same pattern before and after" in said(shown)
    assert (Words("en")("movement.long_run.title") in titles) == holds
    assert "Stuart–Maxwell" in said(shown)


def test_the_same_rule_on_both_days_says_so_and_another_one_does_not() -> None:
    same = Words("en")("movement.causes.same_rule")
    assert same in said(view("causes"))
    assert same not in said(view("causes", baseline=AT_HALF, scenario=AT_HALF.model_copy(update={"window_months": 6})))


def test_two_days_of_ones_own_are_compared() -> None:
    shown = view("migration").segmented_control(key="movement-span").set_value("own").run()
    assert len(shown.date_input) == 2
    assert not shown.exception


def test_a_window_that_was_not_full_is_pointed_out() -> None:
    assert "not yet full" in said(view("migration", "en", "orders only"))


def test_a_ribbon_is_as_wide_as_its_customers_and_starts_where_its_tier_stands() -> None:
    flows = pd.DataFrame({"step": [0, 0], "was": [0, 1], "now": [1, 1], "customers": [3, 5]})
    chart = flow_chart(flows, ["d1", "d2"], States(["A", "B", "gone"], 2, 2), Words("en"), dark=False)
    points = chart.layer[0].data
    widths = (points["y2"] - points["y"]).round(6).groupby(points["ribbon"]).unique()
    assert [width.tolist() for width in widths] == [[3.0], [5.0]]
    assert points.loc[points["ribbon"] == 0, "y"].iloc[0] == pytest.approx(0)


def test_each_step_of_the_flow_holds_every_customer() -> None:
    bought = {
        "stayed": [("2023-01-10", 1), ("2024-10-15", 800)],
        "silent": [("2023-01-10", 500)],
        "late": [("2025-09-01", 300)],
    }
    days = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)]
    steps = _flows(tier_chain(histories(bought), BY_REVENUE, days))
    assert steps.groupby("step")["customers"].sum().tolist() == [4, 4]  # with the one of no weight


def test_a_rule_that_is_moved_is_kept_with_the_scheme_and_can_be_taken_back() -> None:
    shown = view("review")
    shown.slider(key="movement-review-exit").set_value(12).run()
    assert shown.session_state["choices"].scenario.review.exit == 12
    reset = next(button for button in shown.button if button.label == Words("en")("movement.review.reset"))
    reset.click().run()
    assert shown.session_state["choices"].scenario.review.exit == 5
    assert not shown.exception


def test_rules_of_nothing_hold_nobody() -> None:
    nothing = Scenario(review=AS_DRAWN)
    shown = view("review", scenario=nothing)
    assert Words("en")("movement.review.nobody") in said(shown)
    assert "made no difference" in said(shown)


def test_rules_that_spare_changes_are_called_calmer() -> None:
    assert "calmer" in said(view("review")) or "price of calm" in said(view("review"))


def test_a_handful_of_customers_gets_shares_and_no_verdict() -> None:
    shown = said(view("backtest", "en", "orders only"))
    assert "Too few customers to judge" in shown
    assert Words("en")("movement.backtest.interval") not in shown


def test_where_nobody_had_a_tier_the_backtest_says_that_and_not_that_nobody_bought() -> None:
    shown = said(view("backtest", scenario=Scenario(weights={"annual_revenue": 0})))
    assert "Nobody had a tier" in shown


@pytest.mark.parametrize("name", ["migration", "kept"])
def test_a_day_after_the_end_of_the_data_is_pointed_out(name) -> None:
    late = view(name, scenario=Scenario(as_of=date(2028, 1, 1)))
    assert "need not mean that nobody ordered" in late.warning[0].value
    assert not view(name).warning


def test_a_day_early_in_the_data_is_named_as_the_end_of_what_is_known() -> None:
    early = said(view("warning", scenario=Scenario(as_of=date(2024, 1, 15))))
    assert Words("en")("movement.warning.no_record", first=date(2023, 10, 2), last=date(2024, 1, 15), months=9) in early


def test_the_backtest_says_what_the_file_of_today_may_already_know() -> None:
    assert Words("en")("movement.backtest.todays_file") in said(view("backtest"))


def test_the_way_of_a_score_is_drawn_in_the_tiers_own_colours() -> None:
    reviewed = pd.DataFrame({"date": ["Q1", "Q2"], "score": [40.0, 60.0], "drawn": ["B", "A"], "held": ["B", "A"]})
    own = {name: tier_colour(name, place, ("#123456", "#0a7a5c")) for place, name in enumerate("AB")}
    drawn = held_chart(reviewed, [50.0], own, Words("en"), dark=False).to_dict()
    scales = [layer["encoding"]["color"]["scale"] for layer in drawn["layer"] if "color" in layer.get("encoding", {})]
    assert [(scale["domain"], scale["range"]) for scale in scales] == [(["A", "B"], [c.light for c in own.values()])]
