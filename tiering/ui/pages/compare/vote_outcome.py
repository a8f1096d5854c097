"""A revealed vote: median and spread, the customers on whom the voters differ, and the median as weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.decision.rooms import RoomView
from tiering.decision.votes import Contested, Spread, contested, middle, spread, tiers_by_vote, weighed_anew
from tiering.evaluate import tier_customers
from tiering.said.labels import customer_labels
from tiering.said.tables import knows_revenue
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.compare import votes_chart
from tiering.ui.pages.compare import library, presenting
from tiering.ui.pages.vote.ballot import indicator_label
from tiering.words import Words

MOST_LISTED = 200


def outcome(shown: Shown, room: RoomView, words: Words) -> None:
    """Draw what the vote came to."""
    keys = list(room.indicators)
    found = spread([vote.weights for vote in room.votes], keys)
    labels = [indicator_label(key, label, words) for key, label in room.indicators.items()]
    st.markdown(frame.plain(headline(found, labels, len(room.votes), words)))
    draw(votes_chart(dots(found, labels, room), words, frame.is_dark()), words)
    _apply(shown, found, keys, words)
    _contested(shown, room, words)


def headline(found: Spread, labels: list[str], voters: int, words: Words) -> str:
    """On which indicator the voters agree most, and on which least."""
    apart = found.highest - found.lowest
    widest = int(apart.argmax())
    most, share = labels[int(found.median.argmax())], words.percent(float(found.median.max()))
    if not apart.any():
        return words("workshop.outcome.alike", n=voters, most=most, share=share)
    return words(
        "workshop.outcome.headline",
        n=voters,
        most=most,
        share=share,
        widest=labels[widest],
        low=words.percent(float(found.lowest[widest])),
        high=words.percent(float(found.highest[widest])),
    )


def dots(found: Spread, labels: list[str], room: RoomView) -> pd.DataFrame:
    """One row per voter and indicator: label, voter, share, and the indicator's median, lowest and highest."""
    order = np.argsort(-found.median, kind="stable")
    rows = [
        {
            "label": labels[place],
            "voter": vote.alias,
            "share": found.shares[number, place],
            "median": found.median[place],
            "lowest": found.lowest[place],
            "highest": found.highest[place],
        }
        for place in order
        for number, vote in enumerate(room.votes)
    ]
    return pd.DataFrame(rows)


def contested_frame(shown: Shown, room: RoomView, found: Contested, words: Words) -> pd.DataFrame:
    """One row per contested customer: name, tier now, the tier each voter would give, agreement, revenue if known."""
    tiering = presenting.paper_of(shown, words).tiering
    rows = found.rows[:MOST_LISTED]
    names = np.array([*tiering.scenario.tiers, words("tier.unscored")], dtype=object)
    listed: dict[str, Any] = {
        words("movers.customer"): customer_labels(tiering.base.customers.iloc[rows]),
        words("workshop.outcome.now"): names[tiering.tiers[rows]],
    }
    for vote, tiers in zip(room.votes, found.tiers[:, : rows.size], strict=True):
        listed[_free(vote.alias, listed)] = names[tiers]
    listed[words("workshop.outcome.agreed")] = found.agreed[: rows.size].round(2)
    if knows_revenue(tiering):
        listed[words("movers.revenue")] = tiering.base.revenue[rows]
    return pd.DataFrame(listed)


def _contested(shown: Shown, room: RoomView, words: Words) -> None:
    tiers = tiers_by_vote(shown.tiering, [vote.weights for vote in room.votes])
    found = contested(tiers, shown.tiering.base.revenue)
    st.subheader(words("workshop.outcome.contested"), anchor=False)
    if not found.rows.size:
        st.markdown(words("workshop.outcome.agreed_on_all"))
        return
    st.markdown(frame.plain(_counted(shown, found, words)))
    st.caption(words("workshop.outcome.sizes"))
    agreed = st.column_config.ProgressColumn(
        words("workshop.outcome.agreed"), format="percent", min_value=0, max_value=1, width="small"
    )
    st.dataframe(
        frame.safe_table(contested_frame(shown, room, found, words)),
        hide_index=True,
        column_config={
            words("workshop.outcome.agreed"): agreed,
            words("movers.revenue"): st.column_config.NumberColumn(format="localized", step=1),
        },
    )


def _counted(shown: Shown, found: Contested, words: Words) -> str:
    """How many customers, and their revenue where it is known."""
    n, revenue = int(found.rows.size), float(np.maximum(shown.tiering.base.revenue[found.rows], 0).sum())
    if not knows_revenue(shown.tiering):
        return words("workshop.outcome.contested_only", n=n)
    return words("workshop.outcome.contested_n", n=n, money=words.money(revenue, shown.dataset.currency))


def _apply(shown: Shown, found: Spread, keys: list[str], words: Words) -> None:
    st.button(
        words("workshop.outcome.apply"),
        type="primary",
        help=words("workshop.outcome.apply_hint"),
        on_click=_take,
        args=(shown, middle(found, keys), len(found.shares), words),
    )


def _take(shown: Shown, median: dict[str, float], voters: int, words: Words) -> None:
    anew = weighed_anew(shown.tiering, median)
    after = tier_customers(shown.tiering.base, anew)
    moved = int((after.tiers != shown.tiering.by_score).sum())
    if anew.weights != shown.tiering.scenario.weights:
        state.set_scenario(anew)
        library.record("voted", words("workshop.outcome.logged", n=voters), moved=moved)
    st.toast(words("workshop.outcome.taken", n=moved))


def _free(name: str, taken: dict[str, Any]) -> str:
    """A column name that is not taken yet."""
    while name in taken:
        name += "\u2009"
    return name
