"""What holds for survival, value over the years, renewals and money at stake, whatever the customers did."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tiering.movement.at_risk import call_order, risk_by_tier
from tiering.movement.lifetime_value import Assumptions, lifetime_value, value_of_states, yearly_discount
from tiering.movement.retention import MONTHS_AHEAD, month_of, renewal_calendar, retained_revenue
from tiering.movement.survival import kaplan_meier, median_months

lives = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=40)
cents = st.integers(0, 10**7).map(lambda cent: cent / 100)
quiet = settings(max_examples=40, deadline=None)


def curve_of(seen) -> object:
    months, ended = zip(*seen, strict=True)
    return kaplan_meier(np.array(months, float), np.array(ended))


@quiet
@given(lives)
def test_survival_starts_below_one_and_never_rises(seen) -> None:
    survival = curve_of(seen)["survival"].to_numpy()
    assert ((survival >= 0) & (survival <= 1)).all()
    assert (np.diff(survival) <= 1e-12).all()


@quiet
@given(lives, st.randoms(use_true_random=False))
def test_the_order_of_customers_changes_no_curve(seen, chance) -> None:
    turned = list(seen)
    chance.shuffle(turned)
    assert curve_of(turned).equals(curve_of(seen))


@quiet
@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_where_all_have_ended_survival_is_the_plain_share_that_lasted_longer(months) -> None:
    curve = curve_of([(month, True) for month in months])
    plain = [np.mean(np.array(months) > month) for month in curve["months"]]
    assert curve["survival"].tolist() == pytest.approx(plain)


@quiet
@given(lives)
def test_a_customer_who_goes_on_longer_never_shortens_the_relations(seen) -> None:
    longer = curve_of([*seen, (61, False)])
    assert (longer["survival"].to_numpy()[:-1] >= curve_of(seen)["survival"].to_numpy() - 1e-12).all()
    assert not median_months(longer) < median_months(curve_of(seen))


@quiet
@given(cents, st.floats(0, 1), st.floats(0.01, 0.5), st.integers(1, 19))
def test_more_years_more_kept_and_less_discount_are_never_worth_less(margin, kept, discount, years) -> None:
    def worth(share: float, rate: float, number: int) -> float:
        return float(lifetime_value(np.array([margin]), np.array([share]), Assumptions(rate, number))[0])

    usual = worth(kept, discount, years)
    assert usual >= margin - 1e-9
    assert worth(kept, discount, years + 1) >= usual - 1e-9
    assert worth(min(1.0, kept + 0.1), discount, years) >= usual - 1e-9
    assert worth(kept, discount + 0.1, years) <= usual + 1e-9


@quiet
@given(
    arrays.arrays(np.float64, (3, 3), elements=st.integers(1, 20).map(float)),
    arrays.arrays(np.float64, (2, 3), elements=st.integers(-100, 100).map(float)),
    st.floats(0.01, 0.5),
)
def test_the_value_of_two_rewards_is_the_sum_of_their_values(counts, rewards, discount) -> None:
    rates = counts / counts.sum(axis=1, keepdims=True)
    together = value_of_states(rates, rewards.sum(axis=0), discount)
    apart = sum(value_of_states(rates, reward, discount) for reward in rewards)
    assert together == pytest.approx(apart, abs=1e-6)
    # worth now is the reward now and, discounted, what the next state is worth
    assert together == pytest.approx(rewards.sum(axis=0) + rates @ together / (1 + discount), abs=1e-6)


@quiet
@given(st.floats(0.01, 0.5))
def test_four_quarters_of_discount_are_a_year(discount) -> None:
    assert (1 + yearly_discount(discount, 3)) ** 4 == pytest.approx(1 + discount)


@quiet
@given(st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2027, 12, 31)), cents), min_size=1, max_size=30))
def test_every_contract_of_the_next_twelve_months_stands_in_one_month(contracts) -> None:
    ends, money = zip(*contracts, strict=True)
    as_of = date(2025, 6, 15)
    place = month_of(np.array(ends, "datetime64[D]"), as_of)
    calendar = renewal_calendar(place, np.array(money), as_of)
    shown = place <= MONTHS_AHEAD
    assert calendar["customers"].sum() == shown.sum()
    assert calendar["revenue"].sum() == pytest.approx(np.array(money)[shown].sum())
    assert ((place == -1) == [end < as_of for end in ends]).all()


@quiet
@given(st.lists(st.tuples(cents, cents, st.booleans()), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_kept_money_adds_up_and_does_not_mind_the_order_of_customers(customers, chance) -> None:
    def found(rows):
        before, after, gone = zip(*rows, strict=True)
        return retained_revenue(np.array(before), np.array(after), np.array(gone))

    turned = list(customers)
    chance.shuffle(turned)
    kept, again = found(customers), found(turned)
    left = sum(0.0 if gone else after for before, after, gone in customers if before > 0)
    assert kept.start + kept.expansion - kept.contraction - kept.churned == pytest.approx(left, abs=1e-4)
    assert (kept.kept, kept.start) == (again.kept, pytest.approx(again.start))
    assert min(kept.expansion, kept.contraction, kept.churned) >= 0


@quiet
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1000), cents, st.integers(0, 2)), min_size=1, max_size=30),
)
def test_the_call_list_falls_by_money_and_the_tiers_hold_all_that_is_at_risk(customers) -> None:
    level, tail, worth, tier = (np.array(column) for column in zip(*customers, strict=True))
    rows, stake = call_order(level.astype(np.int8), tail / 1000, worth)
    assert sorted(rows.tolist()) == np.flatnonzero(level > 0).tolist()
    assert (np.diff(stake) <= 0).all()
    assert (stake <= worth[rows] + 1e-9).all()
    table = risk_by_tier(level.astype(np.int8), worth, tier.astype(np.int8), 3)
    assert table["red"].sum() + table["amber"].sum() == rows.size
    assert table["red_revenue"].sum() + table["amber_revenue"].sum() == pytest.approx(worth[rows].sum())
    assert ((table["risk_share"] >= 0) & (table["risk_share"] <= 1 + 1e-9)).all()
