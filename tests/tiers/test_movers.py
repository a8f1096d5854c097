"""Who stands in another tier than in the baseline."""

from __future__ import annotations

import numpy as np
import pytest

from tests.small_data import levelled
from tiering.tiers.totals import SMALLEST_SHIFT, main_shift, movers


def numbers(*tiers: int) -> np.ndarray:
    return np.array(tiers, dtype=np.int8)


def test_movers_are_counted_up_and_down_with_their_revenue() -> None:
    moved = movers(numbers(0, 1, 2, 2), numbers(0, 0, 1, 3), np.array([40.0, 30, 20, 10]))
    assert moved.rows.tolist() == [1, 2, 3]
    assert (moved.up, moved.down, moved.revenue) == (2, 1, 60.0)
    assert moved.before.tolist() == [1, 2, 2]
    assert moved.after.tolist() == [0, 1, 3]


def test_losing_the_score_is_a_move_down_and_gaining_it_a_move_up() -> None:
    moved = movers(numbers(2, 3), numbers(3, 2), np.array([1.0, 1.0]))  # three tiers, 3 is "no score"
    assert (moved.up, moved.down) == (1, 1)


def test_the_same_tiers_have_no_movers() -> None:
    moved = movers(numbers(0, 1), numbers(0, 1), np.ones(2))
    assert (moved.rows.size, moved.up, moved.down, moved.revenue) == (0, 0, 0, 0.0)


def test_the_reason_is_the_indicator_whose_points_changed_most() -> None:
    matrix = levelled({"growth": [1.0, 0.0], "trend": [0.0, 1.0]})
    key, points = main_shift(matrix, {"growth": 50, "trend": 50}, {"growth": 80, "trend": 20}, 0) or ("", 0.0)
    assert key == "growth"
    assert points == pytest.approx(30.0)  # 50 of 100 before, 80 of 100 now


def test_a_weight_taken_away_is_a_reason_too() -> None:
    matrix = levelled({"growth": [1.0, 0.0], "trend": [1.0, 1.0], "categories": [0.0, 1.0]})
    before, after = {"growth": 60, "trend": 20, "categories": 20}, {"trend": 20, "categories": 20}
    assert main_shift(matrix, before, after, 0) == ("growth", -60.0)


def test_equal_changes_name_the_first_indicator() -> None:
    matrix = levelled({"growth": [0.5, 1.0], "trend": [0.5, 1.0]})
    assert (main_shift(matrix, {"growth": 1, "trend": 0}, {"growth": 0, "trend": 1}, 0) or ("",))[0] == "growth"


def test_a_moved_line_alone_has_no_indicator_as_its_reason() -> None:
    matrix = levelled({"growth": [0.5, 1.0]})
    assert main_shift(matrix, {"growth": 10}, {"growth": 10}, 0) is None
    assert main_shift(matrix, {"growth": 10}, {"growth": 90}, 0) is None  # the only weight decides all as before


def test_what_would_read_as_0_points_is_no_reason() -> None:
    matrix = levelled({"growth": [0.5, 1.0], "trend": [0.5, 0.0]})
    found = main_shift(matrix, {"growth": 100, "trend": 100}, {"growth": 100, "trend": 99}, 0)
    assert found is not None
    assert abs(found[1]) >= SMALLEST_SHIFT
    assert main_shift(levelled({"growth": [0.01, 1.0]}), {"growth": 100}, {"growth": 99}, 0) is None
