"""Scores: weighted means over what is known, equal for equal customers to the last bit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import PLAIN, levelled
from tiering.tiers.score import LEAST_COVERAGE, UNSCORED, score_customers, weight_vector

quick = settings(deadline=None, max_examples=60)
shares = st.integers(0, 8192).map(lambda level: level / 8192)
weights_of_three = st.tuples(*[st.integers(0, 100)] * 3).filter(any)
TEN = json.loads((Path(__file__).parents[1] / "truth" / "weighted_score.json").read_text(encoding="utf-8"))
KRACKA = json.loads((Path(__file__).parents[1] / "truth" / "kracka.json").read_text(encoding="utf-8"))


def milli(levels: dict[str, list[float | None]], weights: dict[str, int]) -> list[int]:
    return score_customers(levelled(levels), weights).milli.tolist()  # type: ignore[arg-type]


def test_three_customers_by_hand() -> None:
    levels = {"growth": [1.0, 0.5, 0.0], "trend": [0.5, 0.5, 1.0]}
    # (3·1 + 1·½) / 4, (3·½ + 1·½) / 4, (3·0 + 1·1) / 4
    assert milli(levels, {"growth": 3, "trend": 1}) == [87_500, 50_000, 25_000]


def test_ten_customers_of_the_weighted_sum_table() -> None:
    columns = dict(zip(PLAIN, np.array(TEN["levels"]).T.tolist(), strict=False))
    once = score_customers(levelled(columns), dict(zip(PLAIN, TEN["weights"], strict=False))).milli
    assert once / 1000 == pytest.approx(100 * np.array(TEN["score_once"]), abs=0.008)
    assert (np.argsort(np.argsort(-once)) + 1).tolist() == TEN["rank_once"]


def test_the_published_ranking_of_six_by_seven_criteria_comes_out() -> None:
    values = np.array(KRACKA["matrix"])
    less_is_better = np.array(KRACKA["objectives"]) == "min"
    shares = np.where(less_is_better, 1 / values, values)
    shares /= shares.sum(axis=0)
    # six plain indicators and the seventh beside them: weights are equal, so the mean of all is theirs weighted 6 : 1
    first = score_customers(levelled(dict(zip(PLAIN, shares.T[:6].tolist(), strict=True))), dict.fromkeys(PLAIN, 20))
    last = score_customers(levelled({"trend": shares.T[6].tolist()}), {"trend": 20})
    mean = (6 * first.milli + last.milli) / 7 / 100_000
    assert mean == pytest.approx(np.array(KRACKA["score"]), abs=0.0001)
    assert (np.argsort(np.argsort(-mean)) + 1).tolist() == KRACKA["rank"]


def test_counting_revenue_twice_moves_seven_of_ten_ranks() -> None:
    columns = np.array(TEN["levels"]).T.tolist()
    doubled = dict(zip(PLAIN, [*columns, columns[0]], strict=True))
    twice = score_customers(levelled(doubled), dict(zip(PLAIN, [*TEN["weights"], 35], strict=True))).milli
    assert twice / 1000 == pytest.approx(100 * np.array(TEN["score_twice"]), abs=0.008)
    ranks = (np.argsort(np.argsort(-twice)) + 1).tolist()
    assert ranks == TEN["rank_twice"]
    assert sum(a != b for a, b in zip(ranks, TEN["rank_once"], strict=True)) == 7


def test_weights_need_not_add_up_to_anything() -> None:
    levels = {"growth": [0.3, 0.9], "trend": [0.8, 0.1]}
    assert milli(levels, {"growth": 10, "trend": 20}) == milli(levels, {"growth": 30, "trend": 60})


@pytest.mark.parametrize(
    ("beh", "rel", "pot", "score", "coverage"),
    [
        (0.6, 0.5, 0.4, 67.0, 1.0),
        (None, None, 0.4, None, 0.55),
        (0.6, None, None, 100 * (0.4 * 0.2 + 0.25 * 0.6) / 0.65, 0.65),
    ],
)
def test_missing_indicators_leave_their_weight_to_the_others(
    beh: float | None, rel: float | None, pot: float | None, score: float | None, coverage: float
) -> None:
    financial = 0.2 if pot is None else 0.9
    columns = {"growth": [financial], "categories": [beh], "satisfaction": [rel], "trend": [pot]}
    everybody_else = {key: [*value, 0.5] for key, value in columns.items()}  # so that each indicator is available
    scores = score_customers(
        levelled(everybody_else), {"growth": 40, "categories": 25, "satisfaction": 20, "trend": 15}
    )
    known = scores.coverage[0] if scores.coverage is not None else 1.0
    assert known == pytest.approx(coverage)
    assert scores.milli[0] == UNSCORED if score is None else abs(scores.milli[0] / 1000 - score) < 0.008


def test_sixty_percent_known_is_just_enough() -> None:
    columns = {"growth": [0.5, 0.5, 0.5], "trend": [None, 0.5, 0.5], "categories": [0.5, None, 0.5]}
    scores = score_customers(levelled(columns), {"growth": 20, "trend": 40, "categories": 41})
    assert scores.milli.tolist() == [50_000, UNSCORED, 50_000]  # 61, 60 and 101 of 101 known; 60 / 101 is too little
    exactly = score_customers(levelled(columns), {"growth": 20, "trend": 40, "categories": 40})
    assert exactly.milli.tolist() == [50_000, 50_000, 50_000]
    assert exactly.coverage is not None
    assert exactly.coverage.min() == LEAST_COVERAGE


def test_unknown_is_not_nothing() -> None:
    levels = {"growth": [0.9, 0.9], "trend": [None, 0.0]}
    unknown, nothing = milli(levels, {"growth": 70, "trend": 30})
    assert unknown == 90_002  # the level nearest to 0.9 is 7373 of 8192
    assert nothing < unknown


def test_without_any_weight_nobody_is_scored() -> None:
    scores = score_customers(levelled({"growth": [0.2, 0.9]}), {"growth": 0, "trend": 50})
    assert scores.milli.tolist() == [UNSCORED, UNSCORED]


def test_a_weight_on_what_the_data_lacks_counts_for_nothing() -> None:
    matrix = levelled({"growth": [0.2, 0.9]})
    assert weight_vector(matrix, {"growth": 10, "margin": 90}).tolist() == [10.0]
    assert score_customers(matrix, {"growth": 10, "margin": 90}).coverage is None


def test_the_best_on_everything_has_exactly_100_and_the_worst_exactly_0() -> None:
    levels: dict[str, list[float | None]] = {key: [1.0, 0.0] for key in PLAIN}
    for weight in (1, 7, 99):
        assert milli(levels, dict.fromkeys(PLAIN, weight)) == [100_000, 0]


@quick
@given(st.lists(st.tuples(shares, shares, shares), min_size=1, max_size=8), weights_of_three, st.data())
def test_equal_customers_share_a_score_wherever_they_stand_among_ten_thousand(
    kinds: list[tuple[float, ...]], weights: tuple[int, ...], data: st.DataObject
) -> None:
    # runs of odd length put equal customers at different places of the vector instructions
    lengths = [data.draw(st.integers(1, 10_000 // len(kinds)), label="run") for _ in kinds]
    which = np.append(np.repeat(np.arange(len(kinds)), lengths), np.arange(len(kinds)))
    columns = np.array(kinds)[which].T.tolist()
    scores = score_customers(levelled(dict(zip(PLAIN, columns, strict=False))), dict(zip(PLAIN, weights, strict=False)))
    assert all(len(set(scores.milli[which == kind].tolist())) == 1 for kind in range(len(kinds)))


@quick
@given(st.lists(st.tuples(shares, shares, shares), min_size=1, max_size=30), weights_of_three)
def test_scores_are_the_exact_mean_rounded_down(rows: list[tuple[float, ...]], weights: tuple[int, ...]) -> None:
    columns = np.array(rows).T.tolist()
    shown = score_customers(levelled(dict(zip(PLAIN, columns, strict=False))), dict(zip(PLAIN, weights, strict=False)))
    whole = [sum(w * round(level * 8192) for w, level in zip(weights, row, strict=True)) for row in rows]
    assert shown.milli.tolist() == [100_000 * points // (8192 * sum(weights)) for points in whole]


@quick
@given(st.lists(shares, min_size=3, max_size=3), weights_of_three, st.integers(0, 2), st.integers(1, 8192))
def test_more_of_a_good_thing_never_lowers_the_score(
    row: list[float], weights: tuple[int, ...], which: int, more: int
) -> None:
    better = list(row)
    better[which] = min(1.0, row[which] + more / 8192)
    columns = np.array([row, better]).T.tolist()
    before, after = milli(dict(zip(PLAIN, columns, strict=False)), dict(zip(PLAIN, weights, strict=False)))
    assert after >= before
