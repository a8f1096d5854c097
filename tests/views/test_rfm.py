"""RFM scores and the names of their combinations."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.rfm import (
    EIGHT,
    FOUR,
    TEN,
    RfmFigures,
    RfmLimits,
    RfmScores,
    eight_groups,
    four_groups,
    quantile_limits,
    rfm_scores,
    ten_groups,
    usual_bins,
)

# Figures and scores of 995 made-up customers as the R package rfm (MIT) publishes them, names left out.
PUBLISHED = pd.read_csv(Path(__file__).parents[1] / "truth" / "rfm_scores_995.csv")
FIGURES = ("recency_days", "transaction_count", "amount")
SCORES = ("recency_score", "frequency_score", "monetary_score")
customers = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 20), st.integers(-500, 10**6)), min_size=1, max_size=60
)


def figures(rows: list[tuple[float, float, float]]) -> RfmFigures:
    return RfmFigures(*(np.array(column, dtype=float) for column in zip(*rows, strict=True)))


def published() -> RfmFigures:
    return RfmFigures(*(PUBLISHED[name].to_numpy(dtype=float) for name in FIGURES))


def parts(scores: RfmScores) -> tuple[np.ndarray, ...]:
    return scores.recency, scores.frequency, scores.monetary


def test_published_scores_differ_only_where_a_limit_is_no_whole_number() -> None:
    # The package adds 1 to its limits. Of 2,985 scores that matters for 297 days (limit 296.4), 506 (505.4)
    # and 255 (254.8): above the limit by our rule, below "limit + 1" by theirs.
    found = parts(rfm_scores(published(), quantile_limits(published(), 5)))
    different = [
        (name, PUBLISHED[name][row], int(ours[row]) - int(PUBLISHED[score][row]))
        for name, score, ours in zip(FIGURES, SCORES, found, strict=True)
        for row in np.flatnonzero(ours != PUBLISHED[score])
    ]
    assert different == [("recency_days", 297, -1), ("amount", 506, 1), ("amount", 255, 1)]


def test_published_counts_by_own_limits_are_met() -> None:
    limits = RfmLimits((114, 180, 296, 481), (3, 4, 5, 7), (255, 381, 505, 665))
    counts = [np.bincount(part, minlength=6)[1:].tolist() for part in parts(rfm_scores(published(), limits))]
    assert counts == [[197, 201, 198, 199, 200], [268, 187, 176, 244, 120], [200, 200, 197, 203, 195]]


# Figures of six and of five customers and their scores by fourths as pymc-marketing publishes them.
SIX = [(0, 2, 1.5), (36, 1, 2), (32, 3, 3), (1, 3, 6), (19, 3, 4), (4, 1, 5)]
FIVE = [(0, 2, 1.5), (36, 1, 2), (32, 2, 2), (1, 2, 4.5), (18, 3, 5 / 3)]


@pytest.mark.parametrize(
    ("rows", "ours", "elsewhere"),
    [
        (SIX, "421 111 132 434 233 314", "421 111 132 434 233 314"),
        # two customers are in the top fourth, which the published scores lose where equal limits fall together
        (FIVE, "411 112 212 414 341", "411 112 212 413 321"),
    ],
)
def test_scores_by_fourths_are_the_published_ones_save_where_those_lose_a_fourth(rows, ours, elsewhere) -> None:
    found = parts(rfm_scores(figures(rows), quantile_limits(figures(rows), 4)))
    said = ["".join(map(str, scores)) for scores in zip(*found, strict=True)]
    assert said == ours.split()
    lower = [theirs for one, theirs in zip(said, elsewhere.split(), strict=True) if one != theirs]
    assert all(int(theirs) < int(one) for one, theirs in zip(said, elsewhere.split(), strict=True) if one != theirs)
    assert len(lower) in (0, 2)


def test_money_in_ten_thousands_gives_the_same_scores() -> None:
    all_in = published()
    in_wan = RfmFigures(all_in.recency, all_in.frequency, all_in.monetary / 10_000)
    ours = rfm_scores(in_wan, quantile_limits(in_wan, 5)).monetary
    assert (ours == rfm_scores(all_in, quantile_limits(all_in, 5)).monetary).all()


def test_one_group_of_equals_has_one_score() -> None:
    values = np.array([10, 20, 20, 20, 30, 40, 50, 60, 70, 80], dtype=float)
    alike = RfmFigures(values, values, values)
    scores = rfm_scores(alike, quantile_limits(alike, 5))
    assert scores.monetary.tolist() == [1, 1, 1, 1, 3, 3, 4, 4, 5, 5]
    assert scores.recency.tolist() == [5, 5, 5, 5, 3, 3, 2, 2, 1, 1]


def test_who_never_ordered_has_no_score_and_moves_no_limit() -> None:
    some = figures([(5, 3, 100), (50, 2, 50), (90, 1, 10)])
    more = figures([(5, 3, 100), (50, 2, 50), (90, 1, 10), (np.nan, np.nan, 0.0)])
    assert quantile_limits(some, 3) == quantile_limits(more, 3)
    assert [int(part[3]) for part in parts(rfm_scores(more, quantile_limits(more, 3)))] == [0, 0, 0]
    nobody = figures([(np.nan, np.nan, np.nan)])
    assert ten_groups(rfm_scores(nobody, quantile_limits(nobody, 5))).tolist() == [-1]


def test_fifty_customers_are_enough_for_fifths() -> None:
    assert (usual_bins(49), usual_bins(50)) == (3, 5)


@settings(max_examples=100, deadline=None)
@given(customers, st.sampled_from([2, 3, 5]))
def test_equal_customers_share_scores_and_more_is_never_less(rows, bins) -> None:
    told = figures(rows + rows[:1])
    scores = rfm_scores(told, quantile_limits(told, bins))
    for values, part, sign in zip(
        (told.recency, told.frequency, told.monetary), parts(scores), (-1, 1, 1), strict=True
    ):
        assert part[0] == part[-1]
        assert 1 <= part.min() <= part.max() <= bins
        assert (np.diff(part[np.argsort(sign * values, kind="stable")]) >= 0).all()


MEDIAN_EXAMPLE = [
    (5, 9, 9000), (95, 8, 8000), (8, 2, 7000), (120, 1, 9500), (3, 10, 900), (140, 7, 700), (10, 1, 300), (200, 1, 200),
]  # fmt: skip


def test_eight_customers_one_in_each_of_the_eight_by_the_median() -> None:
    told = figures(MEDIAN_EXAMPLE)
    cuts = quantile_limits(told, 2)
    assert cuts == RfmLimits((52.5,), (4.5,), (3950.0,))
    assert [EIGHT[code] for code in eight_groups(told, cuts)] == list(EIGHT)


def test_a_figure_equal_to_its_cut_counts_as_near_often_and_much() -> None:
    assert eight_groups(figures([(10, 2, 300)]), RfmLimits((10,), (2,), (300,))).tolist() == [0]


def test_being_late_by_ones_own_rhythm_comes_first() -> None:
    told = figures([(5, 9, 9000), (95, 9, 9000), (5, 1, 9000), (5, 1, 10), (95, 1, 10)])
    cuts = RfmLimits((50.0,), (5.0,), (5000.0,))
    untold = np.full(5, np.nan)
    names = [FOUR[code] for code in four_groups(told, cuts, untold)]
    assert names == ["high_value", "churn_risk", "potential", "general", "churn_risk"]
    tails = np.array([0.01, 0.5, 0.05, np.nan, 0.04])
    names = [FOUR[code] for code in four_groups(told, cuts, tails)]
    assert names == ["churn_risk", "general", "potential", "general", "churn_risk"]


def every_score(bins: int = 5) -> RfmScores:
    return RfmScores(
        *(np.array(column, dtype=np.int8) for column in zip(*product(range(1, bins + 1), repeat=3), strict=True))
    )


def test_every_name_of_the_ten_can_be_reached_and_every_customer_has_one() -> None:
    assert set(ten_groups(every_score())) == set(range(len(TEN)))
    assert ten_groups(every_score(3), 3).min() >= 0


def test_every_one_of_the_four_and_eight_can_be_reached() -> None:
    told = figures(list(product((1, 100), (1, 9), (10, 9000))))
    cuts = RfmLimits((50.0,), (5.0,), (5000.0,))
    assert set(eight_groups(told, cuts)) == set(range(8))
    assert set(four_groups(told, cuts, np.full(8, np.nan))) == set(range(4))


@pytest.mark.parametrize(
    ("recency", "row"),
    [
        (1, ["hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"]),
        (3, ["about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"]),
        (4, ["promising", "potential_loyalists", "potential_loyalists", "loyal", "loyal"]),
        (5, ["new", "potential_loyalists", "potential_loyalists", "champions", "champions"]),
    ],
)
def test_the_grid_is_the_one_widely_published(recency: int, row: list[str]) -> None:
    across = np.arange(1, 6, dtype=np.int8)
    scores = RfmScores(np.full(5, recency, dtype=np.int8), across, across)
    assert [TEN[code] for code in ten_groups(scores)] == row
