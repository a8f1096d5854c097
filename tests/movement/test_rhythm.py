"""The overdue alarm: how unusual a silence is by the customer's own rhythm."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.movement.rhythm import AMBER, RED, gamma_shape, silence_tails
from tiering.movement.warning import group_median

TRUTH = Path(__file__).parents[1] / "truth"
PUBLISHED = json.loads((TRUTH / "silence_tails.json").read_text(encoding="utf-8"))["cases"]
REGULARITY = json.loads((TRUTH / "purchase_regularity.json").read_text(encoding="utf-8"))
MONTHLY = [0, 30, 61, 90, 120, 150, 182, 210, 240, 271, 301, 330]
IRREGULAR = [0, 5, 65, 67, 157, 158, 172, 242, 245, 253, 373, 413]


def tail(order_days: list[int], now: int) -> float:
    gaps = np.diff(order_days)
    figures = (gaps.size, gaps.mean(), np.log(gaps).mean(), now - order_days[-1])
    return float(silence_tails(*(np.array([float(figure)]) for figure in figures))[0])


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_tail_is_that_of_the_published_alarm(case) -> None:
    assert tail(case["order_days"], case["now"]) == pytest.approx(case["tail"], rel=1e-6)


@pytest.mark.parametrize("case", REGULARITY["cases"])
def test_regularity_is_that_of_the_published_shape(case) -> None:
    gaps = np.diff(case["order_days"])
    shape = gamma_shape(np.array([gaps.mean()]), np.array([np.log(gaps).mean()]))
    assert shape[0] == pytest.approx(case["shape"], rel=1e-3)


def test_the_rhythm_of_a_group_is_the_published_middle_one_of_its_members() -> None:
    gaps = [np.diff(case["order_days"]) for case in REGULARITY["cases"]]
    shapes = gamma_shape(np.array([gap.mean() for gap in gaps]), np.array([np.log(gap).mean() for gap in gaps]))
    everybody = np.zeros(len(gaps), dtype=np.intp)
    assert group_median(everybody, shapes, 1)[0] == pytest.approx(REGULARITY["pooled_shape"], rel=1e-3)


def test_a_regular_buyer_is_called_at_one_and_a_half_gaps_and_an_irregular_one_is_not() -> None:
    assert tail(MONTHLY, 330 + 45) < RED
    assert tail(IRREGULAR, 413 + 56) > AMBER


def test_an_exponential_buyer_follows_the_exponential_law() -> None:
    # at this mean logarithm the closed form gives a shape of 1
    log_mean = np.log(20.0) - (np.sqrt(177) - 3) / 18
    shape = gamma_shape(np.array([20.0]), np.array([log_mean]))
    tails = silence_tails(np.array([9.0]), np.array([20.0]), np.array([log_mean]), np.array([40.0]))
    assert shape[0] == pytest.approx(1.0, abs=0.02)
    assert tails[0] == pytest.approx(np.exp(-2), abs=0.005)


def test_gaps_that_never_vary_are_capped_rather_than_certain() -> None:
    tails = silence_tails(np.array([5.0]), np.array([30.0]), np.array([np.log(30.0)]), np.array([33.0]))
    assert RED < tails[0] < 0.5


def test_a_rounded_logarithm_of_equal_gaps_is_still_a_rhythm_that_never_varies() -> None:
    shape = gamma_shape(np.array([30.0]), np.array([np.log(30.0) + 2**-25]))
    assert np.isposinf(shape[0])


@pytest.mark.parametrize(
    ("gaps", "mean", "silent"),
    [(2.0, 30.0, 90.0), (0.0, np.nan, 90.0), (5.0, 0.0, 90.0), (5.0, 30.0, np.nan), (np.nan, 30.0, 9.0)],
)
def test_nothing_is_told_of_a_rhythm_that_is_not_there(gaps, mean, silent) -> None:
    tails = silence_tails(np.array([gaps]), np.array([mean]), np.array([3.0]), np.array([silent]))
    assert np.isnan(tails[0])


@settings(deadline=None, max_examples=60)
@given(
    mean=st.floats(1, 400),
    unevenness=st.floats(0.001, 3),
    silences=st.lists(st.floats(0, 1500), min_size=2, max_size=20),
)
def test_a_longer_silence_is_never_less_alarming(mean, unevenness, silences) -> None:
    silences = np.sort(np.array(silences))
    same = np.ones(silences.size)
    tails = silence_tails(same * 8, same * mean, same * (np.log(mean) - unevenness), silences)
    assert ((tails >= 0) & (tails <= 1)).all()
    assert (np.diff(tails) <= 1e-12).all()


@settings(deadline=None, max_examples=60)
@given(st.floats(0.1, 50))
def test_the_tail_is_free_of_the_unit_of_time(factor) -> None:
    gaps, mean, silent = np.array([8.0]), np.array([20.0]), np.array([33.0])
    one = silence_tails(gaps, mean, np.array([2.7]), silent)
    other = silence_tails(gaps, mean * factor, np.array([2.7]) + np.log(factor), silent * factor)
    assert other[0] == pytest.approx(one[0], rel=1e-9)
