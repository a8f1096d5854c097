"""The workshop: a presentation for the projector, and as agenda the customers whose tier depends on the weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.said.labels import customer_labels
from tiering.said.tables import knows_revenue
from tiering.tiers.weightings import Sampling
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare import presenting
from tiering.ui.pages.tiers.weights.robustness import DRAWS, Sureness, cached_stability, compute
from tiering.words import Words

SAMPLING: Sampling = "order"
MOST_LISTED = 30


def workshop(shown: Shown, words: Words) -> None:
    """Present, then discuss."""
    sureness = cached_stability(shown, SAMPLING)
    presenting.presenting(shown, sureness, words)
    st.subheader(words("workshop.agenda.title"), anchor=False)
    st.caption(words("workshop.agenda.about"))
    if not any(shown.tiering.scenario.weights.get(key) for key in shown.tiering.base.matrix.keys):
        st.info(words("tiers.weights_zero"))
    elif sureness is None:
        _compute(shown, words)
    elif not sureness.rows.size:
        st.markdown(words("workshop.agenda.none"))
    else:
        _agenda(shown, sureness, words)


def agenda_frame(shown: Shown, sureness: Sureness, words: Words) -> pd.DataFrame:
    """One row per customer to discuss: name, tier, share of weightings that keep it, where else, money at stake."""
    tiering = presenting.paper_of(shown, words).tiering
    rows = sureness.rows[:MOST_LISTED]
    names, tiers, kept = np.array(tiering.scenario.tiers, dtype=object), tiering.tiers[rows], sureness.kept[rows]
    elsewhere = sureness.elsewhere[:, : rows.size].copy()
    elsewhere[tiers, np.arange(rows.size)] = -1
    stake = {"stake": np.maximum(tiering.base.revenue[rows], 0) * (1 - kept)} if knows_revenue(tiering) else {}
    return pd.DataFrame(
        {
            "customer": customer_labels(tiering.base.customers.iloc[rows]),
            "tier": names[tiers],
            "kept": kept,
            "otherwise": names[elsewhere.argmax(axis=0)],
            **stake,
        }
    )


def _compute(shown: Shown, words: Words) -> None:
    place = st.empty()
    if not place.button(words("sure.compute", draws=DRAWS), type="primary", key="workshop-compute"):
        return
    bar = place.progress(0.0, words("sure.computing"))

    def follow(share: float) -> None:
        bar.progress(share, words("sure.computing"))

    compute(shown, SAMPLING, follow)
    st.rerun()


def _agenda(shown: Shown, sureness: Sureness, words: Words) -> None:
    n = int(sureness.rows.size)
    counted = "counted" if knows_revenue(shown.tiering) else "counted_only"
    st.markdown(words(f"workshop.agenda.{counted}", n=n, shown=min(n, MOST_LISTED)))
    st.dataframe(
        frame.safe_table(agenda_frame(shown, sureness, words)),
        hide_index=True,
        column_config={
            "customer": st.column_config.TextColumn(words("movers.customer"), pinned=True),
            "tier": st.column_config.TextColumn(words("customer.tier"), width="small"),
            "kept": st.column_config.ProgressColumn(
                words("sure.column.kept"), format="percent", min_value=0, max_value=1
            ),
            "otherwise": st.column_config.TextColumn(words("sure.column.otherwise"), width="small"),
            "stake": st.column_config.NumberColumn(words("sure.column.stake"), format="localized", step=1),
        },
    )
