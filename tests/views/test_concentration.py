"""What is left when customers go."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.concentration import biggest, loss_of, riskiest

REVENUE = np.array([500.0, 300.0, 100.0, 60.0, 40.0, 0.0, -20.0])
TIERS = np.array([0, 0, 1, 1, 1, 2, 3], dtype=np.int8)


def test_losing_the_biggest_of_1000_at_500_halves_the_revenue() -> None:
    loss = loss_of(biggest(REVENUE, 1), REVENUE, TIERS)
    assert (loss.rows.tolist(), loss.lost, loss.left, loss.lost_share) == ([0], 500.0, 500.0, 0.5)
    assert loss.effective == pytest.approx(1 / (0.6**2 + 0.2**2 + 0.12**2 + 0.08**2))


def test_upgrades_start_where_they_bring_most() -> None:
    # The first tier's median is 400: the three of the second would add 360, 340 and 300.
    assert loss_of(biggest(REVENUE, 1), REVENUE, TIERS).upgrades == 2
    assert loss_of(biggest(REVENUE, 2), REVENUE, TIERS).upgrades == 3
    assert loss_of(np.array([1]), REVENUE, TIERS).upgrades == 1


def test_a_second_tier_that_cannot_replace_the_loss_is_said() -> None:
    assert loss_of(biggest(REVENUE, 1), REVENUE, np.array([0, 3, 3, 3, 1, 3, 3], dtype=np.int8)).upgrades is None
    assert loss_of(biggest(REVENUE, 1), REVENUE, np.zeros(7, dtype=np.int8)).upgrades is None


def test_the_riskiest_are_of_the_top_tier_and_known() -> None:
    risk = np.array([0.2, np.nan, 0.9, 0.5, 0.2, 0.99, 0.1])
    tiers = np.array([0, 0, 1, 0, 0, 0, 0], dtype=np.int8)
    assert riskiest(tiers, risk, REVENUE, 3).tolist() == [5, 3, 0]


def test_losing_everybody_leaves_nothing() -> None:
    loss = loss_of(np.arange(7), REVENUE, TIERS)
    assert (loss.left, loss.lost_share) == (0.0, 1.0)
    assert math.isnan(loss.effective)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-50, 10**6), min_size=1, max_size=40), st.integers(1, 10))
def test_lost_and_left_are_the_whole_and_more_lost_is_never_less(values: list[int], count: int) -> None:
    revenue, tiers = np.array(values, dtype=float), np.zeros(len(values), dtype=np.int8)
    one, more = (loss_of(biggest(revenue, n), revenue, tiers) for n in (count, count + 1))
    assert one.lost + one.left == pytest.approx(np.maximum(revenue, 0).sum())
    assert more.lost >= one.lost
