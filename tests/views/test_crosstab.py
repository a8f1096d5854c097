"""Two-way tables against published figures, and the sides customers are sorted by."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import dataset, order_lines
from tiering.evaluate import evaluate
from tiering.scenario import Scenario
from tiering.views.crosstab import STRATEGIES, cross_table, market_cells, table_of_counts
from tiering.views.dimensions import OTHER, Dimension, attribute, dimensions, frequency_bands, shortened, value_bands

COUNTS = np.array([[30, 10, 5], [12, 25, 18], [6, 14, 40]])


def test_residuals_and_strength_are_the_published_ones() -> None:
    table = table_of_counts(COUNTS, COUNTS * 1.0)
    assert table.cramer == pytest.approx(0.420265670104604)
    assert table.p == pytest.approx(1.56038159534354e-11)
    assert table.expected[0].tolist() == pytest.approx([13.5, 13.78125, 17.71875])
    assert table.residuals.ravel().tolist() == pytest.approx(
        [6.3310990937585, -1.44244963955368, -4.57733908728311, -1.63450729584959, 2.945336906253, -1.24561468965751,
         -4.27617987059879, -1.54996851658426, 5.47305125848474]
    )  # fmt: skip
    assert table.thin == 0.0


def test_four_customers_tell_no_relation_however_strong_it_looks() -> None:
    # tier × industry of four: V 0.79, but every cell expects at most one
    table = table_of_counts(np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1]]), np.zeros((3, 3)))
    assert table.cramer == pytest.approx(0.79, abs=0.005)
    assert table.p > 0.05
    assert (table.thin, table.too_few, table.tells) == (1.0, True, False)


def test_a_difference_that_may_be_chance_is_no_relation() -> None:
    # 26 of 50 against 24 of 50: χ² = 0.16 on one degree of freedom, p = 0.69
    table = table_of_counts(np.array([[26, 24], [24, 26]]), np.zeros((2, 2)))
    assert table.p == pytest.approx(0.689, abs=0.001)
    assert (table.too_few, table.tells) == (False, False)
    assert table_of_counts(COUNTS, COUNTS * 1.0).tells


def test_counts_and_money_by_hand() -> None:
    table = cross_table(np.array([0, 0, 1, -1]), np.array([0, 1, 1, 0]), np.array([5.0, 7.0, 9.0, 99.0]), (2, 3))
    assert table.counts.tolist() == [[1, 1, 0], [0, 1, 0]]
    assert table.revenue.tolist() == [[5.0, 7.0, 0.0], [0.0, 9.0, 0.0]]
    assert table.thin == 1.0


def test_one_row_tells_no_relation() -> None:
    table = table_of_counts(np.array([[3, 4]]), np.zeros((1, 2)))
    assert math.isnan(table.cramer)
    assert table.residuals.tolist() == [[0.0, 0.0]]
    assert math.isnan(table_of_counts(np.zeros((2, 2), dtype=int), np.zeros((2, 2))).cramer)


def test_proportional_rows_have_nothing_to_do_with_columns() -> None:
    table = table_of_counts(np.array([[10, 20], [30, 60]]), np.zeros((2, 2)))
    assert table.cramer == pytest.approx(0.0)
    assert table.p == pytest.approx(1.0)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5))
def test_turned_on_its_side_a_table_tells_the_same(counts: list[list[int]]) -> None:
    table = np.array(counts)
    here, there = table_of_counts(table, table * 1.0), table_of_counts(table.T, table.T * 1.0)
    assert here.cramer == pytest.approx(there.cramer, nan_ok=True)
    assert here.residuals == pytest.approx(there.residuals.T)
    assert here.expected.sum() == pytest.approx(table.sum())


def test_sizes_stand_from_large_to_small_and_others_by_number() -> None:
    sizes = attribute(pd.Series(["small", "large", None, "medium", "small"], dtype=object), "size")
    assert (list(sizes.classes), sizes.codes.tolist()) == (["large", "medium", "small"], [2, 0, -1, 1, 2])
    industries = attribute(pd.Series(["b", "a", "a", None], dtype=object), "industry")
    assert (list(industries.classes), industries.codes.tolist()) == (["a", "b"], [1, 0, 0, -1])


def test_values_are_thirds_of_those_who_bought() -> None:
    assert value_bands(np.array([0.0, 10.0, 20.0, 30.0, -5.0])).codes.tolist() == [0, 1, 2, 3, 0]
    assert len(set(value_bands(np.array([7.0, 7.0, 7.0])).codes)) == 1


def test_orders_a_year_are_counted_in_bands() -> None:
    assert frequency_bands(np.array([np.nan, 0, 1, 2, 3, 4, 11, 12])).codes.tolist() == [0, 0, 1, 2, 2, 3, 3, 4]


def test_many_classes_end_in_one_for_the_others() -> None:
    side = shortened(Dimension("city", np.arange(20), [f"c{n}" for n in range(20)]), most=5)
    assert list(side.classes) == ["c0", "c1", "c2", "c3", OTHER]
    assert np.bincount(side.codes).tolist() == [1, 1, 1, 1, 16]


def test_a_tiering_offers_what_its_data_tells() -> None:
    orders = order_lines(("a", "2025-01-10", "100"), ("b", "2025-02-10", "50"), ("b", "2025-03-10", "60"))
    sides = dimensions(evaluate(dataset(orders), Scenario()))
    assert set(sides) == {"tier", "value", "frequency"}
    assert all(side.codes.size == 2 for side in sides.values())


def test_each_cell_of_the_market_has_its_customers_and_a_strategy() -> None:
    size = Dimension("size", np.array([0, 0, 1, 1, 1, -1]), ["large", "small"])
    industry = Dimension("industry", np.array([0, 0, 0, 0, 0, 0]), ["steel"])
    frequency = Dimension("frequency", np.array([4, 1, 3, 0, 1, 4]), [])
    value = Dimension("value", np.array([3, 1, 1, 0, 3, 3]), [])
    sides = {side.key: side for side in (size, industry, frequency, value)}
    cells = market_cells(sides, np.array([900.0, 10.0, 20.0, 0.0, 300.0, 9.0]))
    assert cells["customers"].sum() == 5
    named = [(row.revenue, STRATEGIES[row.strategy]) for row in cells.itertuples()]
    assert named == [(900.0, "keep"), (300.0, "frequency"), (20.0, "value"), (10.0, "develop"), (0.0, "reactivate")]
