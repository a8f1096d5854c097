"""How good probabilities were: the published figures of twenty customers, and what holds for any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.movement.prediction_metrics import (
    auc,
    brier,
    brier_gain,
    calibration,
    calibration_error,
    lift,
)

HAPPENED = np.array([1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], dtype=bool)
SAID = np.array(
    [0.95, 0.9, 0.85, 0.8, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.28, 0.25, 0.2, 0.15, 0.1, 0.08, 0.05]
)


def test_twenty_customers_get_the_figures_of_the_libraries() -> None:
    assert brier(HAPPENED, SAID) == pytest.approx(0.189865)
    assert calibration_error(HAPPENED, SAID, 5) == pytest.approx(0.2055)
    assert [lift(HAPPENED, SAID, top) for top in (0.1, 0.2, 0.5)] == pytest.approx([2.0, 3.0, 1.6])


def test_the_area_has_the_interval_of_delong() -> None:
    found = auc(HAPPENED, SAID)
    assert found.value == pytest.approx(0.813333333333333)
    assert (found.low, found.high) == pytest.approx((0.588855753959327, 1.0), abs=1e-6)


def test_the_calibration_curve_is_that_of_the_libraries() -> None:
    table = calibration(HAPPENED, SAID, 5)
    assert table["came"].tolist() == pytest.approx([0, 0.2, 0.25, 1 / 3, 2 / 3])
    assert table["said"].tolist() == pytest.approx([0.116, 0.316, 0.525, 0.716666666666667, 0.9])
    assert table["customers"].sum() == 20


def test_the_base_rate_for_everybody_has_no_skill_and_no_order() -> None:
    flat = np.full(20, 0.25)
    assert brier(HAPPENED, flat) == 0.1875
    assert auc(HAPPENED, flat).value == 0.5
    assert calibration_error(HAPPENED, flat) == 0


def test_where_all_did_there_is_nothing_to_rank() -> None:
    assert np.isnan(auc(np.ones(3, dtype=bool), np.array([0.1, 0.2, 0.3])).value)


def test_better_is_said_only_beyond_chance() -> None:
    random = np.random.default_rng(1)
    happened = random.random(400) < 0.5
    sharp, blunt = np.where(happened, 0.8, 0.2), np.full(400, 0.5)
    assert brier_gain(happened, sharp, blunt).low > 0
    assert brier_gain(happened, blunt, sharp).high < 0
    same = brier_gain(happened, blunt, blunt)
    assert (same.value, same.low, same.high) == (0, 0, 0)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=2, max_size=60))
def test_any_order_of_customers_and_any_stretch_of_ranks_gives_the_same_area(told) -> None:
    happened, chance = np.array([did for did, _ in told]), np.array([said for _, said in told]).round(6)
    found = auc(happened, chance)
    turned = auc(happened[::-1], chance[::-1])
    stretched = auc(happened, chance**3)
    if happened.all() or not happened.any():
        assert np.isnan(found.value)
    else:
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert turned.value == pytest.approx(found.value)
        assert stretched.value == pytest.approx(found.value)
    assert 0 <= brier(happened, chance) <= 1
