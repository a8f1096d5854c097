"""KPIs: baselines a person can check, targets by a customary step, and reasons where there is none."""

from dataclasses import replace

import pytest
from pydantic import ValidationError
from tiered_customers import customers, tiering_of

from tiering.scenario.plan import Playbooks
from tiering.strategy.evidence import evidence_of
from tiering.strategy.kpis import MEASURES, tier_kpis


def kpi(key, table, points=None, tier=1):
    tiering = tiering_of(table, points or [70.0] * len(table))
    return tier_kpis(tiering, evidence_of(tiering.base), tier, (key,))[0]


def halves(earlier, recent):
    return {"earlier_half_revenue": earlier, "recent_half_revenue": recent}


def test_repurchase_is_the_share_of_the_first_half_that_bought_again():
    found = kpi("repurchase_rate", customers(halves(10, 5), halves(10, 0), halves(10, 7), halves(10, 0), halves(0, 9)))
    assert (found.baseline, found.known) == (0.5, 4)
    assert found.target == pytest.approx(0.575)


def test_a_half_with_returns_only_is_not_a_purchase():
    assert kpi("repurchase_rate", customers(halves(10, -3), halves(10, 3))).baseline == 0.5


def test_active_is_an_order_in_the_last_quarter_of_a_year():
    table = customers(*({"recency_days": days} for days in (0.0, 90.0, 91.0, 300.0)))
    found = kpi("active_share", table)
    assert (found.baseline, found.target) == (0.5, pytest.approx(0.575))


def test_overdue_counts_only_customers_with_a_rhythm():
    late = {"recency_days": 60.0}
    found = kpi("overdue_share", customers(late, {}, {}, {}, late | {"gaps": 2}))
    assert (found.baseline, found.known, found.target) == (0.25, 4, pytest.approx(0.2125))


def test_average_revenue_adds_up_to_the_tiers_total():
    table = customers({"annual_revenue": 300.0}, {"annual_revenue": 100.0}, {"annual_revenue": 80.0})
    found = kpi("average_revenue", table, [70.0, 70.0, 50.0])
    assert found.baseline * found.known == 400.0
    assert found.target == pytest.approx(220.0)


def test_satisfaction_is_the_mean_of_those_who_gave_a_score():
    found = kpi("satisfaction", customers({"satisfaction": 3.0}, {"satisfaction": 4.0}, {"satisfaction": None}))
    assert (found.baseline, found.known, found.target) == (3.5, 2, pytest.approx(3.85))


def test_the_satisfaction_target_stops_at_the_top_of_the_scale():
    assert kpi("satisfaction", customers({"satisfaction": 4.8})).target == 5.0


def test_the_margin_rate_is_that_of_the_tier_and_not_the_mean_of_rates():
    big = {"margin": 200.0, "annual_gross": 1000.0, "annual_returns": 0.0, "margin_rate": 0.2}
    small = {"margin": 50.0, "annual_gross": 110.0, "annual_returns": 10.0, "margin_rate": 0.5}
    found = kpi("margin_rate", customers(big, small))
    assert found.baseline == pytest.approx(250 / 1100)
    assert found.target == pytest.approx(250 / 1100 + 0.02)


def test_customers_whose_costs_are_incomplete_count_neither_above_nor_below_the_line():
    known = {"margin": 200.0, "annual_gross": 1000.0, "annual_returns": 0.0}
    assert kpi("margin_rate", customers(known, known | {"margin": None})).baseline == pytest.approx(0.2)


def test_a_margin_rate_column_alone_gives_its_mean():
    table = customers({"margin_rate": 0.2}, {"margin_rate": 0.4}).drop(columns="margin")
    assert kpi("margin_rate", table).baseline == pytest.approx(0.3)


def test_returns_are_returned_money_over_gross_sales():
    table = customers({"annual_gross": 900.0, "annual_returns": 90.0}, {"annual_gross": 100.0, "annual_returns": 0.0})
    found = kpi("returns_share", table)
    assert (found.baseline, found.target) == (0.09, pytest.approx(0.0765))


def test_a_returns_column_of_a_customers_file_gives_its_mean():
    table = customers({"returns_share": 0.1}, {"returns_share": 0.3}).drop(columns=["annual_gross", "annual_returns"])
    assert kpi("returns_share", table).baseline == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("key", "absent", "need"),
    [
        ("repurchase_rate", "earlier_half_revenue", "two_halves"),
        ("active_share", "recency_days", "orders"),
        ("overdue_share", "gaps", "three_gaps"),
        ("average_revenue", "annual_revenue", "amount"),
        ("satisfaction", "satisfaction", "satisfaction"),
        ("returns_share", "returns_share", "orders"),
    ],
)
def test_a_measure_without_its_column_says_what_it_needs(key, absent, need):
    found = kpi(key, customers({}, {}).drop(columns=absent))
    assert (found.baseline, found.target, found.known, found.need) == (None, None, 0, need)


def test_a_margin_needs_costs():
    assert kpi("margin_rate", customers({}).drop(columns=["margin", "margin_rate"])).need == "cost"


@pytest.mark.parametrize("key", list(MEASURES))
def test_an_empty_tier_has_no_baseline_and_no_zero(key):
    found = kpi(key, customers({}, {}), [70.0, 70.0], tier=0)
    assert (found.baseline, found.target, found.need) == (None, None, "nobody_known")


@pytest.mark.parametrize("key", ["repurchase_rate", "active_share", "overdue_share", "margin_rate", "returns_share"])
def test_shares_and_their_targets_stay_within_the_whole(key):
    extreme = customers({"margin": 1000.0, "annual_gross": 1000.0, "annual_returns": 0.0, "margin_rate": 1.0})
    found = kpi(key, extreme)
    assert 0 <= found.baseline <= 1
    assert 0 <= found.target <= 1


def test_kpis_come_in_the_order_asked_for():
    tiering = tiering_of(customers({}), [70.0])
    keys = ("satisfaction", "active_share", "margin_rate")
    assert tuple(k.key for k in tier_kpis(tiering, evidence_of(tiering.base), 1, keys)) == keys


def with_targets(targets, *rows):
    tiering = tiering_of(customers(*rows), [70.0] * len(rows))
    books = Playbooks(targets=targets)
    return replace(tiering, scenario=tiering.scenario.model_copy(update={"playbooks": books}))


def told(tiering, tier, *keys):
    return [(kpi.key, kpi.target) for kpi in tier_kpis(tiering, evidence_of(tiering.base), tier, keys)]


def test_a_target_that_was_set_stands_in_for_the_customary_one_of_its_tier_and_measure():
    tiering = with_targets({"A": {"satisfaction": 4.2}}, {}, {})
    assert told(tiering, 1, "satisfaction", "average_revenue") == [
        ("satisfaction", 4.2),
        ("average_revenue", pytest.approx(110_000)),
    ]


def test_a_target_without_a_baseline_to_start_from_is_not_shown():
    tiering = with_targets({"S": {"satisfaction": 4.9}, "A": {"satisfaction": 4.9}}, {"satisfaction": None})
    assert told(tiering, 0, "satisfaction") == [("satisfaction", None)]
    assert told(tiering, 1, "satisfaction") == [("satisfaction", None)]


def test_a_target_below_nothing_is_refused():
    with pytest.raises(ValidationError):
        Playbooks(targets={"S": {"margin_rate": -0.1}})
