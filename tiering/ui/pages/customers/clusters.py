"""Clusters: customers alike in chosen indicators, shown only where they would be found again."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from tiering.indicators.catalogue import Indicator
from tiering.indicators.matrix import raw_values
from tiering.said.labels import shown_value
from tiering.ui.base import cached_views, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.customers import trials_chart
from tiering.ui.charts.grid import grid_chart
from tiering.views.cluster_rule import Condition, Rule, plain_rules
from tiering.views.clusters import RELIABLE, Clusters, Scaled, Trial, is_reliable, profile, proposed_k, scaled
from tiering.views.group_tiers import group_totals
from tiering.words import Words

USUAL = ("annual_revenue", "annual_orders", "recency_days", "categories")
STANDS_OUT = 0.5
FULL_SHADE = 2.0
WHOLE_UNITS = ("count", "days", "months")


def section(shown: Shown, words: Words) -> None:
    """Draw the view."""
    offered = list(shown.tiering.base.matrix.keys)
    keys = choices.several("cluster_by", offered, words, [key for key in USUAL if key in offered] or offered[:3])
    scale = choices.picked("cluster_scale", ["robust", "standard"], words)
    rows = scaled(shown.tiering.base.customers, keys, _at_hand(shown), "standard" if scale == "standard" else "robust")
    found = cached_views.cluster_trials(shown, rows) if len(rows.keys) > 1 else ()
    if not found:
        st.info(words("segments.cluster.needs"))
        return
    k = _chosen_k(found, words)
    left, right = st.columns([3, 2], gap="large")
    with right:
        dark = frame.is_dark()
        drill_down.draw_with_picture("cluster-trials", trials_chart(pd.DataFrame(found), RELIABLE, words, dark), words)
        st.caption(words("segments.cluster.limits", stability=words.number(RELIABLE, 1)))
    with left:
        if k is None:
            st.info(words("segments.cluster.none"))
            return
        _drawn(shown, rows, cached_views.clustered(shown, rows, k), k, words)
    _rules(shown, rows, cached_views.clustered(shown, rows, k), words)


def _at_hand(shown: Shown) -> dict[str, Indicator]:
    """Ready and own indicators by name."""
    return {indicator.key: indicator for indicator in shown.tiering.base.matrix.indicators}


def _chosen_k(found: Sequence[Trial], words: Words) -> int | None:
    """The number of clusters: proposed, or one of those that are reliable."""
    reliable = [str(trial.k) for trial in found if is_reliable(trial)]
    if not reliable:
        return None
    proposal = proposed_k(found)
    chosen = choices.picked("cluster_k", ["proposed", *reliable], words)
    return proposal if chosen == "proposed" else int(chosen)


def _drawn(shown: Shown, rows: Scaled, made: Clusters, k: int, words: Words) -> None:
    profiles = profile(rows.values, made.codes, k)
    revenue = shown.tiering.base.revenue[rows.rows]
    totals = group_totals(made.codes, revenue, k).assign(
        label=[words("segments.cluster.name", n=number + 1) for number in range(k)],
        about=[_about(rows.keys, profiles[number], words) for number in range(k)],
    )
    st.markdown(words("segments.cluster.sentence", k=k, n=len(rows.rows)))
    ids = shown.tiering.base.customers["customer_id"].to_numpy()[rows.rows]

    def listing(number: int) -> drill_down.Listing:
        return drill_down.Listing(str(totals["label"].iloc[number]), ids[made.codes == number].tolist())

    labels = {
        "label": words("segments.cluster.label"),
        "about": words("segments.cluster.about"),
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
        "revenue_share": words("segments.revenue_share"),
    }
    labels = drill_down.available_columns(shown, labels)
    drill_down.table("clusters", totals, labels, listing)
    cells = _cells(rows.keys, profiles, totals, words)
    cells = cells if "revenue" in labels else cells.drop(columns="revenue")
    clicked = drill_down.clicked_cell("clusters", grid_chart(cells, words, frame.is_dark(), diverging=True), words)
    if clicked is not None and clicked[0] < k:
        drill_down.show_customers(listing(clicked[0]))
    st.caption(words("segments.cluster.hint", within=words.number(made.within, 3)))
    drill_down.download("clusters", totals, labels, words)


def _about(keys: Sequence[str], deviations: np.ndarray, words: Words) -> str:
    """What sets a cluster apart: its two strongest deviations, or that it has none."""
    order = np.argsort(-np.abs(deviations), kind="stable")[:2]
    said = [
        words(
            "segments.cluster.high" if deviations[place] > 0 else "segments.cluster.low",
            indicator=_named(keys[place], words),
        )
        for place in order
        if abs(deviations[place]) >= STANDS_OUT
    ]
    return words.listed(said) if said else words("segments.cluster.middling")


def _cells(keys: Sequence[str], profiles: np.ndarray, totals: pd.DataFrame, words: Words) -> pd.DataFrame:
    row, column = (place.ravel() for place in np.indices(profiles.shape))
    names = [_named(key, words) for key in keys]
    return pd.DataFrame(
        {
            "row": totals["label"].to_numpy()[row],
            "column": [names[place] for place in column],
            "row_place": row,
            "column_place": column,
            "shade": profiles.ravel() / FULL_SHADE,
            "note": [words.number(float(deviation), 1) for deviation in profiles.ravel()],
            "under": "",
            "customers": totals["customers"].to_numpy()[row],
            "revenue": totals["revenue"].to_numpy()[row],
        }
    )


def _rules(shown: Shown, rows: Scaled, made: Clusters, words: Words) -> None:
    customers = shown.tiering.base.customers.iloc[rows.rows]
    at_hand = _at_hand(shown)
    raw = np.column_stack([raw_values(customers, at_hand[key]).astype(np.float64) for key in rows.keys])
    found = plain_rules(raw, made.codes, rows.keys)
    st.subheader(words("segments.cluster.rule"), anchor=False)
    st.caption(words("segments.cluster.accuracy", share=words.percent(found.accuracy)))
    st.markdown("\n".join(f"- {_rule_line(shown, rule, words)}" for rule in found.rules))


def _named(key: str, words: Words) -> str:
    """Indicator by what its figure counts: a high recency would be read the wrong way round."""
    return words("field.recency_days.label") if key == "recency_days" else words(f"indicator.{key}.label")


def _limit(shown: Shown, condition: Condition, words: Words) -> str:
    """Limit of a condition; between two whole numbers it is the lower one."""
    indicator = _at_hand(shown)[condition.key]
    limit = math.floor(condition.limit) if indicator.unit in WHOLE_UNITS else condition.limit
    return shown_value(limit, indicator, words, shown.dataset.currency)


def _rule_line(shown: Shown, rule: Rule, words: Words) -> str:
    conditions = [
        words(
            "segments.cluster.above" if condition.is_above else "segments.cluster.at_most",
            indicator=_named(condition.key, words),
            limit=_limit(shown, condition, words),
        )
        for condition in rule.conditions
    ]
    return frame.plain(
        words(
            "segments.cluster.rule_line",
            conditions=words.listed(conditions) if conditions else words("segments.cluster.all"),
            name=words("segments.cluster.name", n=rule.cluster + 1),
            n=rule.customers,
            share=words.percent(rule.share),
        )
    )
