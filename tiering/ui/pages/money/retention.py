"""Retention and value: who stayed with how much, for how long, what a tier is worth, and which contracts end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.renewals import contract_ends
from tiering.movement.retention import Retention, retention_by_tier
from tiering.strategy.kpis import tier_kpis
from tiering.ui.base import cached, drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.window_apart import window_apart
from tiering.ui.pages.money import lifetime, survival
from tiering.ui.pages.risk import renewals
from tiering.words import Words


def section(shown: Shown, words: Words) -> None:
    """Draw the part that was picked; contracts are offered where the file names their ends."""
    parts = {"retention": _retention, "survival": survival.section, "value": lifetime.section}
    if not np.isnat(contract_ends(shown.tiering.base.customers)).all():
        parts["renewals"] = renewals.section
    if shown.dataset.orders is None:
        st.info(words("movement.kept.needs_orders"))
        if "renewals" in parts:
            renewals.section(shown, words)
        return
    parts[choices.picked("kept", list(parts), words)](shown, words)


def _retention(shown: Shown, words: Words) -> None:
    """Logo retention, NRR and GRR by the tier of the beginning."""
    apart = window_apart(shown, words)
    if apart is None:
        return
    chain, months = apart
    found = retention_by_tier(chain)
    everybody = found[-1]
    if not everybody.kept.whole:
        st.info(words("movement.kept.nobody", start=chain.dates[0]))
        return
    st.markdown(_sentence(shown, everybody, months, words))
    rows = _rows([*chain.names, words("movement.kept.all")], found, words)
    labels = {"label": words("customer.tier")} | {
        name: words(f"movement.kept.{name}") for name in rows.columns if name != "label"
    }

    def listing(row: int) -> drill_down.Listing:
        inside = chain.states[0] == row if row < chain.count else chain.states[0] < chain.count
        lost = inside & (chain.revenue[0] > 0) & (chain.states[1] > chain.count)
        return drill_down.Listing(
            words("movement.kept.lost_of", tier=rows["label"][row]), chain.customer_ids[lost].tolist()
        )

    drill_down.table("retention", rows, labels, listing)
    st.caption(words("movement.kept.hint", start=chain.dates[0], months=months))
    if months < shown.tiering.scenario.window_months:
        st.caption(words("movement.kept.shorter", months=months, first=shown.dataset.first_order_date))
    st.caption(_repurchase_rates(shown, words))
    drill_down.download("retention", rows, labels, words)


def _sentence(shown: Shown, everybody: Retention, months: int, words: Words) -> str:
    text = words(
        "movement.kept.sentence",
        n=everybody.kept.whole,
        months=months,
        kept=words.percent(everybody.kept.value, 1),
        net=words.percent(everybody.net, 1),
        gross=words.percent(everybody.gross, 1),
        lost=words.money(everybody.churned, shown.dataset.currency),
    )
    return frame.plain(text)


def _rows(names: list[str], found: tuple[Retention, ...], words: Words) -> pd.DataFrame:
    intervals = [tier.kept.interval for tier in found]
    return pd.DataFrame(
        {
            "label": names,
            "customers": [tier.kept.whole for tier in found],
            "kept_share": [tier.kept.value for tier in found],
            "interval": ["" if np.isnan(a) else f"{words.percent(a)} – {words.percent(b)}" for a, b in intervals],
            "net_share": [tier.net for tier in found],
            "gross_share": [tier.gross for tier in found],
            "start": [round(tier.start) for tier in found],
            "expansion": [round(tier.expansion) for tier in found],
            "contraction": [-round(tier.contraction) for tier in found],
            "churned": [-round(tier.churned) for tier in found],
        }
    )


def _repurchase_rates(shown: Shown, words: Words) -> str:
    """The repurchase rate of each tier, by the same rule as on the tier cards."""
    evidence = cached.evidence(shown)
    rates = []
    for tier, name in enumerate(shown.tiering.scenario.tiers):
        (rate,) = tier_kpis(shown.tiering, evidence, tier, ("repurchase_rate",))
        rates.append(f"{frame.plain(name)} {words.percent(rate.baseline) if rate.baseline is not None else '–'}")
    return words("movement.kept.repurchase", rates=" · ".join(rates))
