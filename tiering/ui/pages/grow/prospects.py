"""Prospects: who has not bought yet, how promising by the attributes alone, and of whom that cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.said.labels import customer_labels
from tiering.ui.base.cached import Shown
from tiering.ui.base.drill_down import Listing, download, show_customers, table
from tiering.ui.base.frame import plain
from tiering.views.prospects import Prospects, prospects
from tiering.words import Words

SIDES = ("industry", "size", "region", "city", "owner")


def section(shown: Shown, words: Words) -> None:
    """The sentence, the list and the way to the customers."""
    found = prospects(shown.tiering)
    if found is None:
        has_orders = shown.dataset.orders is not None
        st.info(words("prospects.none" if has_orders else "prospects.needs_orders"))
        return
    told = int(np.isfinite(found.score).sum())
    st.markdown(plain(words("prospects.said", n=found.rows.size, told=told)))
    for sentence in _basis(found, words):
        st.caption(plain(sentence))
    rows = prospect_rows(found, shown, words)
    labels = {name: _label(name, words) for name in map(str, rows) if name != "customer_id"}
    table("prospects", rows, labels, lambda row: Listing(str(rows["customer"][row]), [str(rows["customer_id"][row])]))
    with st.container(horizontal=True):
        download("prospects", rows, {"customer_id": words("field.customer_id.label")} | labels, words)
        if st.button(words("prospects.open"), type="tertiary", key="open-prospects"):
            show_customers(Listing(words("prospects.title"), rows["customer_id"].tolist()))


def prospect_rows(found: Prospects, shown: Shown, words: Words) -> pd.DataFrame:
    """One row per prospect: name, score or that it cannot be told, what is known of it, and its sides."""
    listed_ones = shown.tiering.base.customers.iloc[found.rows]
    score = [words("prospects.untold") if np.isnan(one) else words.number(float(one), 1) for one in found.score]
    columns: dict[str, object] = {
        "customer_id": listed_ones["customer_id"].to_numpy(),
        "customer": customer_labels(listed_ones),
        "score": score,
        "known_share": found.coverage,
    }
    if found.above is not None:
        columns["above_share"] = found.above
    columns |= {
        side: listed_ones[side].to_numpy() for side in SIDES if side in listed_ones and listed_ones[side].notna().any()
    }
    return pd.DataFrame(columns)


def _basis(found: Prospects, words: Words) -> list[str]:
    """What the score is made of, what could count too, and whether it tells big customers from others."""
    said = []
    if found.counted:
        said.append(words("prospects.counted", list=_indicators(found.counted, words)))
    else:
        said.append(words("prospects.nothing_counts"))
    if found.offered:
        said.append(words("prospects.offered", list=_indicators(found.offered, words)))
    if found.biggest is not None and found.others is not None:
        biggest, others = words.number(found.biggest, 1), words.number(found.others, 1)
        key = "prospects.tells" if found.biggest > found.others else "prospects.does_not_tell"
        said.append(words(key, biggest=biggest, others=others))
    elif found.counted:
        said.append(words("prospects.few_buyers"))
    return said


def _indicators(keys: tuple[str, ...], words: Words) -> str:
    return words.listed([words(f"indicator.{key}.label") for key in keys])


def _label(name: str, words: Words) -> str:
    return words(f"field.{name}.label") if name in SIDES else words(f"prospects.column.{name}")
