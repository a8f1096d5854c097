"""Group and site: tiers of groups beside those of their sites, contradictions listed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.said.group_rows import contradictions_table, groups_table
from tiering.said.labels import customer_labels
from tiering.tiers.groups import has_parents
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.views.group_tiers import GroupTiers, group_tiers
from tiering.words import Words

MOST_NAMED = 8


def groups(shown: Shown, words: Words) -> None:
    """What the groups are, then the sites that contradict them; without a parent column, why there is nothing."""
    if not has_parents(shown.tiering.base.customers):
        st.info(words("groups.no_column"))
        return
    st.caption(words("groups.about"))
    found = _looked_up(shown)
    _circles(shown.tiering, found, words)
    if found.groups.empty:
        st.info(words("groups.none"))
        return
    st.markdown(words("groups.sentence", n=len(found.groups), sites=len(found.sites), apart=len(found.contradictions)))
    if len(found.contradictions):
        st.markdown(f"**{words('groups.contradictions')}**")
        _table(contradictions_table(shown.tiering, found, words), words)
    st.markdown(f"**{words('groups.all')}**")
    _table(groups_table(shown.tiering, found, words), words)


def _circles(tiering: Tiering, found: GroupTiers, words: Words) -> None:
    if not found.circular.size:
        return
    named = customer_labels(tiering.base.customers.iloc[found.circular[:MOST_NAMED]])
    more = "…" if found.circular.size > MOST_NAMED else ""
    st.warning(frame.plain(words("groups.circular", n=found.circular.size, list=words.listed(named) + more)))


def _table(table: pd.DataFrame, words: Words) -> None:
    number: Any = st.column_config.NumberColumn
    text = st.column_config.TextColumn
    figures = {name: number(words(f"column.{name}"), format="localized") for name in ("sites", "sites_apart")}
    names = ("customer_id", "customer_name", "group", "tier", "group_tier", "apart")
    st.dataframe(
        frame.safe_table(table),
        hide_index=True,
        height=min(36 * (len(table) + 1), 420),
        placeholder="",
        column_config={
            **{name: text(words(f"column.{name}")) for name in names},
            **figures,
            "annual_revenue": number(words("customer.revenue"), format="localized", step=1),
        },
    )


def _looked_up(shown: Shown) -> GroupTiers:
    settings = shown.tiering.scenario.model_dump_json()
    return _found(shown.dataset.fingerprint, settings, _dataset=shown.dataset, _tiering=shown.tiering)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _found(fingerprint: str, settings: str, _dataset: Dataset, _tiering: Tiering) -> GroupTiers:
    return group_tiers(_dataset, _tiering)
