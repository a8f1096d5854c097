"""What the strategy views compute once per data, scenario and question, in the session's own cache."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from tiering.evaluate import Tiering
from tiering.strategy.actions import Action, actions
from tiering.strategy.evidence import Evidence
from tiering.strategy.recommend import recommendations
from tiering.strategy.resources.allocation import Allocation, allocation
from tiering.ui import cached
from tiering.ui.cached import Shown
from tiering.ui.segments.looked_up import BaseKey, base_key


def best_allocation(shown: Shown) -> Allocation:
    """The best service levels of the customers shown."""
    return _allocation(*_key(shown), _tiering=shown.tiering)


def actions_of(shown: Shown) -> tuple[Action, ...]:
    """All actions of the customers shown."""
    evidence = cached.evidence(shown)
    return _actions(*_key(shown), _known=(shown.tiering, evidence, shown.dataset.orders))


def _key(shown: Shown) -> tuple[BaseKey, str]:
    return base_key(shown), shown.tiering.scenario.model_dump_json()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _allocation(base: BaseKey, scenario: str, _tiering: Tiering) -> Allocation:
    return allocation(_tiering)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _actions(base: BaseKey, scenario: str, _known: tuple[Tiering, Evidence, pa.Table | None]) -> tuple[Action, ...]:
    tiering, evidence, orders = _known
    return actions(tiering, evidence, recommendations(tiering, evidence), orders)
