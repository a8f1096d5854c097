"""Lifetime value of a customer of each tier, with every assumption in sight and open to change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.at_risk import annual_worth
from tiering.movement.chain import Chain
from tiering.movement.lifetime_value import (
    YEAR,
    Assumptions,
    lifetime_value,
    mean_reward,
    moves_with_absence,
    value_of_states,
    yearly_discount,
)
from tiering.movement.retention import retention_by_tier
from tiering.ui.base import drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.past_dates import separate_windows
from tiering.words import Words

USUAL_RATE = 30
FEWEST_SURE = 30  # customers behind a row of rates


def section(shown: Shown, words: Words) -> None:
    """Draw the assumptions, and the value of a customer of each tier."""
    apart = separate_windows(shown, words)
    if apart is None:
        return
    chain, months = apart
    st.caption(words("movement.value.hint"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        discount = choices.number("discount", words, (1, 30), 10, unit="%%") / 100
        years = choices.number("years", words, (1, 10), 5)
        rate = _margin_rate(shown, words)
    given = _edited(shown, _measured(chain, months, rate), words)
    simple = lifetime_value(
        given["margin"].to_numpy(float), given["kept"].to_numpy(float) / 100, Assumptions(discount, years)
    )
    rates, customers = moves_with_absence(chain)
    periods = round(years * YEAR / months)
    moving = value_of_states(rates, mean_reward(chain, rate), yearly_discount(discount, months), periods)
    _values(shown, (simple, moving), years, words)
    if customers.min() < FEWEST_SURE:
        st.caption(words("movement.value.thin"))


def _margin_rate(shown: Shown, words: Words) -> float:
    """Overall margin rate of the file; where it has no costs, an assumption to be set."""
    worth = annual_worth(shown.tiering.base.customers, shown.tiering.base.revenue)
    if worth.basis == "revenue":
        return choices.number("margin_rate", words, (1, 100), USUAL_RATE, unit="%%") / 100
    sold = np.maximum(shown.tiering.base.revenue, 0).sum()
    rate = float(worth.money.sum() / sold) if sold > 0 else USUAL_RATE / 100
    st.markdown(words("movement.value.rate", rate=words.percent(rate, 1)))
    return rate


def _measured(chain: Chain, months: int, rate: float) -> pd.DataFrame:
    """Margin a year and share kept a year of each tier, as the data have them."""
    margin = mean_reward(chain, rate)[:-1] * YEAR / months
    kept = [tier.kept.value ** (YEAR / months) for tier in retention_by_tier(chain)[:-1]]
    return pd.DataFrame(
        {"label": list(chain.names), "margin": margin.round(), "kept": np.round(np.array(kept) * 100, 1)}
    )


def _edited(shown: Shown, measured: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The measured figures, each open to another assumption."""
    labels = {name: words(f"movement.value.{name}") for name in measured}
    number: Any = st.column_config.NumberColumn
    edited = st.data_editor(
        measured.fillna(0.0),
        hide_index=True,
        column_config={
            "label": st.column_config.Column(labels["label"]),
            "margin": number(labels["margin"], format="localized", required=True),
            "kept": number(labels["kept"], format="%.1f%%", min_value=0.0, max_value=100.0, required=True),
        },
        disabled=["label"],
        key=f"movement-value-{shown.dataset.fingerprint[:8]}-{words.language}",
    )
    return edited.fillna(0.0)


def _values(shown: Shown, values: tuple[np.ndarray, np.ndarray], years: int, words: Words) -> None:
    simple, moving = values
    names, tiers = shown.tiering.scenario.tiers, shown.tiering.tiers
    held = [int((tiers == tier).sum()) for tier in range(len(names))]
    rows = pd.DataFrame(
        {
            "label": list(names),
            "customers": held,
            "simple": simple.round(),
            "of_tier": (simple * held).round(),
            "moving": moving[:-1].round(),
        }
    )
    labels = {str(name): words(f"movement.value.{name}", years=years) for name in rows}
    ids = shown.tiering.base.customers["customer_id"].to_numpy()
    drill_down.table(
        "lifetime-value", rows, labels, lambda row: drill_down.Listing(names[row], ids[tiers == row].tolist())
    )
    away = words.money(float(moving[-1]), shown.dataset.currency)
    st.caption(frame.plain(words("movement.value.lost" if moving[-1] else "movement.value.all_lost", away=away)))
    with st.expander(words("movement.value.how")):
        st.caption(words("movement.value.explained", years=years))
    drill_down.download("lifetime-value", rows, labels, words)
