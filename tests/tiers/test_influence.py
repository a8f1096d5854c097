"""What a weight really decides."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import PLAIN, levelled
from tiering.tiers.score import effective_weights, level_covariance, weight_vector

columns = st.lists(st.tuples(*[st.integers(0, 8192).map(lambda level: level / 8192)] * 3), min_size=2, max_size=20)


def effective(levels: dict[str, list[float | None]], **weights: int) -> dict[str, float]:
    matrix = levelled(levels)  # type: ignore[arg-type]
    shares = effective_weights(weight_vector(matrix, weights), level_covariance(matrix))
    return dict(zip(matrix.keys, shares.tolist(), strict=True))


def test_unrelated_indicators_decide_by_weight_squared_times_variance() -> None:
    levels = {"growth": [0.0, 1.0, 0.0, 1.0], "trend": [0.0, 0.0, 1.0, 1.0]}
    # both vary alike and go separate ways: 3² to 1²
    assert effective(levels, growth=3, trend=1) == pytest.approx({"growth": 0.9, "trend": 0.1})


def test_two_indicators_that_say_the_same_share_what_they_decide() -> None:
    levels = {"growth": [0.0, 0.4, 1.0], "trend": [0.0, 0.4, 1.0], "categories": [0.5, 0.5, 0.5]}
    assert effective(levels, growth=10, trend=30, categories=90) == pytest.approx(
        {"growth": 0.25, "trend": 0.75, "categories": 0.0}
    )


def test_an_indicator_that_runs_against_the_score_has_a_negative_share() -> None:
    assert effective({"growth": [0.0, 0.5, 1.0], "trend": [1.0, 0.5, 0.0]}, growth=30, trend=10)["trend"] < 0


def test_where_all_scores_are_equal_nothing_decides() -> None:
    against = {"growth": [0.25, 0.5, 0.75], "trend": [0.75, 0.5, 0.25]}
    assert effective(against, growth=50, trend=50) == {"growth": 0.0, "trend": 0.0}
    assert effective({"growth": [0.3]}, growth=50) == {"growth": 0.0}


def test_a_missing_level_stands_at_the_mean_of_its_indicator() -> None:
    gap = level_covariance(levelled({"growth": [0.0, None, 1.0], "trend": [0.25, 0.5, 1.0]}))
    mean = level_covariance(levelled({"growth": [0.0, 0.5, 1.0], "trend": [0.25, 0.5, 1.0]}))
    assert gap == pytest.approx(mean)


@settings(deadline=None, max_examples=60)
@given(columns, st.tuples(*[st.integers(0, 100)] * 3).filter(any))
def test_effective_weights_are_the_covariance_with_the_score_and_add_up_to_one(
    rows: list[tuple[float, ...]], weights: tuple[int, ...]
) -> None:
    levels = np.array(rows).T
    score = np.array(weights) @ levels
    shares = effective(dict(zip(PLAIN, levels.tolist(), strict=False)), **dict(zip(PLAIN, weights, strict=False)))
    if np.ptp(score) < 1e-6:
        return
    assert sum(shares.values()) == pytest.approx(1.0)
    by_definition = [
        w * np.cov(level, score)[0, 1] / np.var(score, ddof=1) for w, level in zip(weights, levels, strict=True)
    ]
    assert list(shares.values()) == pytest.approx(by_definition, abs=1e-6)
