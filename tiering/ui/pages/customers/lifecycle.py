"""Lifecycle: how many customers are new, growing, mature or declining, and the funnel of the file's own stages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from tiering.said.tables import knows_revenue
from tiering.ui.base import cached, cached_views, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.customers import groups_chart
from tiering.views.group_tiers import group_totals
from tiering.views.lifecycle import (
    SEASONAL_MONTHS,
    STAGES,
    STEPS,
    LifecycleFigures,
    LifecycleRule,
    funnel_steps,
    lifecycle_stages,
    months_after,
)
from tiering.words import Words


def section(shown: Shown, words: Words) -> None:
    """Draw the stages, and the funnel where a stage column exists."""
    customers = shown.tiering.base.customers
    if "first_order" not in customers or shown.tiering.base.as_of is None:
        st.info(words("segments.lifecycle.needs"))
    else:
        _stages(shown, words)
    if "stage" in customers and customers["stage"].notna().any():
        _funnel(shown, words)


def stages_of(shown: Shown, rule: LifecycleRule | None = None) -> np.ndarray:
    """Stage of each customer, −1 where never ordered; asked only where there are first orders and a date."""
    as_of = shown.tiering.base.as_of
    assert as_of is not None, "first orders come with a date"
    return lifecycle_stages(_figures(shown.base_key, _shown=shown), as_of, rule)


def _stages(shown: Shown, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        new = choices.number("stage_new", words, (1, 12), 3)
        mature = choices.number("stage_mature", words, (new + 1, 36), 12)
        fall = choices.percent("stage_decline", words, (30, 95), 70)
    codes = stages_of(shown, LifecycleRule(new, mature, fall))
    st.markdown(_sentence(shown, codes, words))
    labels = [words(f"segments.lifecycle.stage.{stage}") for stage in STAGES]
    hints = [
        words(f"segments.lifecycle.hint.{stage}", new=new, mature=mature, fall=words.percent(fall)) for stage in STAGES
    ]
    _groups(shown, "stages", codes, (labels, hints), words)
    st.caption(_notes(shown, codes, words))


def _sentence(shown: Shown, codes: np.ndarray, words: Words) -> str:
    declining = codes == STAGES.index("declining")
    if not knows_revenue(shown.tiering):
        return words("segments.lifecycle.sentence_only", n=int(declining.sum()))
    money = words.money(shown.tiering.base.revenue[declining].sum(), shown.dataset.currency)
    return words("segments.lifecycle.sentence", n=int(declining.sum()), money=frame.plain(money))


def _notes(shown: Shown, codes: np.ndarray, words: Words) -> str:
    none = int((codes < 0).sum())
    notes = [words("segments.lifecycle.seasonal", months=SEASONAL_MONTHS)]
    return " ".join([*notes, *([words("segments.lifecycle.never", n=none)] if none else [])])


def _funnel(shown: Shown, words: Words) -> None:
    codes = funnel_steps(shown.tiering.base.customers["stage"])
    st.subheader(words("segments.funnel.title"), anchor=False)
    unknown = int((codes < 0).sum())
    labels = [words(f"segments.funnel.{step}") for step in STEPS]
    _groups(shown, "funnel", codes, (labels, [""] * len(STEPS)), words)
    if unknown:
        st.caption(words("segments.funnel.unknown", n=unknown))


def _groups(
    shown: Shown, name: str, codes: np.ndarray, said: tuple[Sequence[str], Sequence[str]], words: Words
) -> None:
    """Bars and table of groups of customers, with their labels and hints."""
    totals = group_totals(codes, shown.tiering.base.revenue, len(said[0])).assign(label=said[0], hint=said[1])
    left, right = st.columns([5, 6], gap="large")
    with left:
        drill_down.draw_with_picture(
            name, groups_chart(totals, words, frame.is_dark(), knows_revenue(shown.tiering)), words
        )
    with right:
        labels = drill_down.available_columns(
            shown,
            {
                "label": words("segments.lifecycle.label"),
                "customers": words("segments.customers"),
                "revenue": words("customer.revenue"),
                "revenue_share": words("segments.revenue_share"),
            },
        )
        ids = shown.tiering.base.customers["customer_id"].to_numpy()
        drill_down.table(name, totals, labels, lambda row: drill_down.Listing(said[0][row], ids[codes == row]))
        st.caption(words("segments.click"))
        if any(said[1]):
            drill_down.sentences(totals, "hint", words)
            labels["hint"] = words("segments.lifecycle.rule")
        drill_down.download(name, totals, labels, words)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _figures(base: cached_views.BaseKey, _shown: Shown) -> LifecycleFigures:
    shown, customers = _shown, _shown.tiering.base.customers
    first = pd.to_datetime(customers["first_order"]).to_numpy().astype("datetime64[D]")
    evidence = cached.evidence(shown)
    recent, before = evidence.column("recent_half_revenue"), evidence.column("earlier_half_revenue")
    if shown.dataset.orders is not None:
        year_before = cached_views.half_year_before(shown).reindex(customers["customer_id"]).fillna(0.0).to_numpy()
        as_of = np.datetime64(shown.tiering.base.as_of, "D")
        long_known = months_after(first, SEASONAL_MONTHS) <= as_of
        before = np.where(long_known, year_before, before)
    return LifecycleFigures(first, evidence.column("tail"), recent, before)
