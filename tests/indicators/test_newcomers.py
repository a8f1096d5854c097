"""Newcomers: put on a whole window, tiered provisionally, or too new, and never by history they cannot have."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import dataset, order_lines
from tiering.evaluate import evaluate, scores_in_points, tier_names
from tiering.indicators.catalogue import BY_KEY
from tiering.indicators.matrix import indicator_matrix
from tiering.indicators.newcomers import history_status, with_first_day
from tiering.scenario import Anchors, Cuts, Scenario
from tiering.scenario.measures import Newcomers

AS_OF = date(2025, 12, 31)
YEARS = Anchors(points=(0.0, 1000.0), levels=(0.0, 1.0))


def with_tenure(*days: float | None) -> pd.DataFrame:
    return pd.DataFrame({"tenure_days": pd.Series(days, dtype="float64")})


def read(*days: float | None, **choices: object):
    return history_status(with_tenure(*days), Newcomers(**choices), 12, AS_OF)  # type: ignore[arg-type]


def test_of_the_half_that_is_missing_the_own_pace_counts_half_and_ten_years_stay() -> None:
    found = read(3650.0, 365.25 / 2)
    assert found is not None
    assert found.factor.tolist() == [1.0, 1.5]
    assert found.fresh.tolist() == [False, True]
    assert found.provisional.tolist() == [False, False]


def test_less_than_three_months_is_never_put_on_a_year() -> None:
    found = read(3650.0, 91.0, 92.0, 0.0)
    assert found is not None
    assert found.provisional.tolist() == [False, True, False, True]
    assert found.factor[[1, 3]].tolist() == [1.0, 1.0]
    assert found.factor.max() < 2


def test_a_file_of_half_a_year_makes_nobody_a_newcomer() -> None:
    assert read(180.0, 100.0, 10.0) is None


def test_whoever_comes_in_the_first_half_of_a_year_long_file_may_be_an_old_customer() -> None:
    found = read(365.0, 200.0, 180.0)
    assert found is not None
    assert found.fresh.tolist() == [False, False, True]


def test_the_first_day_of_the_data_can_be_kept_so_that_the_oldest_customer_may_go() -> None:
    kept = read(300.0, 100.0, data_from=date(2020, 1, 1))
    assert kept is not None
    assert kept.fresh.tolist() == [True, True]


def test_the_first_day_is_that_of_the_oldest_customer_and_is_kept_once_it_is_known() -> None:
    found = with_first_day(Newcomers(), with_tenure(365.0, 20.0), AS_OF)
    assert found.data_from == date(2024, 12, 31)
    assert with_first_day(found, with_tenure(20.0), AS_OF) == found
    assert with_first_day(Newcomers(), with_tenure(None), AS_OF) == Newcomers()
    assert with_first_day(Newcomers(), pd.DataFrame(), None) == Newcomers()


def test_nobody_is_a_newcomer_when_that_is_not_wanted_or_not_known() -> None:
    assert read(3650.0, 30.0, annualise=False) is None
    assert history_status(pd.DataFrame({"annual_revenue": [1.0]}), Newcomers(), 12, AS_OF) is None
    assert read(None, None) is None


def test_those_who_never_ordered_are_provisional_only_on_request() -> None:
    assert read(3650.0, None) is None
    found = read(3650.0, None, prospects=True)
    assert found is not None
    assert found.provisional.tolist() == [False, True]


def test_money_and_counts_are_put_on_a_year_and_days_are_not() -> None:
    found = read(3650.0, 365.25 / 2)
    assert found is not None
    raw = np.array([100.0, 100.0])
    assert found.read(raw, BY_KEY["annual_revenue"]).tolist() == [100.0, 150.0]
    assert found.read(raw, BY_KEY["annual_orders"]).tolist() == [100.0, 150.0]
    assert found.read(raw, BY_KEY["recency_days"]).tolist() == [100.0, 100.0]


@pytest.mark.parametrize("key", ["tenure_days", "growth", "trend", "retention"])
def test_what_takes_a_whole_window_is_not_held_against_a_newcomer(key: str) -> None:
    found = read(3650.0, 200.0)
    assert found is not None
    assert np.isnan(found.read(np.array([5.0, 5.0]), BY_KEY[key])).tolist() == [False, True]


def test_of_a_company_of_some_weeks_only_what_orders_do_not_tell_is_known() -> None:
    table = pd.DataFrame({"tenure_days": [3650.0, 20], "annual_revenue": [900.0, 900], "strategic_value": [3.0, 5]})
    found = history_status(table, Newcomers(), 12, AS_OF)
    matrix = indicator_matrix(table, {}, standing=found)
    known = matrix.patterns[matrix.pattern]
    assert matrix.keys == ("annual_revenue", "tenure_days", "strategic_value")
    assert known.tolist() == [[1, 1, 1], [0, 0, 1]]
    assert matrix.lenient is not None
    assert matrix.lenient[matrix.pattern].tolist() == [False, True]


ORDERS = order_lines(
    ("old", "2022-01-10", "1000.00"),
    ("old", "2025-06-01", "600.00"),
    ("half", "2025-07-02", "600.00"),
    ("weeks", "2025-12-20", "600.00"),
    ("unknown", "2025-12-20", "600.00"),
    ("old", "2025-12-31", "600.00"),
)
ATTRIBUTES = pa.table({"customer_id": ["weeks", "old"], "size": ["大型", "大型"]})
SCENARIO = Scenario(
    tiers=("A", "B"),
    weights={"annual_revenue": 90, "size": 10},
    cuts=Cuts(lines=(60.0,)),
    anchors={"annual_revenue": Anchors(points=(0.0, 2000.0), levels=(0.0, 1.0))},
)


def outcome(scenario: Scenario = SCENARIO) -> dict[str, tuple[float, str]]:
    answer = evaluate(dataset(ORDERS, ATTRIBUTES), scenario)
    points = np.nan_to_num(scores_in_points(answer), nan=-1).round(1)
    return dict(zip(answer.base.customers["customer_id"], zip(points, tier_names(answer), strict=True), strict=True))


def test_half_a_year_of_600_counts_as_900() -> None:
    assert outcome()["half"] == (pytest.approx(45.0, abs=0.3), "B")
    plain = SCENARIO.model_copy(update={"newcomers": Newcomers(annualise=False)})
    assert outcome(plain)["half"] == (30.0, "B")


def test_a_customer_of_ten_days_is_tiered_by_its_size_and_without_one_by_the_orders_so_far() -> None:
    assert outcome()["weeks"] == (50.0, "B")  # as large as the only other whose size is known
    assert outcome()["unknown"] == (30.0, "B")  # 600 of 2,000, as it is


def test_by_potential_alone_nobody_reaches_the_top_tier() -> None:
    large = SCENARIO.model_copy(update={"cuts": Cuts(lines=(10.0,))})
    assert outcome(large)["weeks"] == (50.0, "B")
    assert outcome(large)["unknown"] == (30.0, "A")


def test_revenue_shown_stays_what_was_bought() -> None:
    answer = evaluate(dataset(ORDERS, ATTRIBUTES), SCENARIO)
    bought = dict(zip(answer.base.customers["customer_id"], answer.base.revenue.tolist(), strict=True))
    assert bought["half"] == 600.0


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 4000), min_size=3, max_size=12), st.integers(0, 11))
def test_removing_a_customer_moves_nobody_once_scale_and_first_day_are_kept(tenures: list[float], gone: int) -> None:
    table = pd.DataFrame({"tenure_days": tenures, "annual_revenue": np.linspace(10, 900, len(tenures))})
    choices = Newcomers(data_from=date(2014, 1, 1))
    kept = {"annual_revenue": YEARS, "tenure_days": YEARS}
    whole = indicator_matrix(table, kept, standing=history_status(table, choices, 12, AS_OF))
    left = table.drop(index=gone % len(table)).reset_index(drop=True)
    fewer = indicator_matrix(left, kept, standing=history_status(left, choices, 12, AS_OF))
    levels = dict(zip(whole.keys, np.delete(whole.levels, gone % len(table), axis=1).tolist(), strict=True))
    assert dict(zip(fewer.keys, fewer.levels.tolist(), strict=True)).items() <= levels.items()
