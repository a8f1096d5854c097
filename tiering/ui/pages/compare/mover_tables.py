"""The paths and the customers that take them, as tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.decision.comparison import Comparison
from tiering.said.tier_rows import knows_revenue
from tiering.ui.base import cached_views, frame
from tiering.ui.base.cached import Shown
from tiering.words import Words

MOST_LISTED = 500


def path_table(shown: Shown, rows: pd.DataFrame, words: Words) -> None:
    """One row per path with all its figures."""
    money = st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "label": st.column_config.TextColumn(words("scenarios.column.path")),
        "customers": st.column_config.NumberColumn(words("segments.customers"), format="localized"),
        "revenue": money(words("movers.revenue"), format="localized", step=1),
        **({"margin": money(words("scenarios.column.margin"), format="localized", step=1)} if "margin" in rows else {}),
        "hours": st.column_config.NumberColumn(words("scenarios.column.hours"), format="%+.0f"),
    }
    if not knows_revenue(shown.tiering):
        del columns["revenue"]
    st.dataframe(frame.safe_table(rows[list(columns)]), hide_index=True, column_config=columns)


def movers_table(shown: Shown, comparison: Comparison, words: Words) -> None:
    """The customers that change tier, biggest revenue first."""
    n = int(comparison.moved.sum())
    if n > MOST_LISTED:
        st.caption(words("tiers.movers_hidden", shown=MOST_LISTED))
    columns: dict[str, Any] = {
        "customer": st.column_config.TextColumn(words("movers.customer")),
        "before": st.column_config.TextColumn(words("movers.before"), width="small"),
        "after": st.column_config.TextColumn(words("movers.after"), width="small"),
        "revenue": st.column_config.NumberColumn(words("movers.revenue"), format="accounting"),
        "score": st.column_config.NumberColumn(words("movers.score"), format="%.1f"),
        "change": st.column_config.NumberColumn(words("movers.change"), format="%+.1f"),
    }
    if not knows_revenue(shown.tiering):
        del columns["revenue"]
    listed = movers_frame(shown, comparison, words)[list(columns)]
    st.dataframe(frame.safe_table(listed), hide_index=True, column_config=columns)


def movers_frame(shown: Shown, comparison: Comparison, words: Words) -> pd.DataFrame:
    """One row for each of the biggest movers: name, tier before and after, revenue, score and its change."""
    moved = comparison.customers[comparison.moved]
    moved = moved.sort_values("revenue", ascending=False, kind="stable").head(MOST_LISTED)
    ids = moved["customer_id"]
    names = ids.map(cached_views.names_by_id(shown))
    before, after = (moved[f"milli_{side}"].to_numpy() for side in ("before", "after"))
    score = np.where(after >= 0, after / 1000, np.nan)
    return pd.DataFrame(
        {
            "customer": names.where(names.notna(), ids),
            "before": moved["before"].replace("", words("tier.unscored")),
            "after": moved["after"].replace("", words("tier.unscored")),
            "revenue": moved["revenue"],
            "score": score,
            "change": np.where(before >= 0, score - before / 1000, np.nan),
        }
    )
