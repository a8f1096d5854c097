"""A scenario whose weights score nobody says why."""

from __future__ import annotations

import pytest

from tests.decision.four_customers import FOUR
from tiering.evaluate import evaluate
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.tiers.score import is_foreign, unweighted


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"charm": 40, "luck": 60}, Problem.WEIGHTS_UNKNOWN),
        ({"charm": 40, "recency_days": 0}, Problem.WEIGHTS_UNKNOWN),
        ({"recency_days": 0}, Problem.WEIGHTS_ALL_ZERO),
    ],
)
def test_weights_for_other_indicators_are_told_from_weights_of_nothing(weights: dict[str, int], code: Problem) -> None:
    with pytest.raises(DataProblem) as raised:
        evaluate(FOUR, Scenario(weights=weights))
    assert raised.value.code == code


def test_the_names_that_nobody_knows_are_named() -> None:
    problem = unweighted({"charm": 40, "luck": 60, "idle": 0}, ["recency_days"])
    assert problem.facts == {"found": ["charm", "luck"], "available": ["recency_days"]}


def test_one_known_weight_is_enough() -> None:
    assert not is_foreign({"charm": 40, "recency_days": 1}, ["recency_days"])
    assert not is_foreign({}, ["recency_days"])
