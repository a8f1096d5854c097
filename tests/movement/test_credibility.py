"""Means for everybody: the published premiums, and what holds for any group."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.movement.order_value import CredibleMeans, credible_means_of_all

HACHEMEISTER = tomllib.loads((Path(__file__).parents[1] / "truth" / "credibility.toml").read_text(encoding="utf-8"))


def of_observations(observed: np.ndarray, weights: np.ndarray) -> CredibleMeans:
    totals = weights.sum(axis=1)
    means = (observed * weights).sum(axis=1) / totals
    squares = (weights * (observed - means[:, None]) ** 2).sum(axis=1)
    return credible_means_of_all(means, totals, squares, np.full(means.size, observed.shape[1] - 1.0))


def test_the_five_states_of_hachemeister_get_their_published_premiums() -> None:
    found = of_observations(np.array(HACHEMEISTER["ratios"], float), np.array(HACHEMEISTER["weights"], float))
    assert found.collective == pytest.approx(HACHEMEISTER["collective"])
    assert found.own_share == pytest.approx(HACHEMEISTER["credibility"])
    assert found.estimates == pytest.approx(HACHEMEISTER["premiums"])


def test_means_that_differ_by_chance_alone_are_all_the_group_s() -> None:
    found = of_observations(np.array([[1.0, 9.0], [9.0, 1.0], [2.0, 8.0]]), np.ones((3, 2)))
    assert found.estimates.tolist() == [5.0, 5.0, 5.0]


def test_a_customer_without_observations_gets_the_group_s_mean() -> None:
    seen = ([10.0, 30.0, np.nan], [4.0, 4.0, 0.0], [3.0, 3.0, 0.0], [3.0, 3.0, 0.0])
    found = credible_means_of_all(*map(np.array, seen))
    assert found.own_share[2] == 0
    assert found.estimates[2] == pytest.approx(found.collective) == pytest.approx(20.0)
    assert 10 < found.estimates[0] < 20 < found.estimates[1] < 30


def test_where_nobody_was_seen_twice_all_get_the_mean_of_all() -> None:
    found = credible_means_of_all(np.array([10.0, 40.0]), np.array([1.0, 2.0]), np.zeros(2), np.zeros(2))
    assert found.estimates.tolist() == [30.0, 30.0]


def test_an_empty_group_knows_nothing() -> None:
    nobody = np.zeros(2)
    assert np.isnan(credible_means_of_all(np.full(2, np.nan), nobody, nobody, nobody).estimates).all()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.floats(1, 1000), min_size=3, max_size=3), min_size=2, max_size=8))
def test_an_estimate_lies_between_the_own_and_the_group_s_mean(observed) -> None:
    table = np.array(observed)
    found = of_observations(table, np.ones(table.shape))
    own = table.mean(axis=1)
    low, high = np.minimum(own, found.collective), np.maximum(own, found.collective)
    assert ((found.estimates >= low - 1e-9) & (found.estimates <= high + 1e-9)).all()
    assert ((found.own_share >= 0) & (found.own_share <= 1)).all()
