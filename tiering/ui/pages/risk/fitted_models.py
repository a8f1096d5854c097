"""Models of repurchase, trained once per data, date and horizon, in the session's own cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.demand import Forecast, PlainRule, forecast, plain_rules
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
    """The model with its forecast, or why there is none and what plain rules say instead."""

    model: Repurchase | TooLittle
    forecast: Forecast | None
    rules: tuple[PlainRule, ...]


def learnt(shown: Shown, months: int, words: Words) -> Learnt:
    """What can be learnt of repurchase within ``months``; a bar is drawn while it takes long."""
    as_of = orders_of(shown)[1]
    slot = _learnt((shown.dataset.fingerprint, as_of, months))
    with st.spinner(words("movement.repurchase.learning"), show_time=True):
        return cached_movement.waited(shown, words, slot, lambda progress: _learn(shown, months, progress))


def rows_in_base(shown: Shown, ids: np.ndarray) -> np.ndarray:
    """Row of the customer base of each id, −1 where it is not there."""
    return pd.Index(shown.tiering.base.customers["customer_id"]).get_indexer(pd.Index(ids))


def _learn(shown: Shown, months: int, progress: Progress | None) -> Learnt:
    orders, as_of = orders_of(shown)
    model = repurchase(orders, as_of, months, progress)
    if isinstance(model, TooLittle):
        seen = snapshots(orders, as_of, months)
        return Learnt(model, None, plain_rules(seen[1], seen[2], months))
    return Learnt(model, forecast(model, cached_rhythms.rhythms(shown, NOTHING).days), ())


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _learnt(key: tuple[str, date, int]) -> dict[str, Learnt]:
    return {}
