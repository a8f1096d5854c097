"""What a scheme says: one message a part, with the figures of the pages, and nothing of what is not known."""

from __future__ import annotations

import pytest

from tests.report.four_customers import SCENARIO, dataset, plain, plain_tiers, tiers_of
from tiering.report import Handout
from tiering.report.story import Bars, Curve, Story, story_of
from tiering.said.provisional import tier_texts
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import Ledger, Override, PointRule, TierRules
from tiering.scenario.ways.standards import Condition, Standards, TierRule
from tiering.strategy.actions import actions
from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import recommendations
from tiering.words import LANGUAGES, Words

LENIENT = SCENARIO.model_copy(update={"cuts": Cuts(lines=(0.0,))})


def told(language="en", **changes) -> Story:
    tiering = tiers_of(plain(), SCENARIO.model_copy(update=changes)) if changes else plain_tiers()
    return story_of(Handout(tiering, plain(), Words(language)))


def part(story: Story, beginning: str):
    return next(one for one in story.parts if one.title.startswith(beginning))


def test_the_first_message_is_what_the_top_tier_brings():
    first = told().parts[0]
    assert first.title == "1 customer in A (25.0%) brings 94.1% of the revenue"
    assert first.table.rows[0][:3] == ("A", "1", "25.0%")
    assert first.table.rows[-1][:2] == ("Total", "4")


def test_one_of_four_makes_80_percent_and_the_curve_marks_it():
    curve = part(told(), "1 customer (25.0%) makes 80%").chart
    assert isinstance(curve, Curve)
    assert curve.points[0] == (0.0, 0.0)
    assert curve.marked[0] == pytest.approx(0.25)


def test_set_and_effective_weights_are_shares_of_one():
    bars = part(told(), "What decides the score").chart
    assert isinstance(bars, Bars)
    for _, shares in bars.series:
        assert sum(shares) == pytest.approx(1.0)


def test_lines_by_score_are_told_with_the_customers_above():
    assert part(told(), "1 cut line").table.rows == (("A", "50.0", "1"),)


def test_standards_are_told_tier_by_tier():
    rule = TierRule(conditions=(Condition(indicator="annual_revenue", sign=">", value=500_000),))
    lines = part(told(way=Standards(rules=(rule,))), "Absolute standards")
    assert lines.table.rows == (("A", "Annual revenue > 500,000"), ("B", "the rest"))


def test_exceptions_are_told_where_there_are_any():
    assert not [one for one in told().parts if "set by hand" in " ".join(one.sentences)]
    rules = TierRules(points=(PointRule(field="orders", test="at_least", value=1.0, points=10),))
    hand = Override(customer_id="small", tier="A", reason="wins a tender", owner="Li", expires="2026-12-31")
    exceptions = part(told(rules=rules, ledger=Ledger(overrides=(hand,))), "Points, caps and hand-set tiers")
    assert exceptions.sentences[0].startswith("Point rules: 1; caps: 0.")
    assert exceptions.sentences[1] == "1 tier is set by hand."
    assert exceptions.table.rows == (("Small & Co", "B", "A", "¥50.1"),)  # without revenue points lift nobody


def test_movement_is_told_against_a_baseline_only():
    assert not [one for one in told().parts if "baseline" in one.title.lower()]
    compared = story_of(Handout(plain_tiers(), plain(), Words("en"), tiers_of(plain(), LENIENT)))
    moved = part(compared, "Against the baseline")
    assert {row[2] for row in moved.table.rows} == {"B"}


def test_each_tier_has_its_own_part_and_advice_follows():
    titles = [one.title for one in told("zh").parts]
    assert sum(title.startswith(("A · ", "B · ")) for title in titles) == 2
    assert titles[-1] == "数据依据"


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_without_orders_have_a_story_too(language):
    alone = dataset(lines=(), customers=None)
    only = alone.__class__(None, alone.customers, alone.set_aside, alone.sources, alone.fingerprint)
    scenario = SCENARIO.model_copy(update={"weights": {"satisfaction": 1}, "cuts": None})
    scored = only.__class__(
        None,
        only.customers.append_column("satisfaction", [[1.0, 5.0, 3.0, 2.0]]),
        only.set_aside,
        only.sources,
        only.fingerprint,
    )
    now, before = (tiers_of(scored, scenario.model_copy(update={"cuts": Cuts(lines=(line,))})) for line in (50.0, 90.0))
    story = story_of(Handout(now, scored, Words(language), before))
    assert story.facts[1:] == (Words(language)("story.facts.undated"),)
    assert Words(language)("story.movement.title", up=1, down=0) in [one.title for one in story.parts]
    assert not [one for one in story.parts if "80%" in one.title]
    first, listed = story.parts[0], story.parts[1]
    assert [len(first.table.headers), len(listed.table.headers), len(first.chart.series)] == [3, 2, 1]
    assert not [cell for one in story.parts if one.table for row in one.table.rows for cell in row if cell == "¥0"]


def test_one_customer_decides_nothing_by_any_weight():
    alone = dataset(lines=(("big", "2026-01-10", "900.00"),), customers={})
    weights = part(story_of(Handout(tiers_of(alone), alone, Words("en"))), "What decides the score")
    assert [name for name, _ in weights.chart.series] == ["Set weight"]
    assert weights.note == "The customers do not differ, so no effective weight can be told."
    # then the heaviest weight stands first, whatever the order of the catalogue
    late = tiers_of(alone, SCENARIO.model_copy(update={"weights": {"annual_revenue": 3, "recency_days": 9}}))
    heaviest = part(story_of(Handout(late, alone, Words("en"))), "What decides the score")
    assert heaviest.chart.labels == ("Recency", "Annual revenue")


def test_without_a_recommendation_it_is_said_what_they_would_need():
    alone = dataset(lines=(("big", "2026-01-10", "900.00"),), customers={})
    nothing = part(story_of(Handout(tiers_of(alone), alone, Words("en"))), "The data gives no ground")
    assert any("needs" in sentence for sentence in nothing.sentences)


def with_newcomers() -> tuple[Handout, Handout]:
    """An old customer, one of half a year and one of some weeks known by its size; the same against another line."""
    lines = (
        ("old", "2022-01-10", "1000.00"),
        ("half", "2025-07-02", "600.00"),
        ("weeks", "2025-12-20", "600.00"),
        ("old", "2025-12-31", "600.00"),
    )
    data = dataset(lines, {"customer_id": ["weeks", "old"], "size": ["大型", "大型"]})
    scenario = Scenario(tiers=("A", "B"), weights={"annual_revenue": 90, "size": 10}, cuts=Cuts(lines=(0.0,)))
    strict = scenario.model_copy(update={"cuts": Cuts(lines=(99.0,))})
    now, before = tiers_of(data, scenario), tiers_of(data, strict)
    return Handout(now, data, Words("en")), Handout(now, data, Words("en"), before)


def test_a_provisional_tier_is_marked_wherever_the_customer_is_named():
    alone, _ = with_newcomers()
    top = next(one for one in story_of(alone).parts if one.table and {row[0] for row in one.table.rows} >= {"old"})
    assert {row[0] for row in top.table.rows} == {"old", "half"}  # by its size alone nobody is in the top tier
    three = alone.tiering.scenario.model_copy(update={"tiers": ("S", "A", "B"), "cuts": Cuts(lines=(99.0, 0.0))})
    strict = three.model_copy(update={"cuts": Cuts(lines=(99.0, 98.0))})
    now, before = tiers_of(alone.dataset, three), tiers_of(alone.dataset, strict)
    moved = part(story_of(Handout(now, alone.dataset, Words("en"), before)), "Against the baseline")
    assert "weeks (provisional)" in {row[0] for row in moved.table.rows}


def test_how_many_are_newcomers_stands_below_the_tiers():
    assert story_of(with_newcomers()[0]).parts[0].note.startswith("Newcomers: 1 annualised, 1 tiered provisionally.")


def test_a_tier_that_somebody_set_by_hand_is_not_called_provisional():
    hand = Override(customer_id="weeks", tier="A", reason="signed", owner="Li", expires="2030-01-01")
    alone, _ = with_newcomers()
    data, scenario = alone.dataset, alone.tiering.scenario.model_copy(update={"ledger": Ledger(overrides=(hand,))})
    names = dict(zip(alone.tiering.base.customers["customer_id"], tier_texts(alone.tiering, Words("en")), strict=True))
    assert names["weeks"] == "B (provisional)"
    assert "A (provisional)" not in tier_texts(tiers_of(data, scenario), Words("en"))
    assert tier_texts(tiers_of(data, scenario), Words("en")).tolist() == ["A", "A", "A"]


def test_the_moves_and_the_tiers_are_those_of_the_pages():
    handout = with_newcomers()[0]
    tiering, evidence = handout.tiering, evidence_of(handout.tiering.base)
    moves = actions(tiering, evidence, recommendations(tiering, evidence), handout.dataset.orders)
    told = story_of(handout)
    listed = [one.table for one in told.parts if one.title.startswith("What to do next")]
    assert len(moves) == sum(len(table.rows) + table.others for table in listed)
    counted = [int(row[1].replace(",", "")) for row in told.parts[0].table.rows[: len(tiering.scenario.tiers)]]
    assert counted == tiering.totals.customers[:-1].tolist()
    assert told.parts[0].chart.series[1][1][:2] == pytest.approx(tiering.totals.shares[:2])
