"""The matrix behind the sliders: whole levels, known and missing, equal for equal customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.small_data import UNIT_SCALE, levelled
from tiering.indicators.catalogue import BY_KEY, CATALOGUE
from tiering.indicators.matrix import LEVELS, indicator_matrix, raw_values
from tiering.indicators.selection import chosen_indicators
from tiering.scenario import Anchors
from tiering.scenario.measures import Measures


def test_levels_are_whole_numbers_up_to_8192() -> None:
    matrix = levelled({"growth": [0.0, 0.25, 1.0]})
    assert matrix.levels.tolist() == [[0.0, 2048.0, 8192.0]]
    assert LEVELS == 8192


def test_fewer_days_stand_higher_where_less_is_better() -> None:
    days = pd.DataFrame({"recency_days": [0.0, 90.0, 360.0]})
    matrix = indicator_matrix(days, {"recency_days": Anchors(points=(0.0, 360.0), levels=(0.0, 1.0))})
    assert matrix.levels.tolist() == [[8192.0, 6144.0, 0.0]]


def test_rows_come_in_catalogue_order_whatever_order_the_table_has() -> None:
    assert levelled({"trend": [0.1, 0.2], "growth": [0.1, 0.2]}).keys == ("growth", "trend")


def test_what_the_data_cannot_give_is_told_with_its_need() -> None:
    matrix = indicator_matrix(pd.DataFrame({"growth": [0.1, np.nan], "margin": [np.nan, np.nan]}), {})
    assert matrix.keys == ("growth",)
    assert matrix.unavailable["margin"] == "cost"
    assert set(matrix.unavailable) == {i.key for i in chosen_indicators(Measures())} - {"growth"}


def test_each_customer_has_the_pattern_of_what_is_known() -> None:
    matrix = levelled({"growth": [0.5, None, 0.5, None], "trend": [0.5, 0.5, 0.5, 0.5]})
    assert matrix.patterns[matrix.pattern].tolist() == [[1, 1], [0, 1], [1, 1], [0, 1]]
    assert matrix.levels[0].tolist() == [4096, 0, 4096, 0]
    assert len(matrix.patterns) == 2


def test_a_table_without_a_single_indicator_gives_an_empty_matrix() -> None:
    matrix = indicator_matrix(pd.DataFrame({"customer_id": ["a", "b"]}), {})
    assert matrix.levels.shape == (0, 2)
    assert len(matrix.unavailable) == len([i for i in CATALOGUE if i.usual])


def test_levels_cannot_be_written_to_by_whoever_shares_them() -> None:
    with pytest.raises(ValueError, match="read-only"):
        levelled({"growth": [0.5]}).levels[0, 0] = 1


def test_kept_anchors_are_used_and_the_others_are_fitted() -> None:
    table = pd.DataFrame({"growth": [0.5, 1.0], "trend": [-1.0, 1.0]})
    matrix = indicator_matrix(table, {"growth": UNIT_SCALE})
    assert matrix.anchors["growth"] == UNIT_SCALE
    assert matrix.levels[0].tolist() == [4096, 8192]
    assert matrix.levels[1].tolist() == [0, 8192]


def test_a_value_half_way_between_two_levels_falls_the_same_way_in_every_unit() -> None:
    half_way = np.arange(1, 16_384, 2, dtype=float)
    own = indicator_matrix(
        pd.DataFrame({"growth": half_way}), {"growth": Anchors(points=(0, 16_384), levels=(0.0, 1.0))}
    )
    other = indicator_matrix(
        pd.DataFrame({"growth": half_way * 1e-4}), {"growth": Anchors(points=(0, 1.6384), levels=(0.0, 1.0))}
    )
    assert (own.levels == other.levels).all()


def test_removing_a_customer_moves_nobody_on_kept_anchors() -> None:
    table = pd.DataFrame({"annual_revenue": [9000.0, 500, 40, 3], "recency_days": [3.0, 30, 300, 700]})
    whole = indicator_matrix(table, {})
    fewer = indicator_matrix(table.iloc[1:], whole.anchors)
    assert fewer.levels.tolist() == whole.levels[:, 1:].tolist()


def test_grades_and_numbers_are_read_alike() -> None:
    words = pd.DataFrame({"credit": ["AAA", "D", "unknown"]})
    assert raw_values(words, BY_KEY["credit"])[:2].tolist() == [9.0, 0.0]
    assert np.isnan(raw_values(words, BY_KEY["credit"])[2])


def test_a_column_the_table_lacks_is_missing_for_everybody() -> None:
    assert np.isnan(raw_values(pd.DataFrame({"customer_id": ["a"]}), BY_KEY["growth"])).tolist() == [True]
