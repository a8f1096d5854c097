"""Which past dates the data can show, the sentence where it cannot, and the window set apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.chain import AWAY, NOT_YET, UNSCORED, Chain
from tiering.movement.retention import retention_months
from tiering.movement.snapshots import LEAST_DAYS, first_needed, full_window, review_dates
from tiering.ui.base import cached_movement
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.words import Words

LATE_DAYS = 31  # a month without an order may happen; more is an export that ends earlier
SPANS = {"quarter": 3, "half": 6, "year": 12, "two_years": 24}


def reviews(shown: Shown, view: str, words: Words, least: int = 2) -> tuple[date, ...]:
    """Quarterly review dates of the data; none, with what the view cannot show and what it takes, below the least."""
    as_of, first = shown.tiering.base.as_of, shown.dataset.first_order_date
    if shown.dataset.orders is None or as_of is None or first is None:
        st.info(words("movement.needs.orders"))
        return ()
    dates = review_dates(first, as_of)
    if len(dates) < least:
        needed = first_needed(as_of, least)
        st.info(words(f"movement.needs.{view}", first=first, last=as_of, needed=needed, n=len(dates), least=least))
        return ()
    return dates


def warn_of_short_window(shown: Shown, start: date, words: Words) -> None:
    """Say so where the first window is not full yet: what grows there is the window, not the customers."""
    first, months = shown.dataset.first_order_date, shown.tiering.scenario.window_months
    if first is not None and not full_window(first, start, months):
        st.caption(words("movement.short_window", start=start, first=first, months=months))


def warn_of_missing_end(shown: Shown, words: Words) -> None:
    """Say so where the day looked at lies well after the last order: silence there is that of the data."""
    last, as_of = shown.dataset.last_order_date, shown.tiering.base.as_of
    if last is not None and as_of is not None and (as_of - last).days > LATE_DAYS:
        st.warning(words("movement.data_end", last=last, as_of=as_of))


def earliest(shown: Shown, as_of: date) -> date:
    """The earliest day that has enough orders before it."""
    reached = months_before(as_of, 60)
    first = shown.dataset.first_order_date or reached
    return date.fromordinal(first.toordinal() + LEAST_DAYS)


def two_dates(shown: Shown, words: Words) -> tuple[date, date]:
    """The two dates: a customary span up to the data's now, or any two days."""
    as_of = shown.tiering.base.as_of
    assert as_of is not None, "orders have a last date"
    first = earliest(shown, as_of)
    spans = [name for name, months in SPANS.items() if months_before(as_of, months) >= first]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        span = choices.picked("span", [*spans, "own"], words, default="half" if "half" in spans else None)
        if span != "own":
            return months_before(as_of, SPANS[span]), as_of
        start = choices.day("start", words, (first, as_of), months_before(as_of, 3))
        end = choices.day("end", words, (start, as_of), as_of)
    return (start, end) if start < end else (date.fromordinal(start.toordinal() - 1), start)


def state_labels(names: tuple[str, ...], words: Words) -> list[str]:
    """What the tiers and the states beside them are called, in the order of their codes."""
    beside = {UNSCORED: "unscored", AWAY: "away", NOT_YET: "not_yet"}
    return [*names, *(words(f"movement.state.{beside[code]}") for code in sorted(beside))]


def separate_windows(shown: Shown, words: Words) -> tuple[Chain, int] | None:
    """Chain of a date some months ago and now, with windows of so many months that do not overlap, and the months.

    Where the orders are too short for two windows it is said, and there is no chain.
    """
    first, as_of = shown.dataset.first_order_date, shown.tiering.base.as_of
    assert first is not None, "orders have dates"
    assert as_of is not None, "orders have dates"
    months = retention_months(first, as_of, shown.tiering.scenario.window_months)
    if not months:
        st.info(words("movement.kept.too_short", first=first, last=as_of))
        return None
    scenario = shown.tiering.scenario.model_copy(update={"window_months": months})
    narrowed = replace(shown, tiering=replace(shown.tiering, scenario=scenario))
    return cached_movement.chain(narrowed, [months_before(as_of, months), as_of], words), months
