"""The searchable table of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from tiering.evaluate import Tiering, scores_in_points
from tiering.said.decided_by import decided_by
from tiering.said.provisional import tier_texts
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain, safe_table
from tiering.views.prospects import never_bought
from tiering.words import Words

MOST_ROWS = 10_000
Rows = NDArray[np.intp]
Bought = Literal["all", "buyers", "prospects"]
BOUGHT: tuple[Bought, ...] = get_args(Bought)


@dataclass(frozen=True)
class CustomerFilter:
    """What the filters ask for: a text within name or number, tier numbers and owners (all when empty), ids.

    ``bought``: everybody, those with orders, or prospects without any.
    """

    text: str
    tiers: tuple[int, ...]
    ids: tuple[str, ...] | None = None
    owners: tuple[str, ...] = ()
    bought: Bought = "all"


def filters(tiering: Tiering, words: Words) -> CustomerFilter:
    """Search field and tier pills, side by side."""
    labels = [*tiering.scenario.tiers, words("tier.unscored")]
    offered = [number for number, count in enumerate(tiering.totals.customers) if count]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(words("customer.search"), key="customer-search", live=True, width=320)
        chosen = st.pills(
            words("customer.tiers"),
            offered,
            format_func=labels.__getitem__,
            selection_mode="multi",
            key="customer-tiers",
        )
        bought = _bought(tiering, words)
        owners = _owners(tiering, words)
    return CustomerFilter((text or "").strip(), tuple(chosen or ()), _listed(words), owners, bought)


def _bought(tiering: Tiering, words: Words) -> Bought:
    """Everybody, customers or prospects, where the data has both."""
    never = never_bought(tiering)
    if never is None or never.all():
        return "all"
    counts = {"all": len(never), "buyers": int((~never).sum()), "prospects": int(never.sum())}
    return st.segmented_control(
        words("customer.bought.label"),
        BOUGHT,
        default="all",
        format_func=lambda one: words(f"customer.bought.{one}", n=counts[one]),
        key="customer-bought",
        required=True,
    )


def _owners(tiering: Tiering, words: Words) -> tuple[str, ...]:
    """Sales representatives to look at, where the data names more than one."""
    customers = tiering.base.customers
    known = sorted(customers["owner"].dropna().unique()) if "owner" in customers else []
    if len(known) < 2:
        return ()
    return tuple(
        st.multiselect(
            words("field.owner.label"), known, key="customer-owners", placeholder=words("customer.everybody"), width=260
        )
    )


def _listed(words: Words) -> tuple[str, ...] | None:
    """The customers of the recommendation that was clicked, until it is put away."""
    listed = state.choices().listed
    if listed is None:
        return None
    title, ids = listed
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(words("customer.listed", title=title)), width="content")
        st.button(words("customer.all"), on_click=lambda: state.choose(listed=None))
    return ids


def matching_rows(tiering: Tiering, wanted: CustomerFilter) -> Rows:
    """Row numbers of the customers asked for, biggest annual revenue first."""
    keep = np.ones(len(tiering.tiers), dtype=bool)
    if wanted.tiers:
        keep &= np.isin(tiering.tiers, wanted.tiers)
    customers = tiering.base.customers
    if wanted.ids is not None:
        keep &= customers["customer_id"].isin(wanted.ids).to_numpy()
    if wanted.owners and "owner" in customers:
        keep &= customers["owner"].isin(wanted.owners).to_numpy()
    never = never_bought(tiering)
    if wanted.bought != "all" and never is not None:
        keep &= never if wanted.bought == "prospects" else ~never
    if wanted.text:
        found = np.zeros(len(customers), dtype=bool)
        for column in {"customer_id", "customer_name"} & set(customers.columns):
            found |= customers[column].str.contains(wanted.text, case=False, regex=False, na=False).to_numpy()
        keep &= found
    return np.flatnonzero(keep)


def counted(rows: Rows, words: Words) -> None:
    """How many match, and whether the table shows them all."""
    if rows.size > MOST_ROWS:
        st.caption(words("customer.capped", n=int(rows.size), shown=MOST_ROWS))
    else:
        st.caption(words("customer.found", n=int(rows.size)))


def table(shown: Shown, rows: Rows, words: Words) -> str | None:
    """The table; answers the id of the customer picked in it."""
    listed = rows[:MOST_ROWS]
    frame = customers_frame(shown.tiering, listed, words)
    event: Any = st.dataframe(
        safe_table(frame),
        hide_index=True,
        height=360,
        placeholder="",
        selection_mode="single-row",
        on_select="rerun",
        key=f"customers-{shown.dataset.fingerprint[:8]}",
        column_config=column_config(shown, frame, words),
    )
    picked = event.selection.rows
    if not picked or picked[0] >= listed.size:
        return None
    return str(shown.tiering.base.customers["customer_id"].iloc[listed[picked[0]]])


def customers_frame(tiering: Tiering, rows: Rows, words: Words) -> pd.DataFrame:
    """Columns of the table: id, name, tier, score, revenue, then every indicator, then what the customers file says."""
    customers = tiering.base.customers.iloc[rows]
    first = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy(),
            "tier": tier_texts(tiering, words, rows),
            "score": scores_in_points(tiering)[rows],
        }
    )
    if tiering.adjustments is not None or tiering.held is not None:
        first.insert(2, "decided_by", decided_by(tiering, rows, words))
    if "customer_name" in customers:
        first.insert(1, "customer_name", customers["customer_name"].to_numpy())
    listed = list(dict.fromkeys(i.source for i in tiering.base.matrix.indicators))
    about = [column for column in ("industry", "region", "city", "owner") if column in customers]
    units = {i.source: i.unit for i in tiering.base.matrix.indicators}
    rest = customers[list(dict.fromkeys([*listed, *about]))].reset_index(drop=True)
    percent = {source: rest[source] * 100 for source, unit in units.items() if unit == "share"}
    cents = {source: 2 for source, unit in units.items() if unit == "money"}
    return pd.concat([first, rest.assign(**percent).round(cents)], axis=1)


def column_config(shown: Shown, frame: pd.DataFrame, words: Words) -> dict[str, Any]:
    """Labels and number forms of the table's columns."""
    config: dict[str, Any] = {
        "customer_id": st.column_config.TextColumn(words("customer.id"), pinned=True),
        "tier": st.column_config.TextColumn(words("customer.tier")),
        "decided_by": st.column_config.TextColumn(words("decided.label"), width=140),
        "score": st.column_config.NumberColumn(words("customer.score"), format="%.1f", width="small"),
    }
    if "customer_name" in frame:
        config["customer_name"] = st.column_config.TextColumn(words("customer.name"), pinned=True)
    for indicator in shown.tiering.base.matrix.indicators:
        label = words(f"indicator.{indicator.key}.label")
        hint = words(f"indicator.{indicator.key}.hint")
        if indicator.unit == "grade":
            config[indicator.source] = st.column_config.Column(label, help=hint)
        else:
            form = words("customer.days") if indicator.unit == "days" else _FORMATS[indicator.unit]
            config[indicator.source] = st.column_config.NumberColumn(label, help=hint, format=form)
    for column in ("industry", "region", "city", "owner"):
        config[column] = st.column_config.TextColumn(words(f"field.{column}.label"))
    return config


_FORMATS = {
    "money": "accounting",  # two decimals in each row; with a step they would be cut off, not rounded
    "share": "%.1f%%",
    "count": "%d",
    "months": "%d",
    "ratio": "%.2f",
    "level": "%.1f",
    "number": None,
}
