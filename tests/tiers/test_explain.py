"""Why a tier, and how far the next: points that add up, and steps that really reach the line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import PLAIN, levelled
from tiering.indicators.matrix import indicator_matrix
from tiering.scenario import Anchors
from tiering.tiers.explain import contributions, score_range, steps_to
from tiering.tiers.score import UNSCORED, score_customers

quick = settings(deadline=None, max_examples=80)
KEYS = (
    "annual_revenue",
    "average_order_value",
    "recency_days",
    "annual_orders",
    "returns_share",
    "silence",
    "satisfaction",
)
rows = st.tuples(
    st.integers(-10_000, 10**9).map(lambda cents: cents / 100),
    st.one_of(st.none(), st.integers(1, 10**7).map(lambda cents: cents / 100)),
    st.integers(0, 900).map(float),
    st.integers(0, 60).map(float),
    st.integers(0, 1000).map(lambda share: share / 1000),
    st.one_of(st.none(), st.integers(0, 900).map(lambda ratio: ratio / 100)),
    st.integers(10, 50).map(lambda level: level / 10),
)


def test_points_by_hand() -> None:
    matrix = levelled({"growth": [1.0, 0.0], "trend": [0.5, 1.0]})
    parts = contributions(matrix, {"growth": 30, "trend": 10}, 0)
    assert [(p.indicator.key, p.level, p.points, p.possible) for p in parts] == [
        ("growth", 1.0, 75.0, 75.0),
        ("trend", 0.5, 12.5, 25.0),
    ]


def test_what_is_not_known_gives_no_points_and_leaves_its_weight_to_the_others() -> None:
    matrix = levelled({"growth": [0.5, 1.0], "trend": [None, 1.0]})
    known, unknown = contributions(matrix, {"growth": 70, "trend": 30}, 0)
    assert (known.points, known.possible) == (50.0, 100.0)
    assert (unknown.level, unknown.points, unknown.possible) == (None, 0.0, 0.0)


def test_an_indicator_without_weight_is_no_reason() -> None:
    matrix = levelled({"growth": [0.5], "trend": [0.5]})
    assert [p.indicator.key for p in contributions(matrix, {"growth": 1, "trend": 0}, 0)] == ["growth"]
    assert contributions(matrix, {"growth": 0}, 0) == ()


@quick
@given(
    st.lists(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=4, max_size=4), min_size=1, max_size=6),
    st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any),
)
def test_contributions_add_up_to_the_score(levels: list[list[float | None]], weights: list[int]) -> None:
    matrix = levelled(dict(zip(PLAIN, zip(*levels, strict=True), strict=False)))
    named = dict(zip(PLAIN, weights, strict=False))
    for row, milli in enumerate(score_customers(matrix, named).milli):
        if milli != UNSCORED:
            points = sum(part.points for part in contributions(matrix, named, row))
            assert milli / 1000 <= points + 1e-9 < milli / 1000 + 0.001 + 2e-9


def test_two_more_orders_would_do() -> None:
    orders = pd.DataFrame({"annual_orders": [4.0, 0, 10]})
    matrix = indicator_matrix(orders, {})
    parts = contributions(matrix, {"annual_orders": 1}, 0)
    wanted = matrix.levels[0, 2] / 8192 * 100 - parts[0].points
    (step,) = steps_to(matrix, parts, wanted)
    assert step.value_needed == 10.0


def test_the_smallest_change_comes_first() -> None:
    matrix = levelled({"growth": [0.5, 1.0], "trend": [0.5, 1.0]})
    parts = contributions(matrix, {"growth": 90, "trend": 30}, 0)
    first, second = steps_to(matrix, parts, 7.5)  # growth can give 75 points, trend 25
    assert (first.indicator.key, second.indicator.key) == ("growth", "trend")
    assert (first.level_needed, second.level_needed) == pytest.approx((0.6, 0.8), abs=2 / 8192)


def test_what_no_single_indicator_can_do_is_not_promised() -> None:
    matrix = levelled({"growth": [0.9, 1.0], "trend": [0.9, 1.0]})
    parts = contributions(matrix, {"growth": 50, "trend": 50}, 0)
    assert steps_to(matrix, parts, 5.1) == ()  # a tenth of 50 points is left in each
    assert len(steps_to(matrix, parts, 4.9)) == 2


def test_fewer_days_are_asked_where_fewer_is_better() -> None:
    matrix = indicator_matrix(pd.DataFrame({"recency_days": [200.0, 0, 400]}), {})
    parts = contributions(matrix, {"recency_days": 1}, 0)
    (step,) = steps_to(matrix, parts, 10.0)
    assert 0 < step.value_needed < 200
    assert step.value_needed == int(step.value_needed)


@quick
@given(
    st.lists(rows, min_size=3, max_size=12),
    st.lists(st.integers(0, 100), min_size=len(KEYS), max_size=len(KEYS)).filter(any),
    st.integers(0, 1000),
)
def test_the_value_a_card_names_reaches_the_line_when_it_is_put_into_the_table(
    customers: list[tuple[float | None, ...]], weights: list[int], tenth: int
) -> None:
    table = pd.DataFrame(customers, columns=KEYS, dtype="float64")
    matrix, named = indicator_matrix(table, {}), dict(zip(KEYS, weights, strict=True))
    position, milli = tenth * 100, int(score_customers(matrix, named).milli[0])
    if milli == UNSCORED:
        return
    up = milli < position
    distance = (position - milli) / 1000 if up else -(milli - position + 1) / 1000
    for step in steps_to(matrix, contributions(matrix, named, 0), distance):
        changed = table.copy()
        changed.loc[0, step.indicator.key] = step.value_needed
        reached = score_customers(indicator_matrix(changed, matrix.anchors), named).milli[0]
        assert reached >= position if up else reached < position, step


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("annual_revenue", lambda value: float(f"{value:.3g}") == pytest.approx(value)),
        ("annual_orders", float.is_integer),
    ],
)
def test_a_value_needed_can_be_said(key: str, figures: object) -> None:
    table = pd.DataFrame({key: np.geomspace(1.0, 123_456.0, 25)})
    matrix = indicator_matrix(table, {})
    for row in range(5, 20):
        (step,) = steps_to(matrix, contributions(matrix, {key: 1}, row), 3.0)
        assert figures(step.value_needed)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ((0.9, 0.6, 0.5, 0.4), 67.0, 67.0),
        ((0.9, None, None, 0.4), 42.0, 87.0),
        ((0.2, 0.6, None, None), 23.0, 58.0),
    ],
)
def test_what_is_not_known_leaves_a_range_from_all_worst_to_all_best(
    values: tuple[float | None, ...], low: float, high: float
) -> None:
    keys = ("growth", "categories", "satisfaction", "trend")
    everybody = {key: [value, 0.5] for key, value in zip(keys, values, strict=True)}
    found = score_range(levelled(everybody), dict(zip(keys, (40, 25, 20, 15), strict=True)), 0)
    assert found == pytest.approx((low, high), abs=0.01)


def test_without_weights_there_is_no_range() -> None:
    assert score_range(levelled({"growth": [0.5]}), {}, 0) == (0.0, 0.0)


def test_a_newcomer_is_told_what_it_would_have_to_buy_itself_not_a_whole_year_of_it() -> None:
    scale = {"annual_revenue": Anchors(points=(0.0, 1000.0), levels=(0.0, 1.0))}
    matrix = indicator_matrix(pd.DataFrame({"annual_revenue": [500.0, 0.0]}), scale)
    parts = contributions(matrix, {"annual_revenue": 1}, 0)
    (whole,) = steps_to(matrix, parts, 10.0)
    (half,) = steps_to(matrix, parts, 10.0, factor=2.0)
    assert (whole.value_needed, half.value_needed) == (601.0, 301.0)  # three figures, rounded up


def test_a_mean_that_is_drawn_towards_that_of_all_is_no_single_change() -> None:
    scale = {"average_order_value": Anchors(points=(0.0, 10.0), levels=(0.0, 1.0), collective=5.0, pull=2.0)}
    matrix = indicator_matrix(
        pd.DataFrame({"average_order_value": [4.0], "annual_orders": [2.0]}), scale, credibility=True
    )
    parts = contributions(matrix, {"average_order_value": 1}, 0)
    assert parts[0].level == pytest.approx(0.45, abs=1e-3)  # half of 4 and half of 5
    assert steps_to(matrix, parts, 10.0) == ()
