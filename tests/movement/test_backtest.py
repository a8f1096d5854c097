"""What each tier did afterwards, checked by hand; and no scheme is called better than revenue without proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.movement.histories import BY_REVENUE, MARCH, SEPTEMBER, histories
from tiering.evaluate import evaluate
from tiering.movement.backtest import Backtest, backtest, outcome
from tiering.movement.captured import biggest, capture_curve, captured, interval, rank_key, resampled_counts
from tiering.problems import DataProblem

LONG_AGO = ("2022-02-01", 5)
BOUGHT = {
    "kept": [LONG_AGO, ("2024-12-01", 700), ("2025-06-01", 560)],
    "lost": [LONG_AGO, ("2025-01-01", 300)],
    "grew": [LONG_AGO, ("2025-02-01", 400), ("2025-05-01", 300), ("2025-08-01", 300)],
    "small": [LONG_AGO, ("2024-06-01", 100)],
    "later": [("2025-07-01", 900)],
}


@pytest.fixture(scope="module")
def tested() -> Backtest:
    return backtest(histories(BOUGHT), BY_REVENUE, SEPTEMBER, 6)


def test_the_tiers_are_those_the_scheme_gave_on_that_day(tested) -> None:
    then = evaluate(histories(BOUGHT), BY_REVENUE, date(2025, 3, 30))
    assert tested.as_of == then.base.as_of == date(2025, 3, 30)
    assert tested.tiers.tolist() == then.tiers.tolist()
    assert tested.annual.tolist() == then.base.revenue.tolist() == [700, 400, 300, 100, 0]


def test_what_came_after_changes_no_tier(tested) -> None:
    fewer = {who: [order for order in orders if order[0] <= MARCH.isoformat()] for who, orders in BOUGHT.items()}
    without = backtest(histories(fewer), BY_REVENUE, SEPTEMBER, 6)
    assert without.tiers.tolist() == tested.tiers.tolist()
    assert without.after.sum() == 0


def test_each_tier_shows_what_its_customers_then_did(tested) -> None:
    did = outcome(tested)
    assert did.customers.tolist() == [1, 2, 2]
    assert did.kept[:2].tolist() == pytest.approx([560 / 700, 600 / 700])
    assert did.lost_rate[:2].tolist() == [0.0, 0.5]
    assert did.growing[:2].tolist() == [0.0, 0.5]
    assert did.orders.tolist() == [1.0, 1.0, 0.0]
    assert did.revenue_share.tolist() == pytest.approx([560 / 1160, 600 / 1160, 0.0])


def test_a_tier_nobody_could_be_asked_in_has_no_figure(tested) -> None:
    assert np.isnan(outcome(tested).kept[2])


def test_customers_nobody_knew_are_counted_apart(tested) -> None:
    assert tested.newcomers == 900


def test_a_few_customers_give_shares_but_no_verdict(tested) -> None:
    found = captured(tested)
    assert found.customers.tolist() == [1, 3]
    assert found.by_scheme.tolist() == pytest.approx([560 / 1160, 1.0])
    assert found.verdicts == ["unknown", "unknown"]


def test_a_day_before_the_first_order_is_a_problem_that_is_named() -> None:
    with pytest.raises(DataProblem):
        backtest(histories(BOUGHT), BY_REVENUE, date(2022, 2, 1), 6)


def made(tiers: np.ndarray, annual: np.ndarray, after: np.ndarray) -> Backtest:
    n = tiers.size
    return Backtest(
        MARCH, SEPTEMBER, 6, tiers.astype(np.int8), np.zeros(n, np.int32), annual, annual / 2, after,
        np.ones(n), (after > 0).astype(float), 0.0, 3,
    )  # fmt: skip


def test_a_scheme_that_is_revenue_is_no_better_than_revenue() -> None:
    chance = np.random.default_rng(1)
    annual = np.sort(chance.lognormal(0, 1, 400))[::-1]
    tiers = np.repeat([0, 1, 2], [40, 160, 200])
    found = captured(made(tiers, annual, annual * chance.uniform(0.5, 1.5, 400)))
    assert found.by_scheme.tolist() == found.by_revenue.tolist()
    assert found.verdicts == ["equal", "equal"]


def test_a_scheme_that_knows_the_future_is_better_and_one_that_knows_nothing_is_worse() -> None:
    chance = np.random.default_rng(2)
    annual, after = np.sort(chance.lognormal(0, 1, 400))[::-1], chance.lognormal(0, 1.5, 400)
    best = np.empty(400)
    best[np.argsort(-after)] = np.repeat([0, 1, 2], [40, 160, 200])
    assert captured(made(best, annual, after)).verdicts == ["better", "better"]
    assert captured(made(2 - best, annual, annual)).verdicts[0] == "worse"


def test_the_same_seed_gives_the_same_interval() -> None:
    chance = np.random.default_rng(3)
    test = made(chance.integers(0, 3, 200), chance.lognormal(0, 1, 200), chance.lognormal(0, 1, 200))
    first, again = captured(test, seed=5), captured(test, seed=5)
    assert first.low.tolist() == again.low.tolist()
    assert captured(test, seed=6).low.tolist() != first.low.tolist()


def test_equals_at_the_last_place_share_it() -> None:
    assert biggest(np.array([5.0, 3.0, 3.0, 1.0]), 2).tolist() == [1.0, 0.5, 0.5, 0.0]
    assert biggest(np.array([2.0, 1.0]), 0).tolist() == [0.0, 0.0]
    assert biggest(np.array([2.0, 1.0]), 2).tolist() == [1.0, 1.0]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(0, 30))
def test_as_many_are_chosen_by_revenue_as_by_the_scheme(worth, count) -> None:
    chosen = biggest(np.array(worth, dtype=float), min(count, len(worth)))
    assert chosen.sum() == pytest.approx(min(count, len(worth)))
    assert ((chosen >= 0) & (chosen <= 1)).all()


def test_the_curve_rises_from_nothing_to_all_and_is_straight_between_equals() -> None:
    test = made(np.array([0, 1, 1, 2]), np.array([4.0, 2.0, 2.0, 1.0]), np.array([6.0, 0.0, 4.0, 0.0]))
    curve = capture_curve(test, test.annual).set_index("customer_share")["revenue_share"]
    assert (curve.iloc[0], curve.iloc[-1]) == (0.0, 1.0)
    assert curve.loc[0.25] == pytest.approx(0.6)
    assert curve.loc[0.5] == pytest.approx(0.8)


def test_the_scheme_orders_by_tier_and_within_it_by_score() -> None:
    test = replace(made(np.array([1, 0, 1]), np.ones(3), np.ones(3)), milli=np.array([60_000, 50_000, 61_000]))
    assert np.argsort(-rank_key(test)).tolist() == [1, 2, 0]


def test_where_an_advantage_can_neither_be_seen_nor_excluded_the_file_cannot_tell() -> None:
    chance = np.random.default_rng(8)
    annual = np.sort(chance.lognormal(0, 1, 120))[::-1]
    tiers = np.repeat([0, 1, 2], [20, 40, 60])
    tiers[[18, 19, 20, 21]] = [1, 1, 0, 0]
    assert captured(made(tiers, annual, annual * chance.lognormal(0, 1, 120))).verdicts[0] == "open"


def test_a_line_with_fewer_than_fifteen_above_it_gets_no_verdict() -> None:
    annual = np.linspace(300, 1, 300)
    found = captured(made(np.repeat([0, 1, 2], [14, 100, 186]), annual, annual))
    assert found.verdicts == ["unknown", "equal"]


def test_whoever_is_drawn_a_scheme_by_revenue_differs_in_nothing_from_revenue() -> None:
    annual = np.repeat(np.linspace(100, 1, 50), 4)
    found = captured(made(np.repeat([0, 1, 2], [40, 60, 100]), annual, annual * 2))
    assert found.low.tolist() == pytest.approx([0.0, 0.0], abs=1e-12)
    assert found.high.tolist() == pytest.approx([0.0, 0.0], abs=1e-12)


def test_the_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(4).normal(10, 2, 400)
    times = np.concatenate(list(resampled_counts(400, seed=1)))
    low, high = interval(times @ values / times.sum(axis=1))
    assert high - low == pytest.approx(2 * 1.96 * 2 / 20, rel=0.15)
    assert low < 10 < high
