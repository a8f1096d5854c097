"""Recommendations: customers, money and reasons, reproducible by hand from the customer's figures."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiered_customers import FOUR, customers, only, tiering_of

from tiering.strategy.evidence import evidence_of
from tiering.strategy.recommend import kinds_unavailable, recommendations
from tiering.strategy.rules import RULES

LATE = {"recency_days": 60.0}


def test_the_overdue_customers_of_a_tier_are_one_recommendation_biggest_first():
    table = customers(
        LATE | {"annual_revenue": 300_000.0, "customer_name": "Haike"},
        {"annual_revenue": 250_000.0},
        LATE | {"annual_revenue": 200_000.0, "customer_name": "Ruitai", "gap_mean_days": 28.0},
    )
    part = only(recommendations(tiering_of(table, [90.0, 90.0, 90.0])))
    assert (part.kind, part.tier, part.rows.tolist(), part.money) == ("protect", 0, [0, 2], 500_000.0)
    assert [(named.name, named.facts) for named in part.named] == [
        ("Haike", {"days": 60.0, "usual": 30.0}),
        ("Ruitai", {"days": 60.0, "usual": 28.0}),
    ]


def test_lost_customers_are_worth_what_they_bought_in_the_window_before():
    gone = {"annual_orders": 0, "annual_revenue": 0.0, "recency_days": 400.0}
    table = customers({}, gone | {"prior_revenue": 40_000.0}, gone | {"prior_revenue": 90_000.0})
    part = only(recommendations(tiering_of(table, [30.0, 30.0, 30.0])))
    assert (part.kind, part.money, part.basis) == ("win_back", 130_000.0, "prior_revenue")
    assert part.rows.tolist() == [2, 1]


def test_without_a_window_before_they_are_worth_their_annual_revenue_and_it_says_so():
    table = customers({"recency_days": 500.0, "annual_orders": 0}).drop(columns="prior_revenue")
    part = only(recommendations(tiering_of(table, [30.0])))
    assert (part.money, part.basis) == (100_000.0, "annual_revenue")


def test_a_low_margin_is_worth_what_it_lacks_to_the_usual_rate():
    thin = {"annual_revenue": 500_000.0, "margin_rate": 0.12}
    table = customers(thin, {}, {})
    part = only(recommendations(tiering_of(table, [90.0, 70.0, 50.0])))
    assert (part.kind, part.basis, part.facts) == ("right_size", "margin_gap", {"usual_rate": 0.30})
    assert part.money == pytest.approx((0.30 - 0.12) * 500_000)
    assert part.named[0].facts == {"rate": 0.12}


def test_thin_margins_are_ordered_by_what_they_cost_and_not_by_revenue():
    table = customers(
        {"annual_revenue": 200_000.0, "margin_rate": 0.20},
        {"annual_revenue": 150_000.0, "margin_rate": 0.05},
        *[{} for _ in range(5)],
    )
    part = only(recommendations(tiering_of(table, [90.0, 90.0, *[50.0] * 5])))
    assert part.rows.tolist() == [1, 0]


def test_who_is_near_the_line_is_told_how_many_points_are_missing():
    part = only(recommendations(tiering_of(customers({}, {}), [57.9, 50.0])))
    assert (part.kind, part.tier, part.facts) == ("grow", 2, {"reach": 3.0})
    assert part.named[0].facts == {"points": pytest.approx(2.1)}


def test_a_complaint_names_the_score_and_its_scale_or_the_share_returned():
    table = customers({"satisfaction": 4.0}, {"returns_share": 0.25}, {"satisfaction": 9.0})
    part = only(recommendations(tiering_of(table, [50.0, 50.0, 50.0])))
    assert [(named.reason, named.facts) for named in part.named] == [
        ("satisfaction", {"score": 4.0, "top": 10.0}),
        ("satisfaction", {"score": 4.0, "top": 10.0}),
    ]
    alone = only(recommendations(tiering_of(customers({"returns_share": 0.25}), [50.0])))
    assert (alone.named[0].reason, alone.named[0].facts) == ("returns", {"share": 0.25})


def test_weak_credit_is_shown_in_the_words_of_the_file():
    part = only(recommendations(tiering_of(customers({"credit": "ccc"}, {}), [90.0, 50.0])))
    assert part.named[0].facts == {"grade": "ccc"}


def test_a_single_category_is_named_when_the_file_names_it():
    table = customers({"categories": 1.0, "top_category": "Pumps"}, {}, {})
    part = only(recommendations(tiering_of(table, [50.0] * 3)))
    assert (part.named[0].reason, part.named[0].facts, part.facts) == (
        "category",
        {"category": "Pumps"},
        {"usual_categories": 4.0},
    )
    unnamed = only(recommendations(tiering_of(table.drop(columns="top_category"), [50.0] * 3)))
    assert unnamed.named[0].reason == "one_category"


@pytest.mark.parametrize("name", [None, "", "  ", float("nan")])
def test_a_customer_without_a_name_goes_by_its_number(name):
    part = only(recommendations(tiering_of(customers(LATE | {"customer_name": name}), [90.0])))
    assert part.named[0].name == "C00"


def test_customers_without_names_go_by_their_numbers():
    part = only(recommendations(tiering_of(customers(LATE).drop(columns="customer_name"), [90.0])))
    assert part.named[0].name == "C00"


def test_three_are_named_and_all_are_listed():
    part = only(recommendations(tiering_of(customers(*[LATE] * 7), [90.0] * 7)))
    assert (len(part.named), len(part.rows)) == (3, 7)


def test_customers_without_a_score_stand_beyond_the_last_tier():
    gone = {"annual_orders": 0, "annual_revenue": 0.0, "recency_days": 400.0}
    part = only(recommendations(tiering_of(customers(gone), [float("nan")])))
    assert part.tier == 4


def test_evidence_kept_between_two_tierings_gives_the_same_answer():
    tiering = tiering_of(customers(LATE, {"satisfaction": 1.0}, {}), [90.0, 50.0, 30.0])
    kept = evidence_of(tiering.base)
    assert [part.money for part in recommendations(tiering, kept)] == [part.money for part in recommendations(tiering)]


def a_customer():
    return st.fixed_dictionaries(
        {
            "annual_revenue": st.sampled_from([-500.0, 0.0, 2_000.0, 50_000.0, 400_000.0]),
            "prior_revenue": st.sampled_from([0.0, 30_000.0]),
            "annual_orders": st.sampled_from([0, 1, 12, None]),
            "recency_days": st.sampled_from([5.0, 42.0, 60.0, 400.0, None]),
            "tenure_days": st.sampled_from([30.0, 900.0, None]),
            "gaps": st.sampled_from([0, 2, 12]),
            "categories": st.sampled_from([1.0, 4.0, None]),
            "growth": st.sampled_from([-0.4, 0.8, None]),
            "returns_share": st.sampled_from([0.0, 0.3, None]),
            "satisfaction": st.sampled_from([1.0, 4.0, None]),
            "credit": st.sampled_from(["AAA", "C", None]),
            "margin_rate": st.sampled_from([0.05, 0.3, None]),
        }
    )


SCORES = st.sampled_from([95.0, 79.0, 65.0, 58.5, 50.0, 20.0, float("nan")])
bases = st.lists(st.tuples(a_customer(), SCORES), min_size=1, max_size=12)


def tiered(drawn, **columns):
    drawn = sorted(drawn, key=lambda pair: -pair[0]["annual_revenue"])
    table = customers(*(changes for changes, _ in drawn))
    table = table.assign(**{key: change(table[key]) for key, change in columns.items()})
    return tiering_of(table, [points for _, points in drawn])


@settings(max_examples=25, deadline=None)
@given(bases)
def test_no_customer_is_in_two_recommendations(drawn):
    found = recommendations(tiered(drawn))
    rows = np.concatenate([part.rows for part in found]) if found else np.array([])
    assert len(rows) == len(set(rows.tolist()))


@settings(max_examples=25, deadline=None)
@given(bases)
def test_each_recommendation_stays_in_one_tier_and_they_are_ordered_by_money(drawn):
    tiering = tiered(drawn)
    found = recommendations(tiering)
    assert all((tiering.tiers[part.rows] == part.tier).all() for part in found)
    assert all(part.money > 0 and len(part.rows) and part.tier <= len(FOUR) for part in found)
    assert [part.money for part in found] == sorted((part.money for part in found), reverse=True)


@settings(max_examples=15, deadline=None)
@given(bases, st.sampled_from([1e-4, 1e4]))
def test_the_currency_unit_changes_the_money_and_nothing_else(drawn, factor):
    money = ("annual_revenue", "prior_revenue")
    here = recommendations(tiered(drawn))
    there = recommendations(tiered(drawn, **dict.fromkeys(money, lambda column: column * factor)))
    assert {(p.kind, p.tier, tuple(p.rows)) for p in here} == {(p.kind, p.tier, tuple(p.rows)) for p in there}
    assert sorted(p.money * factor for p in here) == pytest.approx(sorted(p.money for p in there))


@settings(max_examples=15, deadline=None)
@given(bases, st.sampled_from(["credit", "growth", "categories", "margin_rate", "gaps", "recency_days"]))
def test_a_kind_the_data_cannot_support_is_never_recommended(drawn, absent):
    whole = tiered(drawn)
    base = replace(whole.base, customers=whole.base.customers.drop(columns=absent))
    tiering = replace(whole, base=base)
    told = kinds_unavailable(evidence_of(tiering.base))
    assert not {part.kind for part in recommendations(tiering)} & set(told)


def test_every_kind_can_occur():
    gone = {"annual_orders": 0, "annual_revenue": 0.0, "recency_days": 400.0}
    table = customers(
        {"credit": "C"}, LATE, {"recency_days": 42.0}, {"margin_rate": 0.1}, {},
        {"satisfaction": 1.0}, {"tenure_days": 20.0, "gaps": 0}, {}, {"growth": 0.9}, {"categories": 1.0}, {}, {},
        LATE | {"annual_revenue": 9_000.0}, gone, {"wallet_share": 0.1},
    )  # fmt: skip
    points = [90.0, 90.0, 90.0, 90.0, 90.0, 50.0, 50.0, 58.0, 50.0, 50.0, 50.0, 50.0, 30.0, 30.0, 70.0]
    found = recommendations(tiering_of(table, points))
    assert {part.kind for part in found} == {rule.kind for rule in RULES}
