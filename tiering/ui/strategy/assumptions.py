"""Assumptions on hours and money, visible and editable; they are kept with the scenario."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from tiering.strategy.resources.load import capacity
from tiering.strategy.resources.services import margin_rate, tier_services
from tiering.ui import frame, state
from tiering.ui.cached import Shown
from tiering.ui.strategy import asking
from tiering.words import Words

BY_TIER = ("visits", "hours_per_visit", "desk_hours", "uplift")
EDITOR = "resources-by-tier"


def controls(shown: Shown, words: Words) -> None:
    """Draw the figures for all, and the table by tier."""
    own = shown.tiering.scenario.resources
    st.caption(words("resources.assumptions.hint"))
    people, rate = capacity(shown.tiering), margin_rate(shown.tiering)
    with st.container(horizontal=True, gap="medium"):
        asking.typed("people", words, float(people.people), _changes("people"), min_value=0.1, step=1.0, format="%.1f")
        asking.typed(
            "hours_per_person", words, own.hours_per_person, _changes("hours_per_person"), min_value=1.0, step=50.0
        )
        asking.typed("cost_per_hour", words, own.cost_per_hour, _changes("cost_per_hour"), min_value=0.0, step=10.0)
        asking.typed("win_times", words, own.win_times, _changes("win_times"), min_value=1.0, max_value=50.0, step=1.0)
        _percents(own.band, rate[0], words)
    said = "resources.assumptions.margin_own" if rate[1] else "resources.assumptions.margin_assumed"
    st.caption(" ".join((words(f"resources.assumptions.people_{people.told_by}"), words(said))))
    _by_tier(shown, words)
    st.button(words("resources.assumptions.reset"), on_click=_reset)


def _percents(band: float, rate: float, words: Words) -> None:
    asking.typed("band", words, round(band * 100, 1), _changes("band", 0.01), min_value=0.0, max_value=100.0, step=5.0)
    asking.typed(
        "margin_rate", words, round(rate * 100, 1), _changes("margin_rate", 0.01), min_value=0.0, max_value=100.0
    )


def _changes(name: str, unit: float = 1.0) -> Callable[[float], None]:
    def change(value: float) -> None:
        if value is not None:
            _set(**{name: float(value) * unit})

    return change


def _set(**changes: Any) -> None:
    now = state.choices().scenario.resources
    state.change_scenario(resources=now.model_copy(update=changes))


def _reset() -> None:
    state.change_scenario(resources=type(state.choices().scenario.resources)())
    state.turn(EDITOR)


def _by_tier(shown: Shown, words: Words) -> None:
    services = tier_services(shown.tiering.scenario)
    rows = pd.DataFrame(
        {
            "tier": [service.name for service in services],
            **{name: [getattr(service, name) for service in services] for name in BY_TIER},
            "hours": [service.hours for service in services],
        }
    )
    rows["uplift"] = (rows["uplift"] * 100).round(2)
    key = state.rotate(EDITOR)
    st.data_editor(
        frame.safe_table(rows),
        hide_index=True,
        disabled=["tier", "hours"],
        column_config={
            "tier": st.column_config.TextColumn(words("resources.tier")),
            **{
                name: st.column_config.NumberColumn(
                    words(f"resources.by_tier.{name}"), min_value=0.0, max_value=100.0 if name == "uplift" else None
                )
                for name in BY_TIER
            },
            "hours": st.column_config.NumberColumn(words("resources.by_tier.hours"), format="%.0f"),
        },
        key=key,
        on_change=lambda: _take(key, rows),
    )
    st.caption(words("resources.by_tier.hint"))


def _take(key: str, rows: pd.DataFrame) -> None:
    """Keep what was typed into the table; an emptied cell returns to what is customary."""
    own = state.choices().scenario.resources
    changed: dict[str, dict[str, float]] = {}
    for place, cells in (state.widget_value(key) or {}).get("edited_rows", {}).items():
        tier = str(rows["tier"][int(place)])
        for name, value in cells.items():
            figures = changed.setdefault(name, dict(getattr(own, name)))
            figures.pop(tier, None)
            if value is not None:
                figures[tier] = float(value) / (100 if name == "uplift" else 1)
    _set(**changed)
    state.turn(EDITOR)
