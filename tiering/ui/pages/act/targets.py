"""Targets of a tier's measures: customary ones that can be typed over, kept with the scenario."""

from __future__ import annotations

import streamlit as st

from tiering.scenario.bounds import MONEY
from tiering.strategy.kpis import Kpi
from tiering.ui.base import state
from tiering.words import Words


def section(tier: str, found: tuple[Kpi, ...], words: Words) -> None:
    """Draw a field for each measure that has a baseline; an emptied one returns to what is customary."""
    known = [kpi for kpi in found if kpi.target is not None]
    if not known:
        return
    with st.popover(words("playbook.targets.title")):
        st.caption(words("playbook.targets.hint"))
        for kpi in known:
            _field(tier, kpi, words)


def _field(tier: str, kpi: Kpi, words: Words) -> None:
    assert kpi.target is not None
    key, unit = f"playbook-target-{tier}-{kpi.key}", 100 if kpi.unit == "share" else 1
    state.set_widget(key, round(kpi.target * unit, 2))
    label = words(f"strategy.kpi.{kpi.key}.label")
    st.number_input(
        words("playbook.targets.percent", label=label) if kpi.unit == "share" else label,
        value=None,
        min_value=0.0,
        max_value=100.0 if kpi.unit == "share" else MONEY,
        key=key,
        on_change=lambda: _keep(tier, kpi.key, state.widget_value(key), unit),
    )


def _keep(tier: str, kpi: str, value: float | None, unit: int) -> None:
    books = state.choices().scenario.playbooks
    own = {name: target for name, target in books.targets.get(tier, {}).items() if name != kpi}
    if value is not None:
        own[kpi] = float(value) / unit
    others = {name: targets for name, targets in books.targets.items() if name != tier}
    state.change_scenario(
        playbooks=books.model_copy(update={"targets": others | ({tier: own} if own else {})}),
    )
