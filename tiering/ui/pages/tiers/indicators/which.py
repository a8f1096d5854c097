"""Which ready indicators count, which way is better, how newcomers are read, and how a part changes the scenario."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import BaseModel

from tiering.indicators.catalogue import CATALOGUE, Indicator
from tiering.indicators.columns import known_shares
from tiering.indicators.selection import is_on
from tiering.indicators.shrinkage import BASES
from tiering.said.provisional import provisional_notes
from tiering.scenario.measures import Measures
from tiering.ui.base import regions, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.words import Words

FLAGS = ("annualise", "prospects", "credibility")


def part(shown: Shown, words: Words) -> None:
    """A table of all ready indicators, those the data tells first within each group; ticked ones have a slider."""
    shares = _known(shown)
    # what the data tells comes first
    listed = tuple(sorted(CATALOGUE, key=lambda indicator: shares[indicator.key] == 0))
    table = indicators_frame(shown.tiering.scenario.measures, listed, shares, words)
    measures = shown.tiering.scenario.measures
    key = named_by("measures-table", measures, shown.dataset.fingerprint)
    st.data_editor(
        table,
        hide_index=True,
        height=420,
        key=key,
        disabled=["indicator", "group", "known", "note"],
        column_config=_columns(words),
        on_change=_take,
        args=(key, listed, words),
    )
    lost = [own.column for own in measures.own if own.key not in shown.tiering.base.matrix.keys]
    for column in lost:
        st.warning(plain(words("standing.lost", column=column)))


def indicators_frame(
    measures: Measures, listed: tuple[Indicator, ...], shares: dict[str, float | None], words: Words
) -> pd.DataFrame:
    """One row per indicator: whether it counts, its name and group, its direction, who is known, and what it says."""
    rows = [
        {
            "on": is_on(indicator, measures),
            "indicator": words(f"indicator.{indicator.key}.label"),
            "group": words(f"group.{indicator.group}"),
            "better": _direction(indicator, measures, words),
            "known": shares[indicator.key],
            "note": words(f"needs.{indicator.needs}")
            if shares[indicator.key] == 0
            else words(f"indicator.{indicator.key}.hint"),
        }
        for indicator in listed
    ]
    return pd.DataFrame(rows).astype({"known": "float64"})


def after_edit(
    measures: Measures, listed: tuple[Indicator, ...], edits: dict[int, dict[str, Any]], words: Words
) -> dict[str, Any]:
    """The measures' fields after the cells of some rows were edited."""
    switched, turned = dict(measures.switched), set(measures.turned)
    for row, cells in edits.items():
        indicator = listed[row]
        if "on" in cells:
            switched[indicator.key] = bool(cells["on"])
        if cells.get("better"):
            is_more = cells["better"] == words("measures.better.more")
            turned = turned - {indicator.key} if is_more == indicator.more_is_better else turned | {indicator.key}
    usual = {i.key: i.usual for i in CATALOGUE}
    kept = {key: on for key, on in switched.items() if usual.get(key) != on}
    return {"switched": kept, "turned": tuple(sorted(turned))}


def _take(key: str, listed: tuple[Indicator, ...], words: Words) -> None:
    change_measures(**after_edit(state.choices().scenario.measures, listed, edited_rows(key), words))


def _direction(indicator: Indicator, measures: Measures, words: Words) -> str:
    more = indicator.more_is_better != (indicator.key in measures.turned)
    return words(f"measures.better.{'more' if more else 'less'}")


def _known(shown: Shown) -> dict[str, float | None]:
    orders = shown.dataset.orders
    columns = () if orders is None else orders.column_names
    return known_shares(shown.tiering.base.customers, columns, CATALOGUE)


def _columns(words: Words) -> dict[str, Any]:
    directions = [words(f"measures.better.{way}") for way in ("more", "less")]
    return {
        "on": st.column_config.CheckboxColumn(words("measures.column.on"), width="small"),
        "indicator": st.column_config.TextColumn(words("weights.column.indicator"), pinned=True),
        "group": st.column_config.TextColumn(words("measures.column.group"), width="small"),
        "better": st.column_config.SelectboxColumn(words("measures.column.better"), options=directions, required=True),
        "known": st.column_config.ProgressColumn(
            words("measures.column.known"), help=words("measures.column.known_help"), format="percent"
        ),
        "note": st.column_config.TextColumn(words("measures.column.note"), width="large"),
    }


def change(**choices: Any) -> None:
    """Change the scenario in a widget's callback."""
    state.change_scenario(**choices)
    regions.follow_release()


def change_measures(**choices: Any) -> None:
    """Change which indicators there are."""
    now = state.choices().scenario.measures
    change(measures=Measures.model_validate({**now.model_dump(), **choices}))


def edited_rows(key: str) -> dict[int, dict[str, Any]]:
    """Rows of a table that were edited: row number → column → new value."""
    return (state.widget_value(key) or {}).get("edited_rows", {})


def named_by(name: str, *settings: BaseModel | str) -> str:
    """Key of a table that starts anew when what it shows is changed elsewhere."""
    said = "".join(part if isinstance(part, str) else part.model_dump_json() for part in settings)
    return f"{name}-{sha256(said.encode()).hexdigest()[:12]}"


def newcomers_part(shown: Shown, words: Words) -> None:
    """Three switches and the months, above what they lead to in this data."""
    now = shown.tiering.scenario.newcomers
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        for flag in FLAGS:
            key = f"newcomers-{flag}"
            state.set_widget(key, getattr(now, flag))
            st.toggle(
                words(f"measures.newcomers.{flag}"),
                key=key,
                help=words(f"measures.newcomers.{flag}_help"),
                on_change=_take_newcomers,
                args=(flag, key),
            )
        state.set_widget("newcomers-months", now.months)
        st.number_input(
            words("measures.newcomers.months"),
            min_value=1,
            max_value=12,
            key="newcomers-months",
            disabled=not now.annualise,
            on_change=_take_newcomers,
            args=("months", "newcomers-months"),
            width=160,
        )
    st.markdown(" ".join(provisional_notes(shown.tiering, words)) or words("measures.newcomers.nobody"))


def _take_newcomers(field: str, key: str) -> None:
    now = state.choices().scenario
    # a scale kept for values that are drawn in another way would no longer fit them
    kept = {name: scale for name, scale in now.anchors.items() if field != "credibility" or name not in BASES}
    change(newcomers=now.newcomers.model_copy(update={field: state.widget_value(key)}), anchors=kept)
