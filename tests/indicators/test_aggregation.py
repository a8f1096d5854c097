"""Strength that makes up for weakness less: the weighted geometric mean, in the same whole numbers as any score."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import PLAIN, UNIT_SCALE
from tiering.indicators.matrix import geometric_mean, indicator_matrix, level_on, on_log_steps
from tiering.scenario.measures import Measures
from tiering.tiers.explain import contributions, steps_to
from tiering.tiers.score import score_customers

TEN = json.loads((Path(__file__).parents[1] / "truth" / "weighted_score.json").read_text(encoding="utf-8"))
LEVELS, WEIGHTS = np.array(TEN["levels"]), np.array(TEN["weights"])
GEOMETRIC = Measures(together="geometric")


def matrix_of(levels: np.ndarray):
    table = pd.DataFrame(dict(zip(PLAIN, levels.T, strict=False)))
    return indicator_matrix(table, dict.fromkeys(PLAIN, UNIT_SCALE), GEOMETRIC)


def named(weights: np.ndarray) -> dict[str, int]:
    return dict(zip(PLAIN, weights.tolist(), strict=False))


def test_ten_customers_of_the_weighted_geometric_mean_table() -> None:
    mean = on_log_steps(LEVELS) @ WEIGHTS / WEIGHTS.sum()
    assert geometric_mean(mean) == pytest.approx(TEN["score_geometric"], abs=1e-8)


def test_scores_in_whole_numbers_place_the_ten_as_the_table_does() -> None:
    milli = score_customers(matrix_of(LEVELS), named(WEIGHTS)).milli
    assert geometric_mean(milli / 100_000) == pytest.approx(TEN["score_geometric"], abs=2e-4)
    order = np.argsort(-np.array(TEN["score_geometric"]))
    assert np.argsort(-milli).tolist() == order.tolist()


def test_two_halves_beat_all_of_one_thing_and_nothing_of_the_other() -> None:
    milli = score_customers(matrix_of(np.array([[0.5, 0.5], [1.0, 0.0]])), {PLAIN[0]: 1, PLAIN[1]: 1}).milli
    assert milli[0] == pytest.approx(84_949, abs=10)
    assert milli[1] == 50_000


def test_a_tenth_is_half_way_and_below_a_hundredth_nothing_falls() -> None:
    assert on_log_steps(np.array([0.0, 0.01, 0.1, 1.0])).tolist() == pytest.approx([0, 0, 0.5, 1])
    assert level_on(0.5) == pytest.approx(0.1)


def test_the_change_said_to_reach_a_line_reaches_it() -> None:
    levels = np.array([[0.2, 0.6], [0.9, 0.4]])
    weights = {PLAIN[0]: 3, PLAIN[1]: 1}
    matrix = matrix_of(levels)
    before = score_customers(matrix, weights).milli[0]
    step = steps_to(matrix, contributions(matrix, weights, 0), 5.0)[0]
    changed = levels.copy()
    changed[0, PLAIN.index(step.indicator.key)] = step.value_needed
    assert score_customers(matrix_of(changed), weights).milli[0] - before >= 5_000


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_more_never_stands_lower_and_all_stay_between_0_and_1(levels: list[float]) -> None:
    steps = on_log_steps(np.sort(levels))
    assert (np.diff(steps) >= 0).all()
    assert steps.min() >= 0
    assert steps.max() <= 1
