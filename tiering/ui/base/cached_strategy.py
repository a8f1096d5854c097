"""What the strategy views compute once per data, scenario and question, in the session's own cache."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import streamlit as st

from tiering.evaluate import CustomerBase, Tiering
from tiering.strategy.actions import Action, actions
from tiering.strategy.evidence import Evidence
from tiering.strategy.look_alikes import Spending, category_spending
from tiering.strategy.recommend import recommendations
from tiering.strategy.resources.allocation import Allocation, allocation
from tiering.ui.base import cached
from tiering.ui.base.cached import BaseKey, Shown


def best_allocation(shown: Shown) -> Allocation:
    """The best service levels of the customers shown."""
    return _allocation(*_key(shown), _tiering=shown.tiering)


def actions_of(shown: Shown) -> tuple[Action, ...]:
    """All actions of the customers shown."""
    evidence = cached.evidence(shown)
    return _actions(*_key(shown), date.today(), _known=(shown.tiering, evidence, _spent(shown)))


def _spent(shown: Shown) -> Spending | None:
    orders, months = shown.dataset.orders, shown.tiering.scenario.window_months
    return None if orders is None else _spending(shown.base_key, months, _base=shown.tiering.base, _orders=orders)


def _key(shown: Shown) -> tuple[BaseKey, str]:
    return shown.base_key, shown.tiering.scenario.model_dump_json()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _allocation(base: BaseKey, scenario: str, _tiering: Tiering) -> Allocation:
    return allocation(_tiering)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _spending(base: BaseKey, months: int, _base: CustomerBase, _orders: pa.Table) -> Spending:
    return category_spending(_base, months, _orders)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _actions(
    base: BaseKey, scenario: str, today: date, _known: tuple[Tiering, Evidence, Spending | None]
) -> tuple[Action, ...]:
    tiering, evidence, spent = _known
    return actions(tiering, evidence, recommendations(tiering, evidence), spent, today)
