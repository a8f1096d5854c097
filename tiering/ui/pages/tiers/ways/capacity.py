"""Capacity: people and hours by tier in one table, beside what the customers of each tier need."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.scenario import Scenario
from tiering.scenario.touches import CUSTOMER_HOURS, PEOPLE, YEAR_HOURS
from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.strategy.resources.services import with_hours
from tiering.tiers.ways.capacity import LEAST_HOURS, Load, tier_loads
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, served_hours
from tiering.ui.pages.tiers.ways.cuts import keep_button
from tiering.words import Words

YEAR, EDITOR = "capacity-hours", "capacity-table"
SAME_HOURS = 0.05
FIXED = ("tier", "ratio", "customers", "needed", "available", "load")


def part(shown: Shown, words: Words) -> None:
    """Hours a person works, the table, and who is overloaded."""
    capacity = shown.tiering.scenario.way
    assert isinstance(capacity, Capacity)
    names = shown.tiering.scenario.tiers
    loads = tier_loads(capacity, shown.tiering.totals.customers[:-1].tolist())
    _hours_of_a_year(capacity, words)
    listed_tiers = capacity_frame(capacity, names, loads)
    key = f"{EDITOR}-{hash(capacity)}"
    st.data_editor(
        frame.safe_table(listed_tiers),
        key=key,
        hide_index=True,
        disabled=FIXED,
        column_config=_columns(words),
        on_change=lambda: _take(capacity, state.widget_value(key)),
        width="stretch",
    )
    over = [(name, load) for name, load in zip(names, loads, strict=True) if load.over > 0]
    if over:
        st.warning(frame.plain(_overload(over, words)))
    else:
        st.caption(words("ways.capacity.enough"))
    _hours_elsewhere(shown, capacity, words)
    keep_button(shown, words)


def differing_hours(scenario: Scenario, capacity: Capacity) -> list[tuple[str, float, float]]:
    """Tiers whose customers take other hours here than on the page of strategy: name, hours here, hours there.

    A tier without a name stands for the hours of one person.
    """
    hours, year = served_hours(scenario)
    pairs = zip(scenario.tiers, (tier.hours for tier in capacity.tiers), hours, strict=True)
    both = [*pairs, ("", capacity.hours_per_person, year)]
    return [(name, here, there) for name, here, there in both if abs(here - max(there, LEAST_HOURS)) >= SAME_HOURS]


def _hours_elsewhere(shown: Shown, capacity: Capacity, words: Words) -> None:
    """That the two pages reckon with other hours, and one click either way to make them the same."""
    found = differing_hours(shown.tiering.scenario, capacity)
    if not found:
        st.caption(words("ways.capacity.same_hours"))
        return
    each = [
        words(
            "ways.capacity.apart_one",
            tier=name or words("ways.capacity.year"),
            here=words.number(here, 1),
            there=words.number(there, 1),
        )
        for name, here, there in found
    ]
    st.info(frame.plain(words("ways.capacity.apart", list=words.listed(each))))
    with st.container(horizontal=True, gap="small"):
        st.button(words("ways.capacity.take_hours"), on_click=_take_hours, args=(capacity,), key="capacity-take")
        st.button(words("ways.capacity.give_hours"), on_click=_give_hours, args=(capacity,), key="capacity-give")


def _take_hours(capacity: Capacity) -> None:
    hours, year = served_hours(state.choices().scenario)
    pairs = zip(capacity.tiers, hours, strict=True)
    tiers = tuple(
        TierCapacity(people=tier.people, hours=min(max(each, LEAST_HOURS), CUSTOMER_HOURS)) for tier, each in pairs
    )
    change(way=capacity.model_copy(update={"tiers": tiers, "hours_per_person": year}))


def _give_hours(capacity: Capacity) -> None:
    hours = [tier.hours for tier in capacity.tiers]
    change(resources=with_hours(state.choices().scenario, hours, capacity.hours_per_person))


def capacity_frame(capacity: Capacity, names: tuple[str, ...], loads: tuple[Load, ...]) -> pd.DataFrame:
    """One row for each tier: what is assumed, and what the tiers as drawn need of it."""
    return pd.DataFrame(
        {
            "tier": list(names),
            "people": [tier.people for tier in capacity.tiers],
            "hours": [tier.hours for tier in capacity.tiers],
            "ratio": [capacity.hours_per_person / tier.hours for tier in capacity.tiers],
            "customers": [load.customers for load in loads],
            "needed": [load.needed for load in loads],
            "available": [load.available for load in loads],
            "load": [100 * load.needed / load.available if load.available else None for load in loads],
        }
    )


def edited(capacity: Capacity, edits: dict[int, dict[str, Any]]) -> Capacity:
    """The capacity with cells that were typed over; an emptied cell keeps its value."""
    tiers = list(capacity.tiers)
    for row, cells in edits.items():
        typed = {name: value for name, value in cells.items() if name in ("people", "hours") and value is not None}
        tiers[int(row)] = TierCapacity.model_validate({**tiers[int(row)].model_dump(), **typed})
    return capacity.model_copy(update={"tiers": tuple(tiers)})


def _take(capacity: Capacity, typed: dict[str, Any]) -> None:
    change(way=edited(capacity, typed["edited_rows"]))


def _hours_of_a_year(capacity: Capacity, words: Words) -> None:
    state.set_widget(YEAR, capacity.hours_per_person)

    def take() -> None:
        hours = state.widget_value(YEAR)
        if hours:
            change(way=capacity.model_copy(update={"hours_per_person": float(hours)}))

    st.number_input(
        words("ways.capacity.year"),
        min_value=1.0,
        max_value=YEAR_HOURS,
        step=50.0,
        format="%.0f",
        key=YEAR,
        on_change=take,
        width=260,
    )


def _overload(over: list[tuple[str, Load]], words: Words) -> str:
    parts = [
        words(
            "ways.capacity.over",
            tier=name,
            hours=words.number(load.over),
            share=words.percent(load.over / load.available),
        )
        if load.available
        else words("ways.capacity.nobody", tier=name, hours=words.number(load.over))
        for name, load in over
    ]
    return words("ways.capacity.overload", list=words.listed(parts))


def _columns(words: Words) -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        "tier": st.column_config.TextColumn(words("ways.tier"), width="small"),
        "people": number(words("ways.capacity.people"), min_value=0.0, max_value=PEOPLE, step=0.5, format="%.1f"),
        "hours": number(words("ways.capacity.hours"), min_value=0.1, max_value=CUSTOMER_HOURS, format="%.1f"),
        "ratio": number(words("ways.capacity.ratio"), format="%.0f"),
        "customers": number(words("ways.customers")),
        "needed": number(words("ways.capacity.needed"), format="localized"),
        "available": number(words("ways.capacity.available"), format="localized"),
        "load": st.column_config.ProgressColumn(
            words("ways.capacity.load"), format="%.0f%%", min_value=0, max_value=100
        ),
    }


WAYS = {"capacity": part}
