"""The section on indicators as a person uses it: switch on, make one's own, set scales, read newcomers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
import streamlit as st

from tests.ui.conftest import DATASETS, dataset, orders_of
from tiering.evaluate import customer_base, evaluate
from tiering.indicators.catalogue import BY_KEY, CATALOGUE
from tiering.indicators.columns import known_shares, offered_columns
from tiering.indicators.presets import unused_share
from tiering.indicators.scales import Ends, ends_of, kind_of, set_ends
from tiering.said.provisional import provisional_notes, tier_texts
from tiering.scenario import Anchors, Cuts, Scenario
from tiering.scenario.measures import Measures, Newcomers, OwnIndicator
from tiering.ui.base.regions import DOCKED
from tiering.ui.base.state import Choices
from tiering.ui.pages.customers.card import provisional_sentences
from tiering.ui.pages.tiers.indicators import own, scales, which
from tiering.ui.pages.tiers.indicators.panel import PARTS
from tiering.ui.pages.tiers.live import goal_notes
from tiering.views.clusters import scaled
from tiering.words import Words

CUSTOMERS = pa.table(
    {
        "customer_id": [f"K{k}" for k in range(1, 5)],
        "annual_revenue": [1000.0, 2000.0, 3000.0, 4000.0],
        "Visits": [1.0, 4.0, 2.0, 9.0],
        "Class": ["gold", "tin", "gold", "lead"],
        "Remark": [f"free text {k} {k * 7919}" for k in range(4)],
    }
)
OWN = dataset(None, CUSTOMERS)
VISITS = OwnIndicator(column="Visits")


@pytest.fixture(autouse=True)
def _nothing_looked_up_before():
    st.cache_resource.clear()


def opened(run_page, part: str, language: str = "en", data=OWN, **more):
    """The page of tiers with one part of the section open."""
    shown = run_page("tiers", language, data, **more)
    shown.session_state[DOCKED] = "indicators"
    shown.session_state["measures-kept-part"] = part
    return shown.run()


def scenario_of(shown) -> Scenario:
    choices: Choices = shown.session_state["choices"]
    return choices.scenario


@pytest.mark.parametrize(("language", "kind"), [("zh", "customers only"), ("en", "one customer")])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_over_every_kind_of_data(run_page, part, language, kind):
    shown = opened(run_page, part, language, DATASETS[kind]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_a_column_becomes_an_indicator_with_a_weight_and_goes_again(run_page):
    shown = opened(run_page, "own")
    shown = shown.selectbox(key="own-column").select("Visits").run()
    shown = shown.button(key="own-add").click().run()
    assert scenario_of(shown).measures.own == (VISITS,)
    assert scenario_of(shown).weights["own:Visits"] == own.FIRST_WEIGHT
    shown = shown.button(key="own-remove-Visits").click().run()
    assert scenario_of(shown).measures.own == ()
    assert "own:Visits" not in scenario_of(shown).weights


def test_words_are_put_in_order_by_picking_them(run_page):
    shown = opened(run_page, "own")
    shown = shown.selectbox(key="own-column").select("Class").run()
    assert shown.button(key="own-add").disabled
    shown = shown.multiselect(key="own-order-Class").set_value(["lead", "tin", "gold"]).run()
    shown = shown.button(key="own-add").click().run()
    assert scenario_of(shown).measures.own[0].order == ("lead", "tin", "gold")


def test_a_column_that_vanished_is_told_and_its_weight_is_kept(run_page):
    lost = Scenario(
        measures=Measures(own=(OwnIndicator(column="Gone"),)), weights={"own:Gone": 30, "annual_revenue": 5}
    )
    shown = opened(run_page, "own", scenario=lost)
    assert any("Gone" in warning.value for warning in shown.warning)
    assert scenario_of(shown).weights["own:Gone"] == 30


def test_free_text_and_numbers_of_customers_are_no_indicators():
    base = customer_base(OWN, Scenario(), None)
    assert {column.name: column.is_numeric for column in offered_columns(base.customers)} == {
        "Visits": True,
        "Class": False,
        "Remark": False,
    }
    many = dataset(None, pa.table({"customer_id": [str(k) for k in range(50)], "Note": [f"n{k}" for k in range(50)]}))
    assert offered_columns(customer_base(many, Scenario(), None).customers) == ()


def test_what_the_data_tells_comes_first_and_the_rest_says_what_it_needs():
    words = Words("en")
    shares = known_shares(customer_base(OWN, Scenario(), None).customers, (), CATALOGUE)
    assert shares["annual_revenue"] == 1.0
    assert shares["overdue_days"] == 0.0
    said = words(f"needs.{BY_KEY['overdue_days'].needs}")
    assert said == "needs a days overdue column for customers, or a table of payments"


def test_ticks_and_directions_that_are_the_usual_ones_leave_nothing_behind():
    words, listed = Words("zh"), (BY_KEY["growth"], BY_KEY["margin_rate"])
    less, more = words("measures.better.less"), words("measures.better.more")
    once = which.after_edit(Measures(), listed, {0: {"on": False, "better": less}, 1: {"on": True}}, words)
    assert once == {"switched": {"growth": False, "margin_rate": True}, "turned": ("growth",)}
    changed = Measures.model_validate(once)
    back = which.after_edit(changed, listed, {0: {"on": True, "better": more}, 1: {"on": False}}, words)
    assert back == {"switched": {}, "turned": ()}


def test_ends_are_in_the_indicators_own_unit_and_the_worst_of_days_is_the_most():
    days = Anchors(points=(3.0, 300.0), levels=(0.0, 1.0))
    assert ends_of(BY_KEY["recency_days"], days) == Ends(300.0, 3.0)
    money = Anchors(points=(0.0, 1.0), levels=(0.0, 1.0), median=1000.0)
    ends = ends_of(BY_KEY["annual_revenue"], money)
    assert ends is not None
    assert ends.best == pytest.approx(1718.28, abs=0.01)
    again = set_ends(BY_KEY["annual_revenue"], money, ends)
    assert again is not None
    assert again.points == pytest.approx(money.points)


def test_an_end_typed_over_is_kept_and_ends_that_cross_are_not_taken():
    days = Anchors(points=(3.0, 300.0), levels=(0.0, 1.0))
    listed = ((BY_KEY["recency_days"], days),)
    assert scales.after_edit({}, listed, {0: {"worst": 365.0}})["recency_days"].points == (3.0, 365.0)
    assert scales.after_edit({}, listed, {0: {"worst": 1.0}}) == {}
    assert scales.after_edit({}, listed, {0: {"best": None}})["recency_days"] == days


def test_a_scale_by_rank_becomes_one_between_its_ends():
    ranks = Anchors(points=(1.0, 5.0, 900.0), levels=(0.0, 0.5, 1.0))
    ends = set_ends(BY_KEY["average_order_value"], ranks, Ends(0.0, 1000.0))
    assert ends is not None
    assert (ends.points, ends.levels) == ((0.0, 1000.0), (0.0, 1.0))


def test_scales_are_kept_with_the_first_day_of_the_data_and_let_go_again(run_page):
    shown = opened(run_page, "scales", data=dataset(orders_of(10), None))
    shown = shown.button(key="scales-keep").click().run()
    kept = scenario_of(shown)
    assert set(kept.anchors) >= {"annual_revenue", "recency_days"}
    assert kept.newcomers.data_from is not None
    shown = shown.button(key="scales-follow").click().run()
    assert (scenario_of(shown).anchors, scenario_of(shown).newcomers.data_from) == ({}, None)


def test_newcomers_can_be_read_as_they_are(run_page):
    shown = opened(run_page, "newcomers", data=None)
    assert any("tiered provisionally" in part.value for part in shown.markdown)
    shown = shown.toggle(key="newcomers-annualise").set_value(False).run()
    assert not scenario_of(shown).newcomers.annualise


def newcomers():
    """An old customer, one of half a year, one of some weeks with a size and one without."""
    lines = [("old", 2022, 1), ("half", 2025, 7), ("sized", 2025, 12), ("bare", 2025, 12), ("old", 2025, 12)]

    orders = pa.table(
        {
            "customer_id": [who for who, _, _ in lines],
            "order_date": pa.array([date(year, month, 3) for _, year, month in lines], pa.date32()),
            "amount": pa.array([Decimal(600)] * len(lines), pa.decimal128(18, 2)),
        }
    )
    return dataset(orders, pa.table({"customer_id": ["old", "sized"], "size": ["大型", "大型"]}))


SCENARIO = Scenario(weights={"annual_revenue": 50, "size": 5})


def test_a_provisional_tier_is_marked_whatever_it_rests_on():
    tiering = evaluate(newcomers(), SCENARIO)
    texts = dict(zip(tiering.base.customers["customer_id"], tier_texts(tiering, Words("zh")), strict=True))
    assert texts["sized"].endswith("（暂定）")
    assert texts["bare"].endswith("（暂定）")
    assert "暂定" not in texts["half"] + texts["old"]


def test_newcomers_are_counted_by_how_they_are_read_and_lost_columns_are_named():
    words, lost = Words("en"), Measures(own=(OwnIndicator(column="Gone"),))
    notes = provisional_notes(evaluate(newcomers(), SCENARIO.model_copy(update={"measures": lost})), words)
    assert notes[0] == "Newcomers: 1 annualised, 2 tiered provisionally."
    assert "Gone" in notes[-1]
    assert not [note for note in provisional_notes(evaluate(OWN, Scenario()), words) if "ewcomer" in note]


def test_the_card_tells_what_was_put_on_a_year_and_what_a_provisional_tier_rests_on():
    tiering = evaluate(newcomers(), SCENARIO)
    said = {
        who: " ".join(provisional_sentences(tiering, row, Words("en")))
        for row, who in enumerate(tiering.base.customers["customer_id"])
    }
    assert "× 1.6" in said["half"]
    assert "by potential and company data" in said["sized"]
    assert "by the orders so far" in said["bare"]
    assert said["old"] == ""


def test_the_share_of_own_data_is_told_where_order_values_are_drawn_to_the_mean():
    scenario = Scenario(weights={"average_order_value": 5}, newcomers=Newcomers(credibility=True))
    lines = [("a", day, day * 10) for day in range(1, 21)] + [("b", 1, 250), ("b", 2, 150)]
    orders = pa.table(
        {
            "customer_id": [who for who, _, _ in lines],
            "order_date": pa.array([date(2025, 1, day) for _, day, _ in lines], pa.date32()),
            "amount": pa.array([Decimal(amount) for _, _, amount in lines], pa.decimal128(18, 2)),
        }
    )
    tiering = evaluate(dataset(orders, None), scenario)
    many, few = (provisional_sentences(tiering, row, Words("en"))[0] for row in (0, 1))
    share = {text: int(text.split("%")[0].split(" ")[-1]) for text in (many, few)}
    assert many.startswith("Share of own data: Average order value ")
    assert share[few] < share[many] < 100


def test_a_scale_by_rank_says_that_it_is_one_until_its_ends_are_typed() -> None:
    indicator = BY_KEY["average_order_value"]
    ranks = Anchors(points=(1.0, 2.0, 9.0), levels=(0.0, 0.5, 1.0))
    typed = set_ends(indicator, ranks, Ends(1.0, 5.0))
    assert kind_of(indicator, ranks) == "percentile"
    assert typed is not None
    assert kind_of(indicator, typed) == "range"
    assert kind_of(BY_KEY["annual_revenue"], Anchors(points=(0.0, 1.0), levels=(0.0, 1.0), median=5.0)) == "log"


def test_a_goal_says_how_much_of_it_the_data_lacks() -> None:
    assert unused_share({"a": 30, "b": 10, "c": 0}, {"a", "c"}) == 0.25
    tiering = evaluate(OWN, Scenario())
    assert "of these weights lie on indicators" in " ".join(goal_notes(tiering, Words("en")))


def test_own_indicators_make_clusters_too() -> None:
    tiering = evaluate(OWN, Scenario(measures=Measures(own=(VISITS,))))
    named = {indicator.key: indicator for indicator in tiering.base.matrix.indicators}
    assert scaled(tiering.base.customers, [VISITS.key], named).keys == (VISITS.key,)


def test_another_way_to_put_scores_together_proposes_the_lines_anew(run_page) -> None:
    page = opened(run_page, "scales", scenario=Scenario(tiers=("A", "B"), cuts=Cuts(lines=(50.0,))))
    page = page.button_group(key="measures-together").set_value("geometric").run()
    assert not page.exception
    assert scenario_of(page).measures.together == "geometric"
    assert scenario_of(page).cuts != Cuts(lines=(50.0,))
