"""The overdue alarm: how unusual a silence is by the customer's own rhythm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.strategy.rhythm import AMBER, RED, silence_tails


def tail(order_days: list[int], now: int) -> float:
    gaps = np.diff(order_days)
    one = (np.array([float(x)]) for x in (gaps.size, gaps.mean(), gaps.std(ddof=1), now - order_days[-1]))
    return float(silence_tails(*one)[0])


MONTHLY = [0, 30, 61, 90, 120, 150, 182, 210, 240, 271, 301, 330]
FORTNIGHTLY = [0, 14, 29, 42, 56, 72, 84, 98, 113, 127, 140, 154]
QUARTERLY = [0, 90, 182, 273, 361, 450, 543, 633, 724, 816, 906, 997]
IRREGULAR = [0, 5, 65, 67, 157, 158, 172, 242, 245, 253, 373, 413]
BURSTS = [0, 1, 3, 53, 54, 57, 137, 139, 140, 200, 202, 203]


@pytest.mark.parametrize(
    ("order_days", "now", "expected"),
    [
        (MONTHLY, 345, 0.999993046694752),
        (MONTHLY, 375, 0.000903932042354018),
        (FORTNIGHTLY, 175, 0.000903932042354019),
        (QUARTERLY, 1043, 0.999989789634023),
        (QUARTERLY, 1133, 0.00089563030265523),
    ],
)
def test_regular_buyers_get_the_tail_of_a_gamma_of_shape_fifty(order_days, now, expected):
    assert tail(order_days, now) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("order_days", "now", "likelihood_fit"),
    [(IRREGULAR, 420, 0.7259), (IRREGULAR, 434, 0.4947), (BURSTS, 204, 0.7755), (BURSTS, 206, 0.6460)],
)
def test_moments_come_near_the_maximum_likelihood_shape_for_irregular_buyers(order_days, now, likelihood_fit):
    assert tail(order_days, now) == pytest.approx(likelihood_fit, abs=0.11)


def test_a_regular_buyer_is_called_at_one_and_a_half_gaps_and_an_irregular_one_is_not():
    assert tail(MONTHLY, 330 + 45) < RED
    assert tail(IRREGULAR, 413 + 56) > AMBER


def test_an_exponential_buyer_follows_the_exponential_law():
    tails = silence_tails(np.array([9.0]), np.array([20.0]), np.array([20.0]), np.array([40.0]))
    assert tails[0] == pytest.approx(np.exp(-2))


def test_gaps_that_never_vary_are_capped_rather_than_certain():
    tails = silence_tails(np.array([5.0]), np.array([30.0]), np.array([0.0]), np.array([33.0]))
    assert RED < tails[0] < 0.5


@pytest.mark.parametrize(
    ("gaps", "mean", "silent"),
    [(2.0, 30.0, 90.0), (0.0, np.nan, 90.0), (5.0, 0.0, 90.0), (5.0, 30.0, np.nan), (np.nan, 30.0, 9.0)],
)
def test_nothing_is_told_of_a_rhythm_that_is_not_there(gaps, mean, silent):
    tails = silence_tails(np.array([gaps]), np.array([mean]), np.array([10.0]), np.array([silent]))
    assert np.isnan(tails[0])


@settings(deadline=None)
@given(
    mean=st.floats(1, 400),
    variation=st.floats(0.05, 3),
    silences=st.lists(st.floats(0, 1500), min_size=2, max_size=20),
)
def test_a_longer_silence_is_never_less_alarming(mean, variation, silences):
    silences = np.sort(np.array(silences))
    same = np.ones(silences.size)
    tails = silence_tails(same * 8, same * mean, same * mean * variation, silences)
    assert ((tails >= 0) & (tails <= 1)).all()
    assert (np.diff(tails) <= 1e-12).all()


@settings(deadline=None)
@given(st.floats(0.1, 50))
def test_the_tail_is_free_of_the_unit_of_time(factor):
    gaps, days = np.array([8.0]), np.array([[20.0], [9.0], [33.0]])
    one, other = silence_tails(gaps, *days), silence_tails(gaps, *(days * factor))
    assert other[0] == pytest.approx(one[0], rel=1e-9)
