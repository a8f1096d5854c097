"""The tiers the customers file brought, as the first baseline: crossed with the scenario's, and who moves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.evaluate import tier_names
from tiering.said.labels import customer_labels
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.views.existing_tier import ExistingTiers, existing_tiers, moved_rows, names_in_file
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
        _names(shown, words)
        if found.comparable:
            _baseline(shown, words)
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


def _baseline(shown: Shown, words: Words) -> None:
    """Whether the moves are told against the file."""
    state.set_widget("existing-baseline", shown.tiering.scenario.existing.baseline)
    st.toggle(
        words("existing.baseline"),
        key="existing-baseline",
        help=words("existing.baseline_help"),
        on_change=lambda: _change(baseline=bool(state.widget_value("existing-baseline"))),
    )


def _names(shown: Shown, words: Words) -> None:
    """A tier of the scheme for each name of the file that is none itself."""
    scenario = shown.tiering.scenario
    others = [name for name in names_in_file(shown.tiering) if name not in scenario.tiers]
    if not others:
        return
    st.caption(words("existing.names"))
    with st.container(horizontal=True):
        for place, name in enumerate(others):
            key, now = f"existing-name-{place}", scenario.existing.names.get(name)
            state.set_widget(key, now if now in scenario.tiers else None)
            st.selectbox(
                frame.plain(name),
                scenario.tiers,
                index=None,
                placeholder=words("existing.no_tier"),
                key=key,
                on_change=_stand_for,
                args=(name, key),
                width=150,
            )


def _stand_for(name: str, key: str) -> None:
    tier, names = state.widget_value(key), dict(state.choices().scenario.existing.names)
    names.pop(name, None)
    _change(names=names | ({name: tier} if tier else {}))


def _change(**changes: object) -> None:
    existing = state.choices().scenario.existing
    state.change_scenario(existing=existing.model_copy(update=changes))


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
