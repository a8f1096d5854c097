"""Advice per tier: playbook, staff, KPIs and the recommendations with most at stake."""

import pytest
from tiered_customers import FOUR, customers, tiering_of

from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import recommendations
from tiering.strategy.tier_advice import MOST_PER_TIER, advice

LATE = {"recency_days": 60.0}
GONE = {"annual_orders": 0, "annual_revenue": 0.0, "recency_days": 400.0}


@pytest.fixture
def troubled_top():
    """Nine customers in the top tier but one, with seven kinds of trouble between them, and one lost below."""
    troubles = (
        {"credit": "C"}, LATE, {"satisfaction": 1.0}, {"recency_days": 42.0}, {"tenure_days": 10.0, "gaps": 0},
        {"margin_rate": 0.05}, {"categories": 1.0}, {}, {}, GONE,
    )  # fmt: skip
    return tiering_of(customers(*troubles), [90.0] * 9 + [10.0])


def test_there_is_advice_for_every_tier_of_the_scheme_top_first():
    found = advice(tiering_of(customers({}, {}), [90.0, 30.0]))
    assert [(part.tier, part.name, part.playbook.role) for part in found] == [
        (0, "S", "top"),
        (1, "A", "upper"),
        (2, "B", "middle"),
        (3, "C", "base"),
    ]


def test_own_tier_names_are_kept():
    found = advice(tiering_of(customers({}), [90.0], ("战略", "普通")))
    assert [part.name for part in found] == ["战略", "普通"]


@pytest.mark.parametrize(("customers_in_top", "people"), [(0, 0), (1, 1), (8, 1), (9, 2), (16, 2)])
def test_staff_is_customers_over_the_ratio_with_the_last_one_counted_whole(customers_in_top, people):
    found = advice(tiering_of(customers(*[{}] * 20), [90.0] * customers_in_top + [30.0] * (20 - customers_in_top)))
    assert (found[0].customers, found[0].staff) == (customers_in_top, people)


def test_a_card_holds_the_five_recommendations_with_most_at_stake_and_counts_the_rest(troubled_top):
    top = advice(troubled_top)[0]
    everything = [part for part in recommendations(troubled_top) if part.tier == 0]
    assert len(everything) == 7
    assert [p.kind for p in top.recommendations] == [p.kind for p in everything[:MOST_PER_TIER]]
    assert top.more == 2


def test_each_tiers_recommendations_are_its_own(troubled_top):
    base = advice(troubled_top)[3]
    assert [(part.kind, part.rows.tolist()) for part in base.recommendations] == [("win_back", [9])]


def test_a_tier_without_customers_still_has_its_playbook():
    empty = advice(tiering_of(customers({}), [90.0]))[1]
    assert (empty.customers, empty.recommendations, empty.more) == (0, (), 0)
    assert empty.kpis == ()


def test_advice_follows_the_tiers():
    table = customers(LATE | {"annual_revenue": 10_000.0}, {})
    before, after = (advice(tiering_of(table, [points, 90.0])) for points in (70.0, 50.0))
    assert [part.kind for part in before[1].recommendations] == ["protect"]
    assert [part.kind for part in after[2].recommendations] == ["remind"]


def test_the_goal_leads_the_kpis():
    table = customers({}, {"recent_half_revenue": 0.0})
    assert advice(tiering_of(table, [90.0] * 2, goal="profitability"))[0].kpis[0].key == "margin_rate"
    assert advice(tiering_of(table, [90.0] * 2, goal="retention"))[0].kpis[0].key == "repurchase_rate"


def test_customers_without_a_score_are_no_part_of_a_tiers_advice():
    tiering = tiering_of(customers(GONE, LATE), [float("nan"), 90.0], FOUR)
    assert all(part.tier < 4 for one in advice(tiering) for part in one.recommendations)


def test_customers_by_tier_add_up_to_all_of_them(troubled_top):
    assert sum(part.customers for part in advice(troubled_top)) == 10


def test_the_same_tiers_give_the_same_advice_with_evidence_kept(troubled_top):
    kept = evidence_of(troubled_top.base)
    for one, other in zip(advice(troubled_top), advice(troubled_top, kept), strict=True):
        assert one.kpis == other.kpis
        assert [p.named for p in one.recommendations] == [p.named for p in other.recommendations]
