"""What the strategy views compute once per data, scenario and question, in the session's own cache."""

from __future__ import annotations

import streamlit as st

from tiering.evaluate import Tiering
from tiering.strategy.resources.allocation import Allocation, allocation
from tiering.ui.cached import Shown
from tiering.ui.segments.looked_up import BaseKey, base_key


def best_allocation(shown: Shown) -> Allocation:
    """The best service levels of the customers shown."""
    return _allocation(*_key(shown), _tiering=shown.tiering)


def _key(shown: Shown) -> tuple[BaseKey, str]:
    return base_key(shown), shown.tiering.scenario.model_dump_json()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _allocation(base: BaseKey, scenario: str, _tiering: Tiering) -> Allocation:
    return allocation(_tiering)
