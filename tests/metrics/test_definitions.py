"""The SQL against the definitions written a second time, on orders drawn at random."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.oracle import expected_metrics
from tests.metrics.orders import Line, days, line, order_files, table
from tiering.metrics import customer_metrics


def ensure_as_defined(lines: Sequence[Line], as_of: Sequence[date], months: int) -> None:
    measured = customer_metrics(table(lines), as_of, window_months=months)
    expected = expected_metrics(lines, as_of, months)
    pd.testing.assert_frame_equal(measured, expected, check_dtype=False, rtol=1e-13, atol=0)


@settings(max_examples=40, deadline=None)
@given(order_files, st.lists(days, min_size=1, max_size=4), st.sampled_from([1, 3, 6, 12, 12, 12, 13, 24]))
def test_metrics_are_what_their_definitions_say(lines, as_of, months):
    ensure_as_defined(lines, as_of, months)


def test_date_marks_within_a_month_count_that_month_once_in_every_window():
    lines = [line("a", f"2024-01-{day:02}", "1") for day in range(1, 32, 2)] + [line("a", "2024-01-10", "-1")]
    as_of = [date(2024, month, day) for month in (1, 2) for day in (4, 8, 9, 10, 11, 17, 25)]
    ensure_as_defined(lines, as_of, months=1)
