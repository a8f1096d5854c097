"""Models of repurchase, trained once per data, date and horizon, in the session's own cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.demand import Forecast, PlainRule, chances_by_rule, forecast, plain_rules
from tiering.movement.repurchase import Repurchase, TooLittle, repurchase
from tiering.movement.sale_days import NOTHING
from tiering.movement.snapshots import snapshots
from tiering.ui.base import cached_movement, cached_rhythms
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import orders_of
from tiering.words import Words

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Learnt:
    """The model with its forecast, or why there is none and what plain rules say instead.

    ``chance`` (n,): the probability to order that all views tell, of the customers ``ids``.
    """

    model: Repurchase | TooLittle
    forecast: Forecast | None
    rules: tuple[PlainRule, ...]
    ids: np.ndarray
    chance: np.ndarray


def learnt(shown: Shown, months: int, words: Words) -> Learnt:
    """What can be learnt of repurchase within ``months``; a bar is drawn while it takes long."""
    as_of = orders_of(shown)[1]
    slot = _learnt((shown.dataset.fingerprint, as_of, months))
    with st.spinner(words("movement.repurchase.learning"), show_time=True):
        return cached_movement.waited(shown, words, slot, lambda progress: _learn(shown, months, progress))


def not_ordering(shown: Shown, found: Learnt) -> np.ndarray:
    """Probability of no order within the horizon, of every customer of the base; NaN where nothing tells it."""
    rows = pd.Index(found.ids).get_indexer(pd.Index(shown.tiering.base.customers["customer_id"]))
    return np.where(rows >= 0, 1 - found.chance[rows], np.nan) if found.ids.size else np.full(rows.size, np.nan)


def rows_in_base(shown: Shown, ids: np.ndarray) -> np.ndarray:
    """Row of the customer base of each id, −1 where it is not there."""
    return pd.Index(shown.tiering.base.customers["customer_id"]).get_indexer(pd.Index(ids))


def _learn(shown: Shown, months: int, progress: Progress | None) -> Learnt:
    orders, as_of = orders_of(shown)
    model = repurchase(orders, as_of, months, progress)
    if isinstance(model, TooLittle):
        seen = snapshots(orders, as_of, months)
        rules, today = plain_rules(seen[1], seen[2], months), seen[2]
        return Learnt(model, None, rules, today.ids, chances_by_rule(rules, today, months))
    told = forecast(model, cached_rhythms.rhythms(shown, NOTHING).days)
    return Learnt(model, told, (), model.today.ids, model.chance)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _learnt(key: tuple[str, date, int]) -> dict[str, Learnt]:
    return {}
