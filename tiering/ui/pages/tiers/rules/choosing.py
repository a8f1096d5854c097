"""Choosing a customer by name or number, and a day a year on."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import streamlit as st

from tiering.said.labels import customer_labels
from tiering.ui.base.cached import Shown
from tiering.words import Words

MOST_CHOICES = 2000


def chosen_customer(shown: Shown, key: str, words: Words) -> str | None:
    """A customer of the data; beyond some thousand the biggest ones by name and any other by its number."""
    customers = shown.tiering.base.customers.head(MOST_CHOICES)
    labels = dict(zip(customers["customer_id"].astype(str), customer_labels(customers), strict=True))
    many = len(shown.tiering.tiers) > MOST_CHOICES
    return st.selectbox(
        words("rules.customer"),
        list(labels),
        index=None,
        format_func=lambda who: labels.get(who, who) if labels.get(who) == who else f"{labels.get(who, '')} {who}",
        key=key,
        placeholder=words("rules.customer_many" if many else "rules.customer_pick"),
        accept_new_options=many,
    )


def next_year(day: date) -> date:
    """The same day a year on, where a tier set by hand ends unless another day is chosen."""
    leap_day = (day.month, day.day) == (2, 29) and not isleap(day.year + 1)
    return date(day.year + 1, 2, 28) if leap_day else day.replace(year=day.year + 1)
