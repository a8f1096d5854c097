"""The tiers one window ago and now, each by a window that the data fill."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.chain import Chain
from tiering.movement.retention import retention_months
from tiering.ui.base import cached_movement
from tiering.ui.base.cached import Shown
from tiering.words import Words


def window_apart(shown: Shown, words: Words) -> tuple[Chain, int] | None:
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
