"""The best use of the hours: which customers should get closer service, which less, and what one hour more earns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.strategy.resources.levels import Allocation
from tiering.ui.base import cached_views, drill_down, frame
from tiering.ui.base.cached import Shown
from tiering.words import Words

PROVEN = 1e-9
MOST_LISTED = 1000


def section(shown: Shown, words: Words) -> None:
    """Draw the best allocation beside today's."""
    with st.spinner(words("resources.solving")):
        found = cached_views.best_allocation(shown)
    if not found.worth.any():
        st.info(words("resources.allocation.nothing"))
        return
    st.markdown(_sentence(shown, found, words))
    _metrics(shown, found, words)
    if not found.best.hour_price:
        st.caption(words("resources.allocation.idle"))
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.markdown(words("resources.allocation.grid"))
        _grid(shown, found, words)
    with right:
        _changes(shown, found, words)
    st.caption(_proof(found, words))


def _sentence(shown: Shown, found: Allocation, words: Words) -> str:
    closer = int((found.best.levels > found.now).sum())
    less = int((found.best.levels < found.now).sum())
    return words(
        "resources.allocation.sentence",
        hours=words.number(found.capacity.hours),
        value=_money(shown, found.best.value, words),
        today=_money(shown, found.value_now, words),
        closer=words.number(closer),
        less=words.number(less),
    )


def _metrics(shown: Shown, found: Allocation, words: Words) -> None:
    band = shown.tiering.scenario.resources.band
    columns = st.columns(3)
    value = shown_money(shown, found.best.value, words)
    low, high = (shown_money(shown, found.best.value * (1 + way * band), words) for way in (-1, 1))
    columns[0].metric(words("resources.allocation.best"), value, border=True)
    columns[0].caption(frame.plain(words("resources.band", low=low, high=high)))
    columns[1].metric(words("resources.allocation.today"), shown_money(shown, found.value_now, words), border=True)
    too_many = found.hours_now > found.capacity.hours
    text = "resources.allocation.unaffordable" if too_many else "resources.allocation.affordable"
    columns[1].caption(words(text, hours=words.number(found.hours_now), there=words.number(found.capacity.hours)))
    columns[2].metric(words("resources.allocation.hour"), shown_money(shown, found.best.hour_price, words), border=True)
    cost = shown.tiering.scenario.resources.cost_per_hour
    pays = "worth" if found.best.hour_price > cost else "not_worth"
    columns[2].caption(frame.plain(words(f"resources.allocation.{pays}", cost=shown_money(shown, cost, words))))


def level_names(shown: Shown, words: Words) -> list[str]:
    """Levels from none up, by the tier whose service it is."""
    tiers = shown.tiering.scenario.tiers[::-1]
    return [
        words("resources.allocation.no_service"),
        *(words("resources.allocation.level", tier=name) for name in tiers),
    ]


def _grid(shown: Shown, found: Allocation, words: Words) -> None:
    levels = level_names(shown, words)
    counts = np.zeros((len(levels), len(levels)), dtype=np.int64)
    np.add.at(counts, (found.now, found.best.levels), 1)
    rows = pd.DataFrame(counts[::-1, ::-1], columns=[f"to_{place}" for place in range(len(levels))])
    rows = rows.assign(label=levels[::-1])[rows.sum(axis=1) > 0].reset_index(drop=True)
    labels = {"label": words("resources.allocation.from")}
    labels |= {f"to_{place}": name for place, name in enumerate(levels[::-1])}
    drill_down.table("allocation-grid", rows, labels, None)


def _changes(shown: Shown, found: Allocation, words: Words) -> None:
    levels = np.array(level_names(shown, words), dtype=object)
    changed = np.flatnonzero(found.best.levels != found.now)
    if not changed.size:
        st.info(words("resources.allocation.no_change"))
        return
    order = changed[np.argsort(-np.abs(found.gains[changed]), kind="stable")]
    ids = shown.tiering.base.customers["customer_id"].iloc[order].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "customer": drill_down.names(shown, ids),
            "customer_id": ids,
            "revenue": shown.tiering.base.revenue[order],
            "now": levels[found.now[order]],
            "best": levels[found.best.levels[order]],
            "gain": np.round(found.gains[order], 0),
        }
    )
    labels = {
        "customer": words("field.customer_name.label"),
        "revenue": words("customer.revenue"),
        "now": words("resources.allocation.now"),
        "best": words("resources.allocation.then"),
        "gain": words("resources.allocation.gain"),
    }
    st.markdown(words("resources.allocation.changes", n=len(rows)))
    top = rows.head(MOST_LISTED)
    drill_down.table("allocation", top, labels, lambda row: drill_down.Listing(str(top["customer"][row]), [ids[row]]))
    drill_down.download("allocation", rows, {"customer_id": words("field.customer_id.label"), **labels}, words)


def _proof(found: Allocation, words: Words) -> str:
    gap = (found.best.bound - found.best.value) / max(found.best.bound, 1e-12)
    if gap <= PROVEN:
        return words("resources.allocation.proven")
    return words("resources.allocation.bounded", gap=words.percent(max(gap, 1e-6), 4))


def _money(shown: Shown, amount: float, words: Words) -> str:
    return frame.plain(shown_money(shown, amount, words))


def shown_money(shown: Shown, amount: float, words: Words) -> str:
    """Amount in the data's currency, in short."""
    return words.money(amount, shown.dataset.currency)
