"""The tiers the customers file brought, as the first baseline: crossed with the scenario's, and who moves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.evaluate import tier_names
from tiering.report.customer_names import customer_labels
from tiering.ui import frame
from tiering.ui.cached import Shown
from tiering.views.existing_tier import ExistingTiers, existing_tiers, moved_rows
from tiering.words import Words

MOST_MOVED = 500


def existing(shown: Shown, words: Words) -> None:
    """Nothing where the data brings no tiers."""
    found = existing_tiers(shown.tiering)
    if found is None:
        return
    with st.expander(_title(found, words)):
        st.caption(words("existing.hint"))
        table = cross_table(found, shown, words)
        st.dataframe(frame.safe_table(table), hide_index=True, key="existing-cross")
        if found.comparable:
            _moved(found, shown, words)
        else:
            st.caption(frame.plain(words("existing.other_names", names=" / ".join(found.names))))


def _title(found: ExistingTiers, words: Words) -> str:
    known = int(found.counts.sum())
    if not found.comparable:
        return words("existing.title", n=known)
    return words("existing.title_moved", n=known, moved=known - found.same)


def cross_table(found: ExistingTiers, shown: Shown, words: Words) -> pd.DataFrame:
    """One row per existing tier: customers in each tier now, in all, and their annual revenue."""
    tiers = [*shown.tiering.scenario.tiers, words("tier.unscored")]
    columns: dict[str, object] = {words("existing.before"): found.names}
    columns |= {f"→ {name}": found.counts[:, place] for place, name in enumerate(tiers) if found.counts[:, place].any()}
    columns[words("existing.customers")] = found.counts.sum(axis=1)
    columns[words("existing.revenue")] = found.revenue.sum(axis=1).round(2)
    return pd.DataFrame(columns)


def _moved(found: ExistingTiers, shown: Shown, words: Words) -> None:
    rows = moved_rows(found, shown.tiering)
    if not rows.size:
        st.caption(words("existing.none_moved"))
        return
    rows, number = rows[:MOST_MOVED], rows.size
    st.caption(words("existing.moved", n=number, shown=rows.size))
    listed = pd.DataFrame(
        {
            "customer": customer_labels(shown.tiering.base.customers.iloc[rows]),
            "before": [found.names[place] for place in found.known[rows]],
            "after": [name or words("tier.unscored") for name in tier_names(shown.tiering)[rows]],
            "revenue": shown.tiering.base.revenue[rows],
        }
    )
    labels = {
        "customer": st.column_config.TextColumn(words("movers.customer")),
        "before": st.column_config.TextColumn(words("existing.before"), width="small"),
        "after": st.column_config.TextColumn(words("movers.after"), width="small"),
        "revenue": st.column_config.NumberColumn(words("movers.revenue"), format="accounting"),
    }
    st.dataframe(frame.safe_table(listed), hide_index=True, column_config=labels, key="existing-moved")
