"""Short histories are drawn towards what is usual, as far as the data say that customers differ at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from tiering.indicators.shrinkage import credibility_weight, credible_means, fitted_credibility

TRUTH = tomllib.loads((Path(__file__).parents[1] / "truth" / "credibility.toml").read_text(encoding="utf-8"))
RATIOS, WEIGHTS = np.array(TRUTH["ratios"], float), np.array(TRUTH["weights"], float)
TOTAL = WEIGHTS.sum(axis=1)
MEAN = (RATIOS * WEIGHTS).sum(axis=1) / TOTAL
SQUARES = (WEIGHTS * (RATIOS - MEAN[:, None]) ** 2).sum(axis=1)
TWELVE = np.full(5, 11.0)


def test_buhlmann_straub_hachemeister1975() -> None:
    found = fitted_credibility(MEAN, TOTAL, SQUARES, TWELVE)
    assert found is not None
    assert found.collective == pytest.approx(TRUTH["collective"], rel=1e-6)
    assert found.between == pytest.approx(TRUTH["between"], rel=1e-6)
    assert found.within == pytest.approx(TRUTH["within"], rel=1e-6)
    assert credibility_weight(TOTAL, found.pull) == pytest.approx(TRUTH["credibility"], rel=1e-6)
    assert credible_means(MEAN, TOTAL, found.collective, found.pull) == pytest.approx(TRUTH["premiums"], rel=1e-6)


def test_customers_who_do_not_differ_beyond_chance_are_all_given_the_same() -> None:
    found = fitted_credibility(
        np.array([10.0, 10.0]), np.array([4.0, 4.0]), np.array([300.0, 300.0]), np.array([3, 3.0])
    )
    assert found is not None
    assert found.pull == np.inf
    assert credible_means(np.array([7.0, 13.0]), np.array([4.0, 4.0]), found.collective, found.pull).tolist() == [
        10,
        10,
    ]


@pytest.mark.parametrize(
    ("mean", "freedom"), [([10.0], [3.0]), ([10.0, 20.0], [0.0, 0.0]), ([np.nan, 20.0], [5.0, 5.0])]
)
def test_one_customer_or_no_second_order_says_nothing(mean: list[float], freedom: list[float]) -> None:
    weight = np.ones(len(mean))
    assert fitted_credibility(np.array(mean), weight, weight, np.array(freedom)) is None


def test_the_more_history_the_more_of_it_is_believed() -> None:
    assert credibility_weight(np.array([0.0, 1.0, 4.0, 96.0]), 4.0).tolist() == [0.0, 0.2, 0.5, 0.96]


def test_the_unit_of_money_changes_no_share_of_own_data() -> None:
    yuan, ten_thousand = (fitted_credibility(MEAN * unit, TOTAL, SQUARES * unit**2, TWELVE) for unit in (1.0, 1e-4))
    assert yuan is not None
    assert ten_thousand is not None
    assert ten_thousand.pull == pytest.approx(yuan.pull, rel=1e-9)
