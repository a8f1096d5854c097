"""How a customer's history was read, told from the matrix and the score."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tests.small_data import levelled
from tiering.indicators.matrix import indicator_matrix
from tiering.indicators.newcomers import history_status
from tiering.scenario.measures import Newcomers
from tiering.tiers.provisional import ProvisionalCounts, provisional_counts, provisional_names
from tiering.tiers.score import UNSCORED, score_customers

TABLE = pd.DataFrame(
    {
        "tenure_days": [3650.0, 200, 20, 20],
        "annual_revenue": [900.0, 900, 900, 900],
        "strategic_value": [3.0, 3, 5, np.nan],
    }
)
MATRIX = indicator_matrix(TABLE, {}, standing=history_status(TABLE, Newcomers(), 12, date(2025, 12, 31)))
MILLI = score_customers(MATRIX, {"annual_revenue": 90, "strategic_value": 10}).milli
DRAWN = MILLI != UNSCORED


def test_old_half_a_year_and_some_weeks_are_told_apart_and_nobody_who_ordered_is_left_out() -> None:
    assert provisional_names(MATRIX, DRAWN).tolist() == ["", "yearly", "provisional", "provisional"]
    assert provisional_counts(MATRIX, DRAWN) == ProvisionalCounts(1, 2, 0)


def test_a_tenth_of_the_weight_is_enough_for_a_provisional_tier_and_for_no_other() -> None:
    assert (MILLI != UNSCORED).tolist() == [True, True, True, True]
    plain = indicator_matrix(TABLE.assign(annual_revenue=[900.0, 900, np.nan, np.nan]), {})
    scores = score_customers(plain, {"annual_revenue": 90, "strategic_value": 10}).milli
    assert (scores != UNSCORED).tolist() == [True, True, False, False]


def test_where_nobody_is_new_everybodys_history_is_read_as_it_is() -> None:
    matrix = levelled({"growth": [0.5, 0.7]})
    milli = score_customers(matrix, {"growth": 1}).milli
    assert provisional_names(matrix, milli != UNSCORED).tolist() == ["", ""]
    assert provisional_counts(matrix, milli != UNSCORED) == ProvisionalCounts(0, 0, 0)


def test_whom_a_standard_on_orders_cannot_place_is_too_new_whatever_the_score() -> None:
    assert provisional_names(MATRIX, np.array([True, True, False, False])).tolist() == [
        "",
        "yearly",
        "too_new",
        "too_new",
    ]
