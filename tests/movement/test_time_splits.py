"""What is learnt from lies before what is tested on, in the months the published splits of twelve months name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import order_lines
from tiering.metrics.windows import months_before
from tiering.movement.snapshots import bought_between, snapshots
from tiering.movement.warning import check_dates, months_after

CASES = {
    case["name"]: case["expected"]
    for case in json.loads((Path(__file__).parents[1] / "truth" / "time_splits.json").read_text("utf-8"))["cases"]
}
JANUARY, DECEMBER = date(2024, 1, 1), date(2024, 12, 31)
# one customer a month: its first order on the 10th, and one more on the 20th of every later month that is named
MONTHS = range(1, 13)


def months_of(first: date, last: date) -> list[int]:
    """Months after ``first`` up to ``last``, counted from 0 for January."""
    return [month - 1 for month in MONTHS if first < date(2024, month, 15) <= last]


def test_warnings_are_checked_on_the_months_that_follow_all_that_was_known() -> None:
    dates = check_dates(JANUARY, DECEMBER, 3)
    split = [[months_of(date(2023, 12, 31), day), months_of(day, months_after(day, 3))] for day in dates]
    # the first published split knows three months, too few to see a rhythm
    assert split == CASES["three_growing"][1:]


def test_repurchase_is_learnt_on_one_window_and_tested_on_the_next() -> None:
    orders = order_lines(*((f"k{month}", f"2024-{month:02}-10", "1") for month in MONTHS))
    learnt, tested, today = snapshots(orders, DECEMBER, 4)
    windows = [months_of(learnt.day, tested.day), months_of(tested.day, today.day)]
    assert windows == [test for _, test in CASES["two_of_four"]]
    # the window tested on first is the one learnt from for today, as in the second published split
    assert windows[0] == CASES["two_of_four"][1][0]


def test_an_order_counts_in_the_window_it_falls_in_and_in_no_other() -> None:
    orders = order_lines(("a", "2024-01-05", "1"), ("a", "2024-06-05", "1"), ("b", "2024-02-05", "1"))
    learnt, tested, today = snapshots(orders, DECEMBER, 4)
    assert bought_between(learnt, tested).tolist() == [True, False]
    assert bought_between(tested, today).tolist() == [False, False]


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(2015, 1, 1), date(2024, 12, 31)), st.dates(date(2015, 1, 1), date(2024, 12, 31)), st.integers(1, 12)
)
def test_no_two_checks_share_a_day_and_none_looks_beyond_the_data(first, as_of, months) -> None:
    dates = check_dates(first, as_of, months)
    ends = [months_after(day, months) for day in dates]
    assert all(np.diff([day.toordinal() for day in dates]) > 0) if dates else True
    # a month's last days may shift by the shorter months between
    assert all((later - end).days >= -3 for end, later in zip(ends, dates[1:], strict=False))
    assert all((as_of - end).days >= -3 for end in ends)
    assert all(months_before(day, 6) > first - np.timedelta64(32, "D").astype(object) for day in dates)


@pytest.mark.parametrize("months", [1, 3, 6])
def test_what_came_later_changes_nothing_that_was_known(months) -> None:
    early = [("a", "2023-01-05", "1"), ("b", "2023-04-05", "2"), ("a", "2023-06-05", "1")]
    late = [("a", "2024-12-30", "500"), ("c", "2024-12-29", "7")]
    alone, beside = (snapshots(order_lines(*lines), DECEMBER, months) for lines in (early, early + late))
    for before, with_later in zip(alone[:2], beside[:2], strict=True):
        assert before.features.equals(with_later.features)
        assert before.ids.tolist() == with_later.ids.tolist()
