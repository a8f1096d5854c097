"""Which dates of the past a file can show."""

from __future__ import annotations

from datetime import date

from tiering.movement.snapshots import full_window, review_dates


def test_reviews_are_a_quarter_apart_and_end_at_the_datas_now() -> None:
    days = review_dates(date(2024, 1, 1), date(2024, 12, 31))
    assert days == (date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))


def test_a_long_history_is_shown_for_two_years() -> None:
    days = review_dates(date(2000, 1, 1), date(2024, 12, 31))
    assert (len(days), days[0]) == (9, date(2022, 12, 31))


def test_no_review_lies_where_hardly_anything_was_known() -> None:
    assert review_dates(date(2024, 11, 15), date(2024, 12, 31)) == ()
    assert review_dates(date(2024, 9, 1), date(2024, 12, 31)) == (date(2024, 12, 31),)
    assert review_dates(None, date(2024, 12, 31)) == ()


def test_a_window_is_full_when_the_data_begin_before_it_or_hardly_late() -> None:
    assert full_window(date(2023, 12, 31), date(2024, 12, 31), 12)
    assert full_window(date(2024, 1, 10), date(2024, 12, 31), 12)
    assert not full_window(date(2024, 3, 1), date(2024, 12, 31), 12)
    assert not full_window(None, date(2024, 12, 31), 12)
