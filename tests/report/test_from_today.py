"""What is to be done counts from today, never into the past, and data that end long ago are told as that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.report.four_customers import plain, plain_tiers
from tiering.report import Handout
from tiering.report.policy.chapters import review_chapter
from tiering.said.scheme_notes import old_data_notes
from tiering.strategy.actions import counted_from
from tiering.words import Words

LAST = date(2026, 3, 10)
HANDOUT = Handout(plain_tiers(), plain(), Words("en"))


def test_reviews_begin_after_today_and_not_after_the_end_of_the_data() -> None:
    later = replace(HANDOUT, today=date(2026, 11, 30))
    assert [row[0] for row in review_chapter(later).table.rows][:2] == ["31 Dec 2026", "31 Mar 2027"]  # type: ignore[union-attr]
    assert review_chapter(HANDOUT).table.rows[0][0] == "31 Mar 2026"  # type: ignore[union-attr]


def test_days_are_counted_from_today_or_from_the_data_where_these_are_of_the_future() -> None:
    assert counted_from(LAST, date(2026, 11, 30)) == date(2026, 11, 30)
    assert counted_from(LAST, date(2026, 1, 1)) == LAST
    assert counted_from(LAST, None) == LAST
    assert counted_from(None, date(2026, 1, 1)) is None


def test_every_action_is_due_after_today() -> None:
    today = date(2026, 11, 30)
    assert all(action.due is not None and action.due > today for action in replace(HANDOUT, today=today).moves)


def test_data_that_end_more_than_45_days_ago_are_told() -> None:
    assert old_data_notes(LAST, date(2026, 4, 24), Words("en")) == []
    assert old_data_notes(LAST, date(2026, 4, 25), Words("en"))[0].startswith(
        "The data end on 10 Mar 2026, 46 days ago"
    )
    assert old_data_notes(None, date(2026, 4, 25), Words("en")) == []
