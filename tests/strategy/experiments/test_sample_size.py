"""Sample sizes: the answers of R and of Cohen's tables."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.experiments.sample_size import (
    Rules,
    arms_of,
    customers_for_means,
    customers_for_shares,
    detectable_mean,
    detectable_share,
    power_of_means,
    power_of_shares,
)
from tiering.strategy.experiments.shares import Counts, common_effect

CASES = {
    case["name"]: case
    for case in json.loads((Path(__file__).parents[2] / "truth/sample_size.json").read_text())["cases"]
}


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("two proportions")])
def test_shares_take_as_many_as_power_prop_test_says(name):
    case = CASES[name]
    expected = case["expected"]["R power.prop.test (pooled/unpooled, RECOMMENDED)"]
    assert customers_for_shares(case["inputs"]["p1"], case["inputs"]["p2"]) / 2 == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("two means")])
def test_means_take_as_many_as_power_t_test_says(name):
    case = CASES[name]
    effect = case["inputs"]["d"]
    assert customers_for_means(effect) / 2 == pytest.approx(case["expected"]["n80 R power.t.test"], rel=1e-4)
    assert customers_for_means(effect, Rules(power=0.9)) / 2 == pytest.approx(case["expected"]["n90"], rel=1e-4)


@pytest.mark.parametrize(("effect", "customers"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_cohens_table(effect, customers):
    assert math.ceil(customers_for_means(effect) / 2) == customers


def test_the_power_of_five_hundred_an_arm():
    case = CASES["power n=500 per arm .10 vs .15"]
    assert power_of_shares((500, 500), 0.10, 0.15) == pytest.approx(case["expected"]["R"], abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.02, 0.9), st.integers(40, 2000), st.sampled_from([0.5, 0.2]))
def test_the_smallest_detectable_rise_is_seen_just_as_often_as_asked(base, customers, held_out):
    rules = Rules(held_out=held_out)
    rise = detectable_share(base, customers, rules)
    if not math.isnan(rise):
        assert power_of_shares(arms_of(customers, held_out), base, base + rise) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("customers", [10, 60, 800])
def test_the_smallest_detectable_difference_takes_just_these_customers(customers):
    assert power_of_means(arms_of(customers), detectable_mean(customers)) == pytest.approx(0.8)


@pytest.mark.parametrize("arms", [(15, 15), (48, 12), (90, 90), (400, 400), (640, 160)])
@pytest.mark.parametrize("base", [0.1, 0.5])
def test_the_power_told_is_that_of_the_test_that_reads_the_outcome(arms, base):
    rise = detectable_share(base, sum(arms), Rules(held_out=arms[1] / sum(arms)))
    chance = np.random.default_rng(5)
    treated, control = (chance.binomial(n, p, 1000) for n, p in zip(arms, (base + rise, base), strict=True))
    seen = [
        found is not None and found.p < 0.05
        for found in (
            common_effect(Counts(*(np.array([float(n)]) for n in (a, arms[0] - a, b, arms[1] - b))))
            for a, b in zip(treated, control, strict=True)
        )
    ]
    assert np.mean(seen) == pytest.approx(0.8, abs=0.04)  # three standard errors of 1,000 draws


def test_a_tier_of_thirty_shows_only_a_huge_rise():
    assert detectable_share(0.5, 30) > 0.4


def test_where_nearly_all_stay_no_rise_can_be_shown():
    assert math.isnan(detectable_share(0.95, 30))
    assert math.isnan(detectable_share(1.0, 1000))


def test_one_customer_an_arm_shows_nothing():
    assert math.isnan(detectable_mean(2))
    assert math.isnan(detectable_share(0.1, 2))


def test_more_power_takes_more_customers():
    assert customers_for_shares(0.1, 0.2, Rules(power=0.9)) > customers_for_shares(0.1, 0.2)
    assert customers_for_shares(0.1, 0.2, Rules(alpha=0.01)) > customers_for_shares(0.1, 0.2)


def test_a_huge_effect_takes_two():
    assert customers_for_means(500.0) == 4.0
