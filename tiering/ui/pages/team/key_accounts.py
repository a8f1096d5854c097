"""Key accounts in three steps: who makes 80 %, where they are, and which team looks after them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.ui.base import cached_views, drill_down
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.views.key_accounts import TEAMS, groups_of, key_accounts, places, teams
from tiering.words import Words

REASSIGNED = "teams"
MOST_EDITED = 1000


def section(shown: Shown, words: Words) -> None:
    """Draw the three steps, one below the other."""
    customers = shown.tiering.base.customers
    measures = ["by_revenue", *(["by_margin"] if "margin" in customers and customers["margin"].notna().any() else [])]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        measure = choices.picked("key_by", measures, words)
        share = choices.percent("key_share", words, (50, 95), 80)
    column = "margin" if measure == "by_margin" else "annual_revenue"
    worth = customers[column].to_numpy(dtype=np.float64) if column in customers else shown.tiering.base.revenue
    is_key = key_accounts(worth, share)
    if not is_key.any():
        st.info(words("segments.key.nobody"))
        return
    _step(1, words)
    st.markdown(
        words(
            "segments.key.sentence",
            n=int(is_key.sum()),
            all=len(customers),
            share=words.percent(np.nansum(worth[is_key]) / np.nansum(np.maximum(worth, 0)), 1),
        )
    )
    _who(shown, worth, is_key, words)
    if "region" not in customers and "city" not in customers:
        st.info(words("segments.key.needs_place"))
        return
    _step(2, words)
    _places(shown, worth, is_key, words)
    _step(3, words)
    _teams(shown, worth, is_key, words)


def _step(number: int, words: Words) -> None:
    st.subheader(words(f"segments.key.step_{number}"), anchor=False)


def _who(shown: Shown, worth: np.ndarray, is_key: np.ndarray, words: Words) -> None:
    """The way from the number to the customers, and their file."""
    ids = shown.tiering.base.customers["customer_id"][is_key]
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("segments.key.open"), key="segments-key-open"):
            drill_down.show_customers(drill_down.Listing(words("segments.view.key"), ids.tolist()))
        labels = {
            "customer_id": words("customer.id"), "name": words("segments.name"), "worth": words("segments.key.worth"),
        }  # fmt: skip
        listed = pd.DataFrame({"customer_id": ids, "name": drill_down.names(shown, ids), "worth": worth[is_key]})
        drill_down.download("key-accounts", listed, labels, words)


def _places(shown: Shown, worth: np.ndarray, is_key: np.ndarray, words: Words) -> None:
    customers = shown.tiering.base.customers
    levels = {"region": ["region"], "city": [name for name in ("region", "city") if name in customers]}
    level = choices.picked("key_place", [name for name in levels if name in customers], words)
    found = places(customers, worth, is_key, levels[level])
    labels = {
        **{name: words(f"field.{name}.label") for name in levels[level]},
        "key_accounts": words("segments.key.accounts"),
        "key_worth": words("segments.key.worth"),
        "key_share": words("segments.key.place_share"),
        "around": words("segments.key.around"),
        "growth_rate": words("segments.key.growth"),
    }
    found = found.rename(columns={"growth": "growth_rate"})

    def listing(row: int) -> drill_down.Listing:
        inside = is_key.copy()
        for name in levels[level]:
            inside &= (customers[name].fillna("") == found[name].iloc[row]).to_numpy()
        title = " · ".join(str(found[name].iloc[row]) for name in levels[level])
        return drill_down.Listing(title, customers["customer_id"].to_numpy()[inside].tolist())

    drill_down.table(f"key-places-{level}", found.assign(key_worth=found["key_worth"].round(0)), labels, listing)
    st.caption(words("segments.key.pull"))
    drill_down.download(f"key-accounts-by-{level}", found, labels, words)


def _teams(shown: Shown, worth: np.ndarray, is_key: np.ndarray, words: Words) -> None:
    """The key accounts with their teams, to be changed by hand and taken away team by team."""
    listed = _assigned(shown, worth, is_key)
    names = {team: words(f"segments.key.team_{team}") for team in TEAMS}
    by_name = {name: team for team, name in names.items()}
    listed["team"] = listed["team"].map(names)
    labels = {
        "name": words("segments.name"),
        **{key: words(f"field.{key}.label") for key in ("region", "city", "owner") if key in listed},
        "worth": words("segments.key.worth"),
        "team": words("segments.key.team"),
    }
    first = listed.head(MOST_EDITED)
    edited = st.data_editor(
        first.assign(worth=first["worth"].round(0)),
        hide_index=True,
        height=360,
        placeholder="",
        column_order=list(labels),
        column_config={
            **{key: st.column_config.Column(label) for key, label in labels.items()},
            "worth": st.column_config.NumberColumn(labels["worth"], format="localized"),
            "team": st.column_config.SelectboxColumn(labels["team"], options=list(names.values()), required=True),
        },
        disabled=[key for key in labels if key != "team"],
        key=f"segments-teams-{shown.dataset.fingerprint[:8]}-{words.language}-{int(is_key.sum())}",
    )
    moved = edited["team"] != first["team"]
    if moved.any():
        choices.keep(REASSIGNED, _reassignments(shown, edited[moved], by_name))
    if len(listed) > MOST_EDITED:
        st.caption(words("segments.key.most", n=len(listed), shown=MOST_EDITED))
    _team_files(listed.assign(team=edited["team"].reindex(listed.index).fillna(listed["team"])), names, labels, words)


def _assigned(shown: Shown, worth: np.ndarray, is_key: np.ndarray) -> pd.DataFrame:
    """Key accounts in order of worth, with the team by footprint or as it was changed by hand."""
    customers = shown.tiering.base.customers
    footprint = _footprint(shown.base_key, _customers=customers)
    about = [name for name in ("customer_id", "region", "city", "owner") if name in customers]
    listed = customers[about].assign(worth=worth, team=np.array(TEAMS)[footprint])[is_key]
    by_hand = choices.kept(REASSIGNED, {}).get(shown.dataset.fingerprint, {})
    team = listed["customer_id"].map(by_hand)
    listed = listed.assign(
        team=team.where(team.notna(), listed["team"]), name=drill_down.names(shown, listed["customer_id"])
    )
    return listed.sort_values("worth", ascending=False, kind="stable", ignore_index=True)


def _reassignments(shown: Shown, moved: pd.DataFrame, by_name: dict[str, str]) -> dict[str, dict[str, str]]:
    earlier = choices.kept(REASSIGNED, {}).get(shown.dataset.fingerprint, {})
    now = dict(zip(moved["customer_id"], moved["team"].map(by_name), strict=True))
    return {shown.dataset.fingerprint: earlier | now}


def _team_files(listed: pd.DataFrame, names: dict[str, str], labels: dict[str, str], words: Words) -> None:
    counts = listed["team"].value_counts()
    sentence = " · ".join(
        words("segments.key.team_count", team=name, n=int(counts.get(name, 0))) for name in names.values()
    )
    st.markdown(sentence)
    with st.container(horizontal=True):
        for team, name in names.items():
            mine = listed[listed["team"] == name]
            if len(mine):
                drill_down.download(
                    f"key-accounts-{team}", mine, {"customer_id": words("customer.id")} | labels, words, name
                )


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _footprint(base: cached_views.BaseKey, _customers: pd.DataFrame) -> np.ndarray:
    blank = pd.Series([None] * len(_customers), dtype=object)
    return teams(groups_of(_customers), _customers.get("region", blank), _customers.get("city", blank))
