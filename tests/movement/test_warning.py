"""Churn warning: who is late by the own rhythm or that of the tier, and what the past says of such warnings."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_data import order_lines
from tiering.metrics import customer_metrics
from tiering.movement.rhythm import silence_tails
from tiering.movement.sale_days import RhythmExclusions, group_median, sale_days
from tiering.movement.warning import (
    LEVELS,
    UNKNOWN,
    Warnings,
    alarm_record,
    check_dates,
    gaps_until,
    median_gaps,
    warnings_of,
)

TRUTH = json.loads((Path(__file__).parents[1] / "truth" / "silence_tails.json").read_text(encoding="utf-8"))["cases"]
START = date(2024, 1, 1)


def orders_on(days_of: dict[str, list[int]], amount: str = "10") -> pa.Table:
    """Customer → day numbers from 2024-01-01 on, one order of ``amount`` each."""
    return order_lines(
        *((who, (START + timedelta(day)).isoformat(), amount) for who, days in days_of.items() for day in days)
    )


def warned(days_of: dict[str, list[int]], now: int, left_out: RhythmExclusions | None = None) -> Warnings:
    days = sale_days(orders_on(days_of), START + timedelta(now), left_out or RhythmExclusions())
    return warnings_of(gaps_until(days, days.today), np.zeros(days.ids.size, dtype=np.intp))


def every(step: int, times: int, begin: int = 0) -> list[int]:
    return [begin + step * k for k in range(times)]


@pytest.mark.parametrize("case", TRUTH)
def test_the_published_alarm_comes_out_of_order_lines(case) -> None:
    days = sale_days(orders_on({"a": case["order_days"]}), START + timedelta(case["now"]))
    found = warnings_of(gaps_until(days, days.today), np.zeros(1, dtype=np.intp))
    assert found.tail[0] == pytest.approx(case["tail"], rel=1e-6)
    assert median_gaps(days)[0] == case["median"]
    assert found.gaps.silent[0] / median_gaps(days)[0] == pytest.approx(case["ratio"])


def test_the_monthly_buyer_is_red_after_45_days_and_the_irregular_one_calm_after_56() -> None:
    monthly, irregular = [0, 30, 61, 90, 120, 150, 182, 210, 240, 271, 301, 330], [0, 5, 65, 67, 157, 158, 242, 319]
    found = warned({"monthly": monthly, "irregular": irregular}, 375)
    assert [LEVELS[code] for code in found.level] == ["calm", "red"]
    assert found.own_share.tolist() == [1.0, 1.0]


def test_the_warning_is_that_of_the_customer_table_where_the_own_rhythm_is_known() -> None:
    days_of = {"a": [0, 9, 30, 31, 77], "b": every(30, 9), "c": [5, 50], "d": [7]}
    orders, today = orders_on(days_of), START + timedelta(300)
    table = customer_metrics(orders, [today])
    known = (table[name].to_numpy(float) for name in ("gaps", "gap_mean_days", "gap_log_mean", "recency_days"))
    own = silence_tails(*known)
    found = warned(days_of, 300)
    assert found.tail[:2] == pytest.approx(own[:2], rel=1e-6)
    assert np.isnan(own[2:]).all()


def test_one_order_is_no_rhythm_and_two_borrow_that_of_the_others() -> None:
    others = {f"k{k}": [day + day % 7 for day in every(20 + k, 10, k)] for k in range(6)}
    found = warned(others | {"once": [0], "twice": [200, 225]}, 260)
    once, twice = 6, 7
    assert found.level[once] == UNKNOWN
    assert np.isnan(found.tail[once])
    assert found.level[twice] >= 0
    assert 0 < found.own_share[twice] < 1
    assert 20 < found.usual_days[twice] < 26


def test_with_nobody_s_rhythm_known_short_histories_stay_unknown() -> None:
    assert warned({"a": [0, 30], "b": [0, 40, 70]}, 300).level.tolist() == [UNKNOWN, UNKNOWN]


def test_a_small_tier_borrows_the_shape_of_all() -> None:
    days_of = {f"k{k}": every(20 + k, 10, k) for k in range(6)} | {"z1": [0, 90], "z2": [0, 80]}
    days = sale_days(orders_on(days_of), START + timedelta(300))
    found = warnings_of(gaps_until(days, days.today), np.array([0, 0, 0, 0, 0, 0, 1, 1], dtype=np.intp))
    assert (found.level[6:] >= 0).all()


def test_months_left_out_make_no_silence() -> None:
    # ordered every 14 days until the end of January; on 12 March a silence of 41 days, 13 of them not in February
    monthly = every(14, 3)
    long_before = [day - 350 for day in every(14, 23)] + monthly
    days_of = {"a": [day + 400 for day in long_before]}
    now = date(2024, 1, 1) + timedelta(400 + 28 + 41)
    months = {(date(2024, 1, 1) + timedelta(400 + 28 + k)).month for k in range(10, 30)}
    plain = sale_days(orders_on(days_of), now)
    without = sale_days(orders_on(days_of), now, RhythmExclusions(months=tuple(months)))
    assert gaps_until(plain, plain.today).silent[0] == 41
    assert gaps_until(without, without.today).silent[0] < 25


def test_sales_in_a_month_left_out_count_on_the_last_day_before_it() -> None:
    # 31 January, 10 and 20 February are one day when February does not count; 1 March is the next
    orders = order_lines(*(("a", day, "1") for day in ("2024-01-31", "2024-02-10", "2024-02-20", "2024-03-01")))
    days = sale_days(orders, date(2024, 3, 1), RhythmExclusions(months=(2,)))
    assert np.diff(days.day).tolist() == [1]
    assert days.sold.tolist() == [3.0, 1.0]


def test_project_orders_can_be_left_out_by_what_the_file_says_or_by_their_size() -> None:
    lines = [("a", (START + timedelta(day)).isoformat(), "10", "repeat") for day in every(30, 6)]
    orders = order_lines(*lines, ("a", "2024-01-20", "5000", "project"), columns=("kind",))
    today = START + timedelta(160)
    assert sale_days(orders, today).day.size == 7
    assert sale_days(orders, today, RhythmExclusions(column="kind", values=("project",))).day.size == 6
    assert sale_days(orders, today, RhythmExclusions(times_usual=10.0)).day.size == 6
    assert sale_days(orders, today, RhythmExclusions(column="gone", values=("project",))).day.size == 7


def test_returns_are_no_sale_days_and_lines_of_a_day_are_one() -> None:
    orders = order_lines(("a", "2024-01-01", "5"), ("a", "2024-01-01", "6"), ("a", "2024-01-09", "-5"))
    days = sale_days(orders, date(2024, 2, 1))
    assert (days.day.size, days.sold.tolist()) == (1, [11.0])


def test_the_median_of_groups_is_that_of_each() -> None:
    groups, values = np.array([0, 2, 2, 0, 2, 2]), np.array([3.0, 1.0, 9.0, 5.0, 2.0, 4.0])
    assert group_median(groups, values, 3)[[0, 2]].tolist() == [4.0, 3.0]
    assert np.isnan(group_median(groups, values, 3)[1])


def test_checks_do_not_overlap_and_leave_half_a_year_before() -> None:
    dates = check_dates(date(2024, 1, 1), date(2025, 6, 30), 3)
    assert dates == (date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 30), date(2025, 3, 30))
    assert check_dates(date(2025, 1, 1), date(2025, 6, 30), 3) == ()


def test_a_customer_who_left_was_warned_of_and_who_came_back_was_a_false_alarm() -> None:
    steady = {f"k{k}": every(10, 55, k % 10) for k in range(20)}  # to day 540
    leaver, pauser = every(10, 40), [*every(10, 40), *every(10, 8, 470)]  # both silent from day 390
    days = sale_days(orders_on(steady | {"left": leaver, "back": pauser}), START + timedelta(545))
    record = alarm_record(days, START + timedelta(545), 3)
    assert record is not None
    assert record.lost["calm"].part == 0
    red = record.lost["red"]
    assert (red.part, red.whole) == (1, 2)
    assert red.interval[0] < 0.5 < red.interval[1]
    assert record.caught.value == 1


def test_without_a_past_there_is_no_record() -> None:
    days = sale_days(orders_on({"a": every(10, 10)}), START + timedelta(100))
    assert alarm_record(days, START + timedelta(100)) is None


def test_the_past_is_judged_by_what_was_known_then() -> None:
    days_of = {f"k{k}": every(12, 40, k) for k in range(6)}
    later = {who: [*days, 600 + k] for k, (who, days) in enumerate(days_of.items())}
    day = START + timedelta(300)
    for orders in (days_of, later):
        days = sale_days(orders_on(orders), START + timedelta(700))
        assert gaps_until(days, days.number_of(day)).count.tolist() == [25, 24, 24, 24, 24, 24]


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.integers(0, 500), min_size=1, max_size=12), min_size=1),
    st.randoms(use_true_random=False),
)
def test_the_order_of_lines_changes_nothing(days_of, chance) -> None:
    orders = orders_on(days_of)
    shuffled = list(range(orders.num_rows))
    chance.shuffle(shuffled)
    one, other = (sale_days(table, START + timedelta(500)) for table in (orders, orders.take(shuffled)))
    assert one.ids.tolist() == other.ids.tolist()
    assert (one.day == other.day).all()
    found = warnings_of(gaps_until(one, one.today), np.zeros(one.ids.size, dtype=np.intp))
    told = np.isfinite(found.tail)
    assert ((found.tail[told] >= 0) & (found.tail[told] <= 1)).all()
    assert (told == (found.level >= 0)).all()
    assert not told[found.gaps.count == 0].any()
