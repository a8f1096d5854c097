"""How unevenly revenue is spread, against published figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.concentration import concentration_index, gini, inequality, pareto_curve

TEN = np.array([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], dtype=float)
SIX = np.array([0, 0, 1, 1, 2, 10], dtype=float)
amounts = st.lists(st.integers(1, 10**6), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("values", "plain", "corrected", "concentration"),
    [
        (TEN, 0.462091130267624, 0.513434589186249, 0.184081230915485),
        (SIX, 0.666666666666667, 0.8, 0.540816326530612),
    ],
)
def test_gini_and_concentration_are_the_published_ones(values, plain, corrected, concentration) -> None:
    assert gini(values) == pytest.approx(plain, abs=1e-10)
    assert gini(values, corrected=True) == pytest.approx(corrected, abs=1e-10)
    assert concentration_index(values) == pytest.approx(concentration, abs=1e-10)


def test_the_curve_seen_from_the_smallest_is_the_published_lorenz_curve() -> None:
    from_the_smallest = 1 - pareto_curve(TEN).revenue[::-1]
    assert from_the_smallest == pytest.approx(
        [0, 0.00812483104556513, 0.0300964166641636, 0.0668158471750818, 0.118448322470189, 0.185083951581413,
         0.266197098489172, 0.362193253837143, 0.486904154026372, 0.665680473372781, 1], abs=1e-10,
    )  # fmt: skip


def test_four_equal_customers_are_four() -> None:
    spread = inequality(np.array([5.0, 5.0, 5.0, 5.0]))
    assert (spread.gini, spread.top_share, spread.effective) == pytest.approx((0.0, 0.25, 4.0))


def test_one_customer_is_all() -> None:
    spread = inequality(np.array([7.0]))
    assert (spread.gini, spread.top_share, spread.effective) == (0.0, 1.0, 1.0)


def test_three_to_one_counts_as_one_and_a_half() -> None:
    assert inequality(np.array([3.0, 1.0])).effective == pytest.approx(1 / (0.75**2 + 0.25**2))


def test_small_numbers_are_corrected_and_large_ones_are_not() -> None:
    assert inequality(TEN).gini == pytest.approx(0.513434589186249)
    assert inequality(np.tile(TEN, 10)).gini == pytest.approx(gini(TEN))


def test_net_returns_are_left_out() -> None:
    assert inequality(np.array([4.0, -9.0, 0.0, 4.0])) == inequality(np.array([4.0, 4.0]))


def test_without_revenue_nothing_is_told() -> None:
    spread = inequality(np.array([0.0, -1.0]))
    assert all(math.isnan(figure) for figure in (spread.gini, spread.top_share, spread.effective))


@settings(max_examples=100, deadline=None)
@given(amounts)
def test_the_currency_changes_nothing_and_bounds_hold(values: list[int]) -> None:
    money = np.array(values, dtype=float)
    here, there = inequality(money), inequality(money * 1024)
    assert (there.gini, there.top_share, there.effective) == pytest.approx(
        (here.gini, here.top_share, here.effective), abs=1e-12
    )
    assert -1e-9 <= here.gini <= 1 + 1e-9
    assert 1 - 1e-9 <= here.effective <= len(values) + 1e-6
