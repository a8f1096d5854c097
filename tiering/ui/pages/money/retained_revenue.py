"""Kept revenue by tier: what the customers of a year ago, in the tiers they had then, still buy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import tier_customers
from tiering.metrics.windows import months_before
from tiering.movement.retention import retention_of_tiers
from tiering.ui.base import cached, drill_down
from tiering.ui.base.cached import Shown
from tiering.words import Words


def section(shown: Shown, words: Words) -> None:
    """Draw net and gross retention, by the tiers at the start of the window."""
    rows = _rows(shown, words)
    whole = rows.iloc[-1]
    st.markdown(
        words(
            "formula.kept.sentence",
            net=words.percent(float(whole["net_rate"]), 1),
            gross=words.percent(float(whole["gross_rate"]), 1),
            kept=words.percent(float(whole["kept_rate"]), 1),
        )
    )
    labels = {
        "name": words("formula.kept.tier"),
        "customers": words("segments.customers"),
        "revenue": words("formula.kept.start"),
        **{f"{name}_rate": words(f"formula.kept.{name}") for name in ("net", "gross", "kept")},
    }
    drill_down.table("kept", rows, labels, None)
    drill_down.download("kept-revenue", rows, labels, words)
    st.caption(words("formula.kept.hint", n=shown.tiering.scenario.window_months))


def _rows(shown: Shown, words: Words) -> pd.DataFrame:
    as_of, scenario = shown.tiering.base.as_of, shown.tiering.scenario
    assert as_of is not None, "ask only where there are orders"
    start = scenario.model_copy(update={"as_of": months_before(as_of, scenario.window_months)})
    then = tier_customers(cached.base_of(shown.dataset, start), start)
    customers = shown.tiering.base.customers
    now = pd.DataFrame({"revenue": shown.tiering.base.revenue, "orders": customers["annual_orders"].to_numpy()})
    after = now.set_index(customers["customer_id"]).reindex(then.base.customers["customer_id"]).fillna(0.0)
    gone = after["orders"].to_numpy() <= 0
    revenue = (then.base.revenue, after["revenue"].to_numpy(dtype=np.float64))
    found = retention_of_tiers(then.tiers, revenue, gone, len(scenario.tiers))
    return pd.DataFrame(
        {
            "name": [*scenario.tiers, words("formula.total")],
            "customers": [tier.kept.whole for tier in found],
            "revenue": [tier.start for tier in found],
            "net_rate": [tier.net for tier in found],
            "gross_rate": [tier.gross for tier in found],
            "kept_rate": [tier.kept.value for tier in found],
        }
    )
