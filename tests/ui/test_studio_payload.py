"""What the studio is told: the figures of the tiering, nothing of its own."""

from __future__ import annotations

import pytest

from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.evaluate import Tiering, completed, customer_base, tier_customers
from tiering.scenario import Cuts, Scenario
from tiering.ui.studio.shown import MOST_NAMES, studio_names, studio_payload
from tiering.views.concentration import pareto_curve
from tiering.words import Words


def tiering(scenario: Scenario | None = None, customers: int = 10) -> Tiering:
    data = dataset(orders_of(customers), None)
    scenario = scenario or Scenario()
    base = customer_base(data, scenario, data.last_order_date)
    return tier_customers(base, completed(scenario, base))


def payload(now: Tiering, before: Tiering | None = None, language: str = "en"):
    return studio_payload(now, before or now, pareto_curve(now.base.revenue), Words(language), "¥")


def test_the_bins_hold_every_scored_customer_and_all_of_their_revenue():
    now = tiering()
    shown = payload(now)
    assert len(shown["counts"]) == len(shown["revenue"]) == 1001
    assert shown["totals"]["unrated"] == 0
    assert sum(shown["counts"]) == shown["totals"]["customers"] == 10
    assert sum(shown["revenue"]) == pytest.approx(shown["totals"]["revenue"])


def test_the_cards_hold_what_the_table_holds():
    now = tiering()
    for position, tier in enumerate(payload(now)["tiers"]):
        rows = now.tiers == position
        assert tier["customers"] == rows.sum()
        assert tier["revenue"] == pytest.approx(now.base.revenue[rows].sum())


def test_the_tiers_are_named_in_the_language():
    assert [
        tier["label"]
        for tier in payload(tiering(Scenario(cuts=Cuts(lines=(80.0, 50.0, 20.0)))), language="zh")["tiers"]
    ] == [
        "战略客户",
        "重要客户",
        "成长客户",
        "一般客户",
    ]


def test_an_indicator_the_file_cannot_give_says_what_it_needs():
    rows = [row for group in payload(tiering())["groups"] for row in group["indicators"]]
    satisfaction = next(row for row in rows if row["key"] == "satisfaction")
    assert not satisfaction["available"]
    assert satisfaction["reason"] == "needs a satisfaction column for customers"


def test_effective_weights_add_up_to_one():
    rows = [row for group in payload(tiering())["groups"] for row in group["indicators"]]
    assert sum(row["effective"] for row in rows if row["effective"] is not None) == pytest.approx(1)


def test_nobody_moves_against_the_same_scenario():
    assert payload(tiering())["movers"] == {"up": 0, "down": 0, "revenue": 0.0, "top": []}


def test_a_line_moved_to_the_top_moves_everybody_above_it_down_and_says_why():
    before = tiering(Scenario(cuts=Cuts(lines=(60.0, 40.0, 20.0))))
    now = tiering(Scenario(cuts=Cuts(lines=(100.0, 40.0, 20.0))))
    fell = int((before.tiers == 0).sum())
    shown = payload(now, before)["movers"]
    assert fell > 0
    assert (shown["up"], shown["down"]) == (0, fell)
    assert {move["reason"] for move in shown["top"]} == {"line moved"}
    assert {(move["from"], move["to"]) for move in shown["top"]} == {("S", "A")}


def test_a_weight_that_moves_a_customer_is_its_reason():
    weights = {"annual_revenue": 50, "tenure_days": 50}  # all began on the same day: tenure gives everybody 25 points
    lines = Cuts(lines=(80.0, 50.0, 20.0))
    before = tiering(Scenario(weights=weights, cuts=lines, goal="own"))
    now = tiering(Scenario(weights={**weights, "tenure_days": 0}, cuts=lines, goal="own"))
    reasons = [move["reason"] for move in payload(now, before)["movers"]["top"]]
    assert reasons[0] == "Annual revenue +50.0 pts"


def test_tiers_of_other_names_have_no_movers():
    assert payload(tiering(Scenario(tiers=("A", "B", "C"))), tiering())["movers"] is None


def test_shares_above_the_lines_are_of_customers_or_of_revenue():
    now = tiering(Scenario(cuts=Cuts(kind="revenue", lines=(0.5, 0.8, 0.95))))
    shown = payload(now)
    assert shown["mode"] == "revenue"
    assert all(share >= wanted for share, wanted in zip(shown["shares"], (0.5, 0.8, 0.95), strict=True))


def test_many_customers_are_not_sent_by_name():
    base = customer_base(dataset(None, customers_of(MOST_NAMES + 1)), Scenario(), None)
    now = tier_customers(base, completed(Scenario(), base))
    assert studio_names(now) is None


def test_names_come_best_score_first():
    names = studio_names(tiering())
    assert names["score"] == sorted(names["score"], reverse=True)
    assert len(names["id"]) == 10


def test_shares_are_of_all_customers_the_unscored_included():
    unknown = Scenario(weights={"gap_variation": 100}, goal="own")  # fewer than three gaps: no rhythm, no score
    shown = payload(tiering(unknown))
    scored = sum(tier["customers"] for tier in shown["tiers"])
    assert 0 < shown["totals"]["unrated"] == 10 - scored
    assert shown["totals"]["customers"] == 10


def test_what_the_data_lacks_stands_behind_what_it_tells() -> None:
    groups = payload(tiering())["groups"]
    told = [all(row["available"] for row in group["indicators"]) for group in groups]
    assert told == [True] * (len(groups) - 1) + [False]
    assert not any(row["available"] for row in groups[-1]["indicators"])
