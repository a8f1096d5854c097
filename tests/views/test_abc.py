"""Bands A, B and C: by limits, and by the shape of the curve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.abc import A, abc_bands, computed_limits

amounts = st.lists(st.integers(-1000, 100_000), min_size=1, max_size=60)
DISHES = [9173, 5729, 4811, 3594, 3195, 3026, 2378, 1970, 1877, 1782]


def letters(values: list[float], limits: tuple[float, float] = (0.8, 0.95)) -> str:
    return "".join("ABC"[band] for band in abc_bands(np.array(values, dtype=float), limits))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([400, 250, 150, 80, 50, 30, 20, 10, 6, 4], "AAABBBCCCC"),
        ([900, 50, 20, 10, 8, 5, 3, 2, 1, 1], "ABCCCCCCCC"),
        ([70, 30], "AA"),
        ([30, 20, 15, 10, 5], "AAABB"),
    ],
)
def test_the_item_that_crosses_a_limit_is_in(values: list[float], expected: str) -> None:
    assert letters(values) == expected


def test_seven_dishes_of_a_published_menu_make_85_percent() -> None:
    values = np.array(DISHES, dtype=float)
    assert letters(DISHES)[:7] == "AAAAAAA"
    assert letters(DISHES)[7] == "B"
    assert values[:7].sum() / values.sum() == pytest.approx(0.850033, abs=5e-7)


def test_equal_values_share_a_band() -> None:
    assert letters([60, 10, 10, 10, 10]) == "AAAAA"


def test_net_returns_are_in_the_last_band_and_out_of_the_whole() -> None:
    assert letters([80, 20, -500]) == "ABC"


@pytest.mark.parametrize("values", [[], [0.0], [-5.0, 0.0]])
def test_without_positive_values_all_is_c(values: list[float]) -> None:
    assert set(letters(values)) <= {"C"}
    assert computed_limits(np.array(values)) is None


@settings(max_examples=100, deadline=None)
@given(amounts, st.randoms())
def test_bands_do_not_depend_on_row_order_or_currency(values: list[int], chance) -> None:
    shuffled = list(range(len(values)))
    chance.shuffle(shuffled)
    bands = abc_bands(np.array(values, dtype=float))
    assert abc_bands(np.array([values[i] * 64.0 for i in shuffled])).tolist() == bands[shuffled].tolist()


@settings(max_examples=100, deadline=None)
@given(amounts)
def test_a_bigger_value_is_never_in_a_lower_band(values: list[int]) -> None:
    bands = abc_bands(np.array(values, dtype=float))
    order = np.argsort(-np.array(values))
    assert (np.diff(bands[order]) >= 0).all()


@settings(max_examples=100, deadline=None)
@given(amounts.filter(lambda values: max(values) > 0))
def test_a_reaches_its_limit_and_would_not_without_its_smallest_value(values: list[int]) -> None:
    money = np.array(values, dtype=float)
    in_a, whole = money[abc_bands(money) == A], money[money > 0].sum()
    assert in_a.sum() >= 0.8 * whole * (1 - 1e-9)
    assert in_a[in_a > in_a.min()].sum() < 0.8 * whole


def test_the_published_whale_of_90_percent_is_alone_in_a_by_the_curve() -> None:
    found = computed_limits(np.array([900, 50, 20, 10, 8, 5, 3, 2, 1, 1], dtype=float))
    assert found is not None
    assert (found.a.effort, found.c.effort) == pytest.approx((0.12, 0.14), abs=0.002)
    assert (found.a.yielded, found.c.yielded) == pytest.approx((0.9467, 0.9663), abs=0.003)
    assert found.bands.tolist() == [0, *[2] * 9]


def test_the_curve_asks_for_limits_in_order() -> None:
    found = computed_limits(np.array([1000.0 / rank for rank in range(1, 301)]))
    assert found is not None
    assert 0 < found.a.effort < found.c.effort < 1
    assert found.a.yielded < found.c.yielded < 1


def test_two_values_have_no_shape() -> None:
    assert computed_limits(np.array([3.0, 1.0])) is None
