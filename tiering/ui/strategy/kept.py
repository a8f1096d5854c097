"""Kept revenue by tier: what the customers of a year ago, in the tiers they had then, still buy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import tier_customers
from tiering.metrics.windows import months_before
from tiering.strategy.kept_revenue import kept_by_tier
from tiering.ui import cached
from tiering.ui.cached import Shown
from tiering.ui.segments import behind
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
    behind.table("kept", rows, labels, None)
    behind.download("kept-revenue", rows, labels, words)
    st.caption(words("formula.kept.hint", n=shown.tiering.scenario.window_months))


def _rows(shown: Shown, words: Words) -> pd.DataFrame:
    as_of, scenario = shown.tiering.base.as_of, shown.tiering.scenario
    assert as_of is not None, "ask only where there are orders"
    start = scenario.model_copy(update={"as_of": months_before(as_of, scenario.window_months)})
    then = tier_customers(cached.base_of(shown.dataset, start), start)
    now = pd.Series(shown.tiering.base.revenue, index=shown.tiering.base.customers["customer_id"])
    after = np.asarray(now.reindex(then.base.customers["customer_id"]).fillna(0.0), dtype=np.float64)
    table = kept_by_tier(then.tiers, then.base.revenue, after, len(scenario.tiers))
    table = table.rename(
        columns={"start": "revenue", "net": "net_rate", "gross": "gross_rate", "customers_kept": "kept_rate"}
    )
    return table.assign(name=[*scenario.tiers, words("formula.total")])
