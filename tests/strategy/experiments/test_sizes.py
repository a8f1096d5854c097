"""What a tier is large enough to show: its own baseline, its own spread, its own number of customers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.strategy.tiered_customers import customers, tiering_of
from tiering.scenario.plan import Experiments
from tiering.strategy.evidence import evidence_of
from tiering.strategy.experiments.sample_size import (
    Rules,
    customers_for_means,
    customers_for_shares,
    detectable_mean,
    detectable_share,
)
from tiering.strategy.experiments.sizes import TierSize, outcomes_known, tier_sizes

AGAIN, LOST = {"recent_half_revenue": 50_000.0}, {"recent_half_revenue": 0.0}


def sizes(rows, points, outcome, **own):
    tiering = tiering_of(customers(*rows), points)
    tiering = replace(tiering, scenario=tiering.scenario.model_copy(update={"experiments": Experiments(**own)}))
    return {size.name: size for size in tier_sizes(tiering, evidence_of(tiering.base), outcome)}


def test_there_is_a_size_for_every_tier_and_one_for_all_of_them_together():
    found = sizes([AGAIN] * 6, [90.0, 90.0, 70.0, 50.0, 10.0, np.nan], "repurchase")
    assert [(name, size.customers) for name, size in found.items()] == [("S", 2), ("A", 1), ("B", 1), ("C", 1), ("", 5)]


def test_the_baseline_is_the_share_of_the_tier_who_bought_again():
    found = sizes([AGAIN] * 3 + [LOST], [90.0] * 4, "repurchase")
    assert found["S"].baseline == found[""].baseline == 0.75
    assert np.isnan(found["A"].baseline)


def test_a_share_takes_what_the_formula_says_for_its_own_baseline():
    size = sizes([AGAIN, LOST] * 100, [90.0] * 200, "repurchase", effect=0.1)["S"]
    assert size.needed == pytest.approx(customers_for_shares(0.5, 0.6))
    assert size.detectable == pytest.approx(detectable_share(0.5, 200))
    assert not size.can_show(0.1)
    assert size.can_show(0.2)


def test_where_nearly_everybody_buys_again_there_is_no_room_for_the_effect():
    size = sizes([AGAIN] * 49 + [LOST], [90.0] * 50, "repurchase", effect=0.1)["S"]
    assert size.is_saturated
    assert not size.can_show(0.1)


def test_a_mean_takes_what_the_formula_says_for_its_own_spread():
    rows = [{"annual_revenue": 100.0}, {"annual_revenue": 300.0}] * 50
    size = sizes(rows, [90.0] * 100, "revenue", effect=0.2)["S"]
    spread = np.std([100.0, 300.0] * 50, ddof=1) / 200
    assert size.baseline == 200.0
    assert size.detectable == pytest.approx(detectable_mean(100) * spread, rel=0.05)  # tried out by 1,000 draws
    assert size.needed == pytest.approx(customers_for_means(0.2 / spread))


def test_last_periods_revenue_sharpens_by_the_root_of_what_it_leaves_open():
    now, before = np.array([100.0, 200.0, 300.0, 400.0] * 10), np.array([150.0, 150.0, 350.0, 350.0] * 10)
    rows = [{"annual_revenue": a, "prior_revenue": b} for a, b in zip(now, before, strict=True)]
    size = sizes(rows, [90.0] * 40, "revenue")["S"]
    rho = np.corrcoef(now, before)[0, 1]
    assert size.sharpened == pytest.approx(size.detectable * np.sqrt(1 - rho**2), rel=0.05)


def test_a_revenue_before_that_is_not_known_of_all_sharpens_nothing():
    rows = [{"annual_revenue": 100.0 * k, "prior_revenue": None if k == 3 else 1.0 * k} for k in range(1, 9)]
    assert np.isnan(sizes(rows, [90.0] * 8, "revenue")["S"].sharpened)


def test_who_does_not_buy_is_not_in_a_test():
    found = sizes([AGAIN, AGAIN, {"annual_revenue": 0.0}], [90.0] * 3, "repurchase")
    assert found["S"].customers == 2


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_tier_of_up_to_two_customers_shows_no_mean(number):
    size = sizes([{}] * 3, [90.0] * number + [50.0] * (3 - number), "revenue")["S"]
    assert (size.customers, np.isnan(size.detectable), np.isnan(size.needed)) == (number, True, True)
    assert not size.can_show(0.1)


def test_equal_revenues_show_any_difference_and_the_sharper_figure_decides():
    assert TierSize("S", 80, 100.0, 0.3, 0.05, 40.0).can_show(0.1)
    assert not TierSize("S", 80, 100.0, 0.3, np.nan, 400.0).can_show(0.1)
    assert not TierSize("S", 80, 100.0, 0.05, np.nan, np.nan).can_show(0.1)


def test_more_power_and_fewer_false_alarms_take_more():
    rows, points = [AGAIN, LOST] * 100, [90.0] * 200
    usual, strict = (sizes(rows, points, "repurchase", **own)["S"] for own in ({}, {"alpha": 0.01, "power": 0.9}))
    assert strict.needed > usual.needed
    assert strict.detectable > usual.detectable
    assert strict.needed == pytest.approx(customers_for_shares(0.5, 0.6, Rules(0.01, 0.9)))


@pytest.mark.parametrize(
    ("absent", "known"),
    [([], ("repurchase", "revenue")), (["earlier_half_revenue"], ("revenue",)), (["annual_revenue"], ("repurchase",))],
)
def test_only_outcomes_the_data_tells_are_offered(absent, known):
    tiering = tiering_of(customers({}, {}).drop(columns=absent), [90.0, 50.0])
    assert outcomes_known(evidence_of(tiering.base)) == known


def test_a_hold_out_of_a_fifth_has_arms_of_four_to_one_and_takes_more_customers():
    rows, points = [AGAIN, LOST] * 50, [90.0] * 100
    half, fifth = (sizes(rows, points, "repurchase", held_out=share)["S"] for share in (0.5, 0.2))
    assert (half.arms, fifth.arms) == ((50, 50), (80, 20))
    assert fifth.needed > half.needed
    assert fifth.detectable > half.detectable
