"""Assumptions on hours and money, visible and editable; they are kept with the scenario."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from tiering.scenario import touches
from tiering.strategy.resources.load import capacity
from tiering.strategy.resources.services import margin_rate, tier_services
from tiering.strategy.service_levels import service_levels
from tiering.ui.base import frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.words import Words

BY_TIER = ("visits", "hours_per_visit", "desk_hours", "uplift")
PROPOSED = ("people", "margin_rate")
MOST = {
    "people": touches.PEOPLE,
    "hours_per_person": touches.YEAR_HOURS,
    "cost_per_hour": touches.HOUR_COST,
    "response_hours": touches.YEAR_HOURS,
    "visits": touches.VISITS,
    "hours_per_visit": touches.CUSTOMER_HOURS,
    "desk_hours": touches.CUSTOMER_HOURS,
    "uplift": 100.0,
}
SPONSORS = ("quarterly", "yearly", "none")
EDITOR = "resources-by-tier"


def controls(shown: Shown, words: Words) -> None:
    """Draw the figures for all, and the table by tier."""
    own = shown.tiering.scenario.resources
    st.caption(words("resources.assumptions.hint"))
    people, rate = capacity(shown.tiering), margin_rate(shown.tiering)
    with st.container(horizontal=True, gap="medium"):
        for name, now, least, step, form in (
            ("people", float(people.people), 0.1, 1.0, "%.1f"),
            ("hours_per_person", own.hours_per_person, 1.0, 50.0, "%.0f"),
            ("cost_per_hour", own.cost_per_hour, 0.0, 10.0, None),
        ):
            limits = {"min_value": least, "max_value": MOST[name], "step": step, "format": form}
            choices.typed(name, words, now, _changes(name), **limits)
        choices.typed(
            "win_times", words, own.win_times, _changes("win_times"), min_value=1.0, max_value=50.0, format="%.1f"
        )
        _percents(own.band, rate[0], words)
    said = "resources.assumptions.margin_own" if rate[1] else "resources.assumptions.margin_assumed"
    st.caption(" ".join((words(f"resources.assumptions.people_{people.told_by}"), words(said))))
    _by_tier(shown, words)
    st.button(words("resources.assumptions.reset"), on_click=_reset)


def _percents(band: float, rate: float, words: Words) -> None:
    choices.typed(
        "band",
        words,
        round(band * 100, 1),
        _changes("band", 0.01),
        min_value=0.0,
        max_value=100.0,
        step=5.0,
        format="%.0f",
    )
    choices.typed(
        "margin_rate",
        words,
        round(rate * 100, 1),
        _changes("margin_rate", 0.01),
        min_value=0.0,
        max_value=100.0,
        format="%.1f",
    )


def _changes(name: str, unit: float = 1.0) -> Callable[[float | None], None]:
    """What an emptied field does: back to the proposal where there is one, else nothing."""

    def change(value: float | None) -> None:
        if value is not None:
            _set(**{name: float(value) * unit})
        elif name in PROPOSED:
            _set(**{name: None})

    return change


def _set(**changes: Any) -> None:
    now = state.choices().scenario.resources
    state.change_scenario(resources=now.model_copy(update=changes))


def _reset() -> None:
    state.change_scenario(resources=type(state.choices().scenario.resources)())
    state.turn(EDITOR)


def _by_tier(shown: Shown, words: Words) -> None:
    rows = _rows(shown, words)
    key = state.rotate(EDITOR)
    st.data_editor(
        frame.safe_table(rows),
        hide_index=True,
        disabled=["tier", "hours"],
        column_config=_columns(words),
        key=key,
        on_change=lambda: _take(key, rows["tier"].tolist(), words),
    )
    st.caption(words("resources.by_tier.hint"))


def _rows(shown: Shown, words: Words) -> pd.DataFrame:
    """One row per tier: its service as it is reckoned with, uplift in per cent."""
    services, levels = tier_services(shown.tiering.scenario), service_levels(shown.tiering.scenario)
    rows = pd.DataFrame(
        {
            "tier": [service.name for service in services],
            "response_hours": [float(level.response_hours) for level in levels],
            "sponsor": [words(f"resources.sponsor.{level.sponsor}") for level in levels],
            **{name: [getattr(service, name) for service in services] for name in BY_TIER},
            "hours": [service.hours for service in services],
        }
    )
    return rows.assign(uplift=(rows["uplift"] * 100).round(2))


def _columns(words: Words) -> dict[str, Any]:
    numbers = {
        name: st.column_config.NumberColumn(words(f"resources.by_tier.{name}"), min_value=0.0, max_value=MOST[name])
        for name in BY_TIER
    }
    return {
        "tier": st.column_config.TextColumn(words("resources.tier")),
        "response_hours": st.column_config.NumberColumn(
            words("resources.by_tier.response_hours"), min_value=0.5, max_value=touches.YEAR_HOURS
        ),
        "sponsor": st.column_config.SelectboxColumn(
            words("resources.by_tier.sponsor"), options=[words(f"resources.sponsor.{name}") for name in SPONSORS]
        ),
        **numbers,
        "hours": st.column_config.NumberColumn(words("resources.by_tier.hours"), format="%.0f"),
    }


def _take(key: str, tiers: list[str], words: Words) -> None:
    """Keep what was typed into the table; an emptied cell returns to what is customary."""
    own = state.choices().scenario.resources
    changed: dict[str, dict[str, Any]] = {}
    for place, cells in (state.widget_value(key) or {}).get("edited_rows", {}).items():
        tier = tiers[int(place)]
        for name, value in cells.items():
            figures = changed.setdefault(name, dict(getattr(own, name)))
            figures.pop(tier, None)
            if value is not None:
                figures[tier] = _kept(name, value, words)
    _set(**changed)
    state.turn(EDITOR)


def _kept(name: str, value: Any, words: Words) -> float | str:
    if name == "sponsor":
        return next(code for code in SPONSORS if words(f"resources.sponsor.{code}") == value)
    return float(value) / (100 if name == "uplift" else 1)
