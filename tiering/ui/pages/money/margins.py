"""Revenue beside margin and the cost to serve: the whale curve, and customers whose place differs between the two."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.ui.base import cached_views, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.pareto import whale_chart
from tiering.views.abc import rank_flips
from tiering.views.concentration import CURVE_POINTS
from tiering.views.serving import ServingRates, cost_to_serve
from tiering.words import Words

MOST_FLIPS = 200


def section(shown: Shown, words: Words) -> None:
    """Draw cumulative margin, and the table of flips."""
    sales = _after_serving(shown, words)
    known = sales[sales["margin"].notna()]
    if known.empty or known["margin"].clip(lower=0).sum() <= 0:
        st.info(words("segments.pareto.no_margin"))
        return
    curve = _running(known)
    curve = curve.assign(name=drill_down.names(shown, curve["item"]))
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.markdown(_sentence(known, words))
        drill_down.draw_with_picture("whale-curve", whale_chart(curve, words, frame.is_dark()), words)
        if len(known) < len(sales):
            st.caption(words("segments.pareto.uncosted", n=len(sales) - len(known)))
    with right:
        _flips(shown, sales, words)


def _after_serving(shown: Shown, words: Words) -> pd.DataFrame:
    """Sales by customer, their margin less what it costs to serve them where that is assumed."""
    months = shown.tiering.scenario.window_months
    sales = cached_views.sales(shown, "customer_id", months, "net")
    rates = _rates(shown, words)
    if not rates.are_set:
        return sales
    cost = cost_to_serve(cached_views.served(shown, months), rates, sales["item"])
    known = sales["margin"].notna().to_numpy()
    st.caption(words("segments.serving.said", money=words.money(cost[known].sum(), shown.dataset.currency)))
    return sales.assign(margin=sales["margin"] - cost)


def _rates(shown: Shown, words: Words) -> ServingRates:
    """What it costs to serve: assumptions to type in, nothing at first."""
    with st.popover(words("segments.serving.label")):
        st.caption(words("segments.serving.hint", months=shown.tiering.scenario.window_months))
        return ServingRates(
            **{name: choices.money(name, words) for name in ("per_order", "per_return", "per_customer")}
        )


def _running(known: pd.DataFrame) -> pd.DataFrame:
    """The whale curve in at most 200 points: customers by margin, biggest first, and the running sum."""
    ordered = known.iloc[np.argsort(-known["margin"].to_numpy(), kind="stable")]
    kept = np.unique(np.linspace(0, len(ordered) - 1, min(CURVE_POINTS, len(ordered))).astype(int))
    running = ordered["margin"].cumsum().to_numpy()[kept]
    return ordered.iloc[kept][["item", "margin"]].assign(item_share=(kept + 1) / len(ordered), running=running)


def _sentence(known: pd.DataFrame, words: Words) -> str:
    margin = known["margin"].to_numpy()
    losing = int((margin < 0).sum())
    if not losing:
        return words("segments.pareto.no_losers", n=len(known))
    lost = -margin[margin < 0].sum() / margin[margin > 0].sum()
    return words("segments.pareto.losers", n=losing, lost=words.percent(lost, 1 if lost >= 0.001 else 3))


def _flips(shown: Shown, sales: pd.DataFrame, words: Words) -> None:
    flips = rank_flips(sales)
    st.markdown(words("segments.pareto.flips", n=len(flips)))
    if flips.empty:
        return
    listed = flips.head(MOST_FLIPS)
    listed = listed.assign(name=drill_down.names(shown, listed["item"]))
    labels = {
        "name": words("segments.name"),
        "revenue": words("segments.revenue"),
        "margin": words("segments.margin"),
        "margin_rate": words("segments.margin_rate"),
        "revenue_rank": words("segments.revenue_rank"),
        "margin_rank": words("segments.margin_rank"),
    }
    drill_down.table(
        "flips",
        listed,
        labels,
        lambda row: drill_down.Listing(str(listed["name"].iloc[row]), [listed["item"].iloc[row]]),
    )
    drill_down.download("rank-flips", listed, labels, words)
