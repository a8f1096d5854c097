"""What the views of risk ask of the sale days, looked up by data and settings in the session's own cache."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from tiering.movement.alarm_record import AlarmRecord, alarm_record, check_dates
from tiering.movement.sale_days import LeftOut, SaleDays, sale_days
from tiering.movement.warning import Gaps, Warnings, gaps_until, median_gaps, warnings_of
from tiering.ui.base import cached_movement
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import orders_of
from tiering.words import Words


@dataclass(frozen=True)
class Rhythms:
    """Sale days of the file, and gaps and median gap of the customers in the order of the customer base."""

    days: SaleDays
    gaps: Gaps
    median_days: np.ndarray


def rhythms(shown: Shown, left_out: LeftOut) -> Rhythms:
    """The rhythm of every customer; no weight and no line changes it."""
    orders, as_of = orders_of(shown)
    return _rhythms(shown.base_key, left_out, _asked=(orders, as_of), _customers=shown.tiering.base.customers)


def warnings(shown: Shown, left_out: LeftOut) -> Warnings:
    """Warnings for the customers in the order of the customer base; a tier is a group."""
    return warnings_of(rhythms(shown, left_out).gaps, shown.tiering.tiers.astype(np.intp))


def active(shown: Shown) -> np.ndarray:
    """Whether each customer ordered in the window."""
    return shown.tiering.base.customers["annual_orders"].fillna(0).to_numpy() > 0


def record(shown: Shown, left_out: LeftOut, months: int, words: Words) -> AlarmRecord | None:
    """What such warnings were worth on the file's own past, with the tiers as they would have been."""
    found = rhythms(shown, left_out)
    as_of = orders_of(shown)[1]
    dates = check_dates(found.days.first, as_of, months)
    if not dates:
        return None
    key = (shown.base_key, cached_movement.rule_key(shown.tiering.scenario), left_out, months)
    chain = cached_movement.chain(shown, dates, words)
    rows = pd.Index(chain.customer_ids).get_indexer(pd.Index(found.days.ids))
    at = dict(zip(chain.dates, chain.tiers, strict=True))

    def groups_at(day: date, _ids: np.ndarray) -> np.ndarray:
        return np.where(rows >= 0, at[day][rows], chain.count).astype(np.intp)

    return _record(key, _asked=lambda: alarm_record(found.days, as_of, months, groups_at))


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _rhythms(base: object, left_out: LeftOut, _asked: tuple[pa.Table, date], _customers: pd.DataFrame) -> Rhythms:
    days = sale_days(*_asked, left_out)
    rows = pd.Index(days.ids).get_indexer(pd.Index(_customers["customer_id"]))
    median = np.where(rows >= 0, median_gaps(days)[rows], np.nan) if days.ids.size else np.full(rows.size, np.nan)
    return Rhythms(days, gaps_until(days, days.today).taken(rows), median)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _record(key: object, _asked) -> AlarmRecord | None:  # type: ignore[no-untyped-def]
    found: AlarmRecord | None = _asked()
    return found
