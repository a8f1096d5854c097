"""Scales of indicators: capped, free of the unit, kept when customers come and go."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.indicators.normalise import MOST_KNOTS, fit_anchors, raw_value, scaled
from tiering.scenario import Anchors

SCALES = ("range", "log", "percentile")
AMOUNTS = np.array([40, 95, 110, 150, 260, 300, 480, 510, 620, 700], dtype=float)
quick = settings(deadline=None, max_examples=50)
money = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)


def levels(values: list[float], scale: str) -> list[float]:
    raw = np.array(values, dtype=float)
    return scaled(raw, fit_anchors(raw, scale)).tolist()  # type: ignore[arg-type]


def test_anchors_at_minimum_and_maximum_are_the_textbook_min_max() -> None:
    by_hand = scaled(AMOUNTS, Anchors(points=(40.0, 700.0), levels=(0.0, 1.0)))
    expected = [0, 1 / 12, 0.106060606060606, 1 / 6, 1 / 3, 0.393939393939394, 2 / 3, 0.712121212121212, 29 / 33, 1]
    assert by_hand == pytest.approx(expected, abs=1e-12)


def test_the_log_scale_between_minimum_and_maximum_is_log1p_and_then_min_max() -> None:
    points = tuple(np.log1p([40.0, 700.0]).tolist())
    shown = scaled(AMOUNTS, Anchors(points=points, levels=(0.0, 1.0), median=1.0))
    lower = [0, 0.299681351959746, 0.350820940535442, 0.459224108123354, 0.65198668013673]
    upper = [0.702213196849459, 0.867330351665009, 0.888641971203806, 0.957316116752857, 1]
    assert shown == pytest.approx([*lower, *upper])


def test_percentile_is_rank_less_one_over_n_less_one() -> None:
    assert levels(AMOUNTS.tolist(), "percentile") == pytest.approx([k / 9 for k in range(10)], abs=1e-12)


def test_equal_values_stand_at_their_middle_rank() -> None:
    assert levels([1, 2, 2, 3, 4], "percentile") == [0.0, 0.375, 0.375, 0.75, 1.0]


def test_range_is_capped_at_the_5th_and_95th_percentile_by_value() -> None:
    anchors = fit_anchors(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000.0]), "range")
    assert anchors.points == pytest.approx((1.45, 554.05))
    assert scaled(np.array([1.0, 1.45, 554.05, 1000.0]), anchors).tolist() == [0.0, 0.0, 1.0, 1.0]


def test_plain_minimum_and_maximum_squeeze_nine_of_ten_below_a_hundredth() -> None:
    squeezed = scaled(np.array([1, 2, 9, 1000.0]), Anchors(points=(1.0, 1000.0), levels=(0.0, 1.0)))
    assert squeezed == pytest.approx([0, 1 / 999, 8 / 999, 1])


def test_one_giant_flattens_nobody_on_the_log_scale() -> None:
    shown = levels([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000], "log")
    assert shown[8] - shown[0] > 0.15  # by plain minimum and maximum it would be 0.008


def test_where_nearly_all_are_equal_the_whole_range_counts() -> None:
    assert levels([0.0] * 99 + [0.2], "range") == [0.0] * 99 + [1.0]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("value", [0.0, -3.0, 12.5])
def test_a_constant_column_stands_at_one_half(scale: str, count: int, value: float) -> None:
    assert levels([value] * count, scale) == [0.5] * count


@pytest.mark.parametrize("scale", SCALES)
def test_figures_that_differ_by_rounding_alone_are_a_constant_column(scale: str) -> None:
    assert 0.3 / 3 != 0.5 / 5  # both are 0.1
    assert levels([0.3 / 3, 0.5 / 5, 0.1], scale) == [0.5] * 3


def test_equal_averages_share_a_rank_however_they_were_computed() -> None:
    first, second, low, high = levels([0.3 / 3, 0.5 / 5, 0.01, 20.0], "percentile")
    assert (low, high) == (0.0, 1.0)
    assert first == pytest.approx(0.5)
    assert second == pytest.approx(0.5)


@pytest.mark.parametrize("scale", SCALES)
def test_missing_stays_missing_and_moves_no_scale(scale: str) -> None:
    with_gap = levels([1, float("nan"), 2, 3], scale)
    assert np.isnan(with_gap[1])
    assert [with_gap[0], with_gap[2], with_gap[3]] == levels([1, 2, 3], scale)


def test_a_net_negative_customer_counts_as_0_on_the_log_scale() -> None:
    shown = levels([-500.0, 0.0, 100.0, 200.0], "log")
    assert shown[0] == shown[1] == 0.0


def test_negative_revenues_alone_are_a_constant_column() -> None:
    assert levels([-5.0, -7.0], "log") == [0.5, 0.5]


@quick
@given(st.lists(money, min_size=1, max_size=40), st.sampled_from([1e-4, 0.01, 10.0, 1e4]), st.sampled_from(SCALES))
def test_the_unit_of_money_changes_no_level(values: list[float], factor: float, scale: str) -> None:
    plain = np.round(levels(values, scale), 9)
    assert np.allclose(plain, levels([value * factor for value in values], scale), rtol=0, atol=2e-9)


@quick
@given(st.lists(money, min_size=2, max_size=40), st.sampled_from(SCALES))
def test_more_never_stands_lower_and_all_levels_are_between_0_and_1(values: list[float], scale: str) -> None:
    ascending = np.array(levels(sorted(values), scale))
    assert (np.diff(ascending) >= -1e-12).all()
    assert ascending.min() >= 0
    assert ascending.max() <= 1


@quick
@given(st.lists(money, min_size=2, max_size=40), st.sampled_from(SCALES))
def test_on_kept_anchors_a_customer_stands_where_it_stood_whoever_leaves(values: list[float], scale: str) -> None:
    raw = np.array(values)
    anchors = fit_anchors(raw, scale)  # type: ignore[arg-type]
    assert scaled(raw, anchors)[: raw.size // 2].tolist() == scaled(raw[: raw.size // 2], anchors).tolist()


@quick
@given(st.lists(money, min_size=2, max_size=40), st.sampled_from(SCALES), st.floats(0, 1))
def test_the_raw_value_of_a_level_stands_at_that_level(values: list[float], scale: str, level: float) -> None:
    anchors = fit_anchors(np.array(values), scale)  # type: ignore[arg-type]
    value = raw_value(level, anchors)
    if value is None:
        assert len(anchors.points) == 1 or level < anchors.levels[0] or level > anchors.levels[-1]
        return
    assert scaled(np.array([value]), anchors)[0] == pytest.approx(level, abs=1e-6)


def test_a_constant_scale_and_a_level_off_the_scale_have_no_raw_value() -> None:
    assert raw_value(0.5, fit_anchors(np.array([7.0, 7.0]), "range")) is None
    rising = fit_anchors(np.array([1.0, 2.0]), "range")
    assert raw_value(1.01, rising) is None
    assert raw_value(-0.01, rising) is None


def test_nobody_can_reach_a_rank_above_that_of_the_equal_best() -> None:
    anchors = fit_anchors(np.array([1.0, 5.0, 5.0]), "percentile")
    assert anchors.levels == (0.0, 0.75)
    assert raw_value(0.75, anchors) == 5.0
    assert raw_value(0.8, anchors) is None


def test_many_values_are_kept_by_a_few_hundred_knots_that_stay_close() -> None:
    raw = np.random.default_rng(7).lognormal(10, 2, 20_000)
    anchors = fit_anchors(raw, "percentile")
    assert len(anchors.points) <= MOST_KNOTS
    exact = raw.argsort().argsort() / (raw.size - 1)
    assert np.abs(scaled(raw, anchors) - exact).max() < 0.002


def test_anchors_are_fitted_without_any_value_too() -> None:
    assert [fit_anchors(np.array([]), scale).levels for scale in SCALES] == [(0.5,)] * 3  # type: ignore[arg-type]
