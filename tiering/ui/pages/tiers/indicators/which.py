"""Which ready indicators count and which way is better, with what the data lacks for the others."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.indicators.catalogue import CATALOGUE, Indicator
from tiering.indicators.columns import known_shares
from tiering.indicators.selection import is_on
from tiering.scenario.measures import Measures
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.tiers.indicators.changing import change_measures, edited_rows, named_by
from tiering.words import Words


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
