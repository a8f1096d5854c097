"""Cut lines: by score, by share of customers, by share of revenue; ties together, the crossing customer inside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.scenario import Cuts, Scenario
from tiering.tiers.cuts import NOBODY, PROPOSED_SHARES, proposed_cuts
from tiering.tiers.indicator_values import readings
from tiering.tiers.score import UNSCORED
from tiering.tiers.totals import score_bins
from tiering.tiers.ways import Stock, draw
from tiering.tiers.ways.drawing import Drawn
from tiering.tiers.ways.revenue import PARETO_SHARES

quick = settings(deadline=None, max_examples=80)
some_scores = st.lists(st.integers(-1, 100_000), min_size=1, max_size=60)
tenths = st.lists(st.integers(0, 1000), min_size=1, max_size=5).map(lambda lines: tuple(sorted(lines, reverse=True)))


def scores(*points: float) -> np.ndarray:
    return np.array([round(point * 1000) for point in points], dtype=np.int32)


def drawn(cuts: Cuts, milli: np.ndarray, revenue: np.ndarray) -> Drawn:
    names = tuple("SABCDE"[: len(cuts.lines) + 1])
    return draw(Scenario(tiers=names, cuts=cuts), Stock(readings(pd.DataFrame()), milli, revenue))


def tiers(kind: str, lines: tuple[float, ...], milli: np.ndarray, revenue: np.ndarray | None = None) -> list[int]:
    money = np.ones(milli.size) if revenue is None else revenue
    return drawn(Cuts(kind=kind, lines=lines), milli, money)[1].tolist()  # type: ignore[arg-type]


def test_a_score_on_the_line_belongs_to_the_upper_tier() -> None:
    assert tiers("score", (80, 60), scores(80, 79.999, 60, 59.999)) == [0, 1, 1, 2]


def test_a_line_on_a_tenth_is_exact_although_tenths_are_not_binary() -> None:
    milli = np.arange(0, 100_001, 100, dtype=np.int32)
    for tenth in range(1001):
        assert drawn(Cuts(lines=(tenth / 10,)), milli, milli)[0] == (tenth * 100,)


def test_without_a_score_one_is_past_the_last_tier() -> None:
    assert tiers("score", (80, 0), np.array([UNSCORED, 0, 90_000], dtype=np.int32)) == [3, 1, 0]


def test_five_percent_of_a_hundred_customers_are_five() -> None:
    hundred = scores(*np.linspace(1, 99, 100))
    counted = np.bincount(tiers("share", (0.05, 0.2, 0.5), hundred))
    assert counted.tolist() == [5, 15, 30, 50]


def test_customers_without_a_score_are_not_in_the_hundred() -> None:
    hundred = np.append(scores(*np.linspace(1, 99, 100)), np.full(900, UNSCORED, np.int32))
    counted = np.bincount(tiers("share", (0.05, 0.2, 0.5), hundred))
    assert counted.tolist() == [5, 15, 30, 50, 900]


def test_ties_at_a_share_line_go_up_together() -> None:
    assert tiers("share", (0.25,), scores(90, 70, 70, 70, 10, 9, 8, 7)) == [0, 0, 0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [
        ([400, 250, 150, 80, 50, 30, 20, 10, 6, 4], "AAABBBCCCC"),  # 800 of 1000 is exactly 80 %
        ([900, 50, 20, 10, 8, 5, 3, 2, 1, 1], "ABCCCCCCCC"),  # one whale alone passes 80 %
        ([70, 30], "AA"),  # the crossing customer is inside
        ([30, 20, 15, 10, 5], "AAABB"),
    ],
)
def test_revenue_lines_take_the_smallest_set_that_reaches_80_and_95_percent(revenue: list[int], expected: str) -> None:
    milli = scores(*range(len(revenue), 0, -1))  # by score as by revenue
    found = tiers("revenue", (0.8, 0.95), milli, np.array(revenue, dtype=float))
    assert "".join("ABC"[tier] for tier in found) == expected


def test_ten_equal_customers_make_80_percent_with_eight_not_with_a_rounding_less() -> None:
    assert tiers("revenue", (0.8,), scores(*range(10, 0, -1)), np.full(10, 0.1)) == [0] * 8 + [1] * 2


def test_80_percent_are_reached_although_tenths_do_not_add_up_in_binary() -> None:
    tenths_of_money = np.array([0.1, 0.6, 0.1, 0.2])
    assert np.cumsum(tenths_of_money)[2] < 0.8 * tenths_of_money.sum()
    assert tiers("revenue", (0.8,), scores(4, 3, 2, 1), tenths_of_money) == [0, 0, 0, 1]


def test_revenue_is_added_up_in_score_order() -> None:
    assert tiers("revenue", (0.5,), scores(90, 80, 10), np.array([1.0, 1.0, 8.0])) == [0, 0, 0]


def test_net_negative_customers_count_as_nothing_in_revenue_lines() -> None:
    assert tiers("revenue", (0.8,), scores(90, 80, 70), np.array([80.0, -500.0, 20.0])) == [0, 1, 1]


def test_where_there_is_no_revenue_nobody_is_above_a_revenue_line() -> None:
    assert tiers("revenue", (0.5, 0.8), scores(90, 80), np.zeros(2)) == [2, 2]


def test_a_share_of_nothing_is_nobody_and_of_everything_everybody() -> None:
    milli = scores(90, 50, 10)
    assert drawn(Cuts(kind="share", lines=(0.0,)), milli, np.ones(3))[0] == (NOBODY,)
    assert tiers("share", (1.0,), milli) == [0, 0, 0]


def test_proposed_lines_leave_5_20_and_50_percent_above() -> None:
    spread = scores(*np.linspace(0, 99.9, 1000))
    cuts = proposed_cuts(spread, 4)
    above = [int((spread >= round(line * 1000)).sum()) for line in cuts.lines]
    assert above == pytest.approx([50, 200, 500], abs=2)


@pytest.mark.parametrize("number", PROPOSED_SHARES)
def test_each_number_of_tiers_has_shares_and_lines_of_its_own(number: int) -> None:
    cuts = proposed_cuts(scores(*np.linspace(0, 99.9, 500)), number)
    assert len(cuts.lines) == len(PROPOSED_SHARES[number]) == len(PARETO_SHARES[number]) == number - 1
    assert PARETO_SHARES[4] == (0.5, 0.8, 0.95)
    assert len(set(cuts.lines)) == number - 1


@pytest.mark.parametrize("customers", [1, 2, 3])
@pytest.mark.parametrize("point", [0.0, 0.1, 50.0, 100.0])
def test_few_or_equal_customers_get_lines_too(customers: int, point: float) -> None:
    cuts = proposed_cuts(scores(*[point] * customers), 4)
    assert tiers("score", cuts.lines, scores(*[point] * customers)) == [0] * customers


def test_where_nobody_has_a_score_the_scale_is_cut_into_equal_parts() -> None:
    assert proposed_cuts(np.full(3, UNSCORED, np.int32), 4).lines == (75.0, 50.0, 25.0)


@quick
@given(some_scores, st.sampled_from(sorted(PROPOSED_SHARES)))
def test_proposed_lines_are_on_tenths_and_reach_their_shares(points: list[int], number: int) -> None:
    milli = np.array(points, dtype=np.int32)
    cuts = proposed_cuts(milli, number)  # a Cuts off the tenths or out of order would be refused
    scored = milli[milli != UNSCORED]
    if scored.size:
        assert (scored >= round(cuts.lines[0] * 1000)).mean() >= PROPOSED_SHARES[number][0]


@quick
@given(some_scores, tenths)
def test_counts_by_bin_are_the_counts_by_tier_for_every_line_on_a_tenth(
    points: list[int], lines: tuple[int, ...]
) -> None:
    milli = np.array(points, dtype=np.int32)
    counts, money = score_bins(milli, np.arange(1.0, milli.size + 1))
    _, numbers = drawn(Cuts(lines=tuple(line / 10 for line in lines)), milli, milli)
    assert counts.shape == money.shape == (1001,)
    for position, line in enumerate(lines):
        upper = numbers <= position
        assert counts[line:].sum() == upper.sum()
        assert money[line:].sum() == (np.flatnonzero(upper) + 1).sum()


@quick
@given(some_scores, st.lists(st.floats(0, 1), min_size=1, max_size=5), st.sampled_from(["share", "revenue"]))
def test_share_lines_reach_their_share_without_anybody_to_spare(
    points: list[int], lines: list[float], kind: str
) -> None:
    milli = np.array(points, dtype=np.int32)
    held = np.where(milli == UNSCORED, 0.0, 1.0 if kind == "share" else np.arange(milli.size) % 7.0)
    for share in lines:
        (position,), _ = drawn(Cuts(kind=kind, lines=(share,)), milli, held)  # type: ignore[arg-type]
        wanted, above = share * held.sum(), milli >= position
        if share > 0 and held.sum() > 0:
            assert held[above].sum() >= wanted * (1 - 1e-9)
            assert held[milli > position].sum() < wanted  # one tie group fewer would not do
        else:
            assert not above.any()
