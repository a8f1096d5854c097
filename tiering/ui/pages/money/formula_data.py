"""The formula's factors for the customers shown: of this period, of the one before, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.strategy.formula import all_existing, lengths_known, period_metrics, periods, sales_factors
from tiering.ui.base import cached_movement, frame
from tiering.ui.base.cached import Shown
from tiering.words import Words

COUNTED = ["leads", "existing", "rest"]


@dataclass(frozen=True)
class FormulaData:
    """``now`` and ``before`` (None: not told): factors, one row per group; ``names`` of the groups."""

    now: pd.DataFrame
    before: pd.DataFrame | None
    names: tuple[str, ...]


def lengths(shown: Shown) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Months a period can have, and those of them that two periods can be compared by."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    return ((), ()) if orders is None or as_of is None else lengths_known(orders, as_of)


def formula_data(shown: Shown, months: int | None, conversion: float, words: Words) -> FormulaData:
    """Factors by tier; ``months`` None: nothing tells old customers from new."""
    tiering = shown.tiering
    groups = tiering.tiers.astype(np.intp)
    count = len(tiering.scenario.tiers) + int((groups == len(tiering.scenario.tiers)).any())
    names = (*tiering.scenario.tiers, words("formula.no_tier"))[:count]
    if months is None:
        return FormulaData(all_existing(tiering.base.revenue, groups, count), None, names)
    orders, as_of = shown.dataset.orders, tiering.base.as_of
    assert orders is not None, "periods come out of orders"
    assert as_of is not None, "orders have a last date"
    metrics = _metrics(shown.dataset.fingerprint, as_of, months, _orders=orders)
    is_compared = months in lengths(shown)[1]
    starts = _tiers_at_start(shown, months, is_compared, words)
    told = zip(periods(metrics, tiering, months), starts, strict=True)
    before, now = (sales_factors(period, held, count, conversion) for period, held in told)
    is_empty = not (now[COUNTED].iloc[-1].any() or before[COUNTED].iloc[-1].any())
    if is_empty:  # nobody without a tier ever bought
        count = len(tiering.scenario.tiers)
    return FormulaData(now.head(count), before.head(count) if is_compared else None, names[:count])


def _tiers_at_start(shown: Shown, months: int, is_compared: bool, words: Words) -> tuple[np.ndarray, np.ndarray]:
    """Tier of each customer at the start of the period before and of this one; who had none then, by that of today.

    By today's tier those who grew would be counted where they arrived, and no tier would seem to lose anybody.
    """
    as_of, today = shown.tiering.base.as_of, shown.tiering.tiers.astype(np.intp)
    assert as_of is not None, "orders have a last date"
    dates = [months_before(as_of, months * back) for back in ((2, 1) if is_compared else (1,))]
    chain = cached_movement.chain(shown, [*dates, as_of], words)
    held = [np.where(tiers < chain.count, tiers, today).astype(np.intp) for tiers in chain.tiers[:-1]]
    return held[0], held[-1]


def factor(name: str, value: float, shown: Shown, words: Words) -> str:
    """A factor as people read it: a count, a share or money."""
    if name in ("leads", "existing"):
        return words.number(value)
    if name in ("conversion", "retention"):
        return words.percent(value, 1)
    return words.money(value, shown.dataset.currency)


def plain_factor(name: str, value: float, shown: Shown, words: Words) -> str:
    """The same, safe in Markdown."""
    return frame.plain(factor(name, value, shown, words))


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _metrics(fingerprint: str, as_of: date, months: int, _orders: pa.Table) -> pd.DataFrame:
    return period_metrics(_orders, as_of, months)
