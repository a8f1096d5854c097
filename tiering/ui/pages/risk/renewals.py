"""Renewal calendar: contracts by the month they end, and the customers behind each month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.retention import contract_ends, month_of, renewal_calendar
from tiering.movement.rhythm import AMBER
from tiering.said.tables import knows_revenue
from tiering.ui.base import cached, drill_down, frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drill_down import customer_rows
from tiering.words import Words

SOON = 3


def section(shown: Shown, words: Words) -> None:
    """Draw the calendar and the list of what ends within three months or has ended."""
    as_of, customers = shown.tiering.base.as_of, shown.tiering.base.customers
    if as_of is None:
        st.info(words("movement.renewal.no_date"))
        return
    ends = contract_ends(customers)
    place = month_of(ends, as_of)
    calendar = renewal_calendar(place, shown.tiering.base.revenue, as_of)
    soon = (place >= 0) & (place <= SOON)
    st.markdown(_sentence(shown, soon, int((place == -1).sum()), words))
    months = [_month(month, words) for month in calendar["month"]]
    labels = {
        "label": words("movement.renewal.month"),
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
    }
    labels = drill_down.available_columns(shown, labels)
    ids = customers["customer_id"].to_numpy()

    def listing(row: int) -> drill_down.Listing:
        return drill_down.Listing(words("movement.renewal.listed", month=months[row]), ids[place == row - 1].tolist())

    drill_down.table("renewals", calendar.assign(label=months), labels, listing)
    _list(shown, ends, (soon | (place == -1)), words)


def _sentence(shown: Shown, soon: np.ndarray, ended: int, words: Words) -> str:
    """How many contracts end soon, and what those customers bring a year where that is known."""
    number = int(soon.sum())
    if not knows_revenue(shown.tiering):
        return words("movement.renewal.sentence_only", n=number, ended=ended)
    money = words.money(float(shown.tiering.base.revenue[soon].sum()), shown.dataset.currency)
    return frame.plain(words("movement.renewal.sentence", n=number, money=money, ended=ended))


def _month(month: pd.Timestamp, words: Words) -> str:
    return words("movement.renewal.ended") if pd.isna(month) else month.strftime("%Y-%m")


def _list(shown: Shown, ends: np.ndarray, wanted: np.ndarray, words: Words) -> None:
    """Who to talk to now, earliest end first, those already ended last, and whether they are late by their rhythm."""
    rows = np.flatnonzero(wanted)
    today = np.datetime64(shown.tiering.base.as_of, "D")
    rows = rows[np.lexsort((np.abs(ends[rows] - today), ends[rows] < today))]
    if not rows.size:
        return
    customers = shown.tiering.base.customers.iloc[rows]
    tail = cached.evidence(shown).column("tail")[rows]
    names = np.array([*shown.tiering.scenario.tiers, ""], dtype=object)
    late = words("movement.renewal.is_late")
    listed = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy(),
            "name": drill_down.names(shown, customers["customer_id"]).to_numpy(),
            "tier": names[shown.tiering.tiers[rows]],
            **({"owner": customers["owner"].to_numpy()} if "owner" in customers else {}),
            "ends": [str(day) for day in ends[rows]],
            "revenue": shown.tiering.base.revenue[rows].round(),
            "late": np.where(tail < AMBER, late, ""),
        }
    )
    labels = {
        "name": words("segments.name"),
        "tier": words("customer.tier"),
        **({"owner": words("field.owner.label")} if "owner" in listed else {}),
        "ends": words("field.contract_end.label"),
        "revenue": words("customer.revenue"),
        "late": words("movement.renewal.late"),
    }
    labels = drill_down.available_columns(shown, labels)
    st.subheader(words("movement.renewal.list"), anchor=False)
    customer_rows("renewals", listed, labels, words)
