"""Concentration: what losing the biggest or the riskiest customers would mean."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.ui.base import cached, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.money import losses_chart
from tiering.views.concentration import Loss, biggest, inequality, loss_of, riskiest
from tiering.words import Words

COUNTS = (1, 3, 5)
MOST = 50


def section(shown: Shown, words: Words) -> None:
    """Draw the losses."""
    revenue = shown.tiering.base.revenue
    buyers = int((revenue > 0).sum())
    if buyers < 2:
        st.info(words("segments.loss.needs"))
        return
    offered = ["biggest", *(["riskiest"] if _risk_is_known(shown) else [])]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = choices.picked("loss", offered, words)
        own = choices.number("loss_count", words, (1, min(MOST, buyers - 1)), min(10, buyers - 1)) if buyers > 2 else 1
    counts = sorted({*(count for count in COUNTS if count < buyers), own})
    losses = [_loss(shown, kind, count) for count in counts]
    _headline(shown, losses, words)
    rows = _rows(shown, losses, kind, words)
    left, right = st.columns([1, 1], gap="large")
    with left:
        drill_down.draw_with_picture("concentration", losses_chart(rows, words, frame.is_dark()), words)
    with right:
        _table(shown, losses, rows, words)


def _risk_is_known(shown: Shown) -> bool:
    tails = cached.evidence(shown).column("tail")
    return bool((np.isfinite(tails) & (shown.tiering.tiers == 0)).any())


def _loss(shown: Shown, kind: str, count: int) -> Loss:
    revenue, tiers = shown.tiering.base.revenue, shown.tiering.tiers
    if kind == "biggest":
        return loss_of(biggest(revenue, count), revenue, tiers)
    return loss_of(riskiest(tiers, 1 - cached.evidence(shown).column("tail"), revenue, count), revenue, tiers)


def _headline(shown: Shown, losses: list[Loss], words: Words) -> None:
    before = inequality(shown.tiering.base.revenue)
    last = losses[-1]
    st.markdown(
        words(
            "segments.loss.sentence",
            n=int(last.rows.size),
            share=words.percent(last.lost_share, 1),
            before=words.number(before.effective, 1),
            after=words.number(last.effective, 1),
        )
    )


def _rows(shown: Shown, losses: list[Loss], kind: str, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [words(f"segments.loss.label_{kind}", n=int(loss.rows.size)) for loss in losses],
            "left": [loss.left for loss in losses],
            "lost": [loss.lost for loss in losses],
            "revenue": [loss.lost for loss in losses],
            "lost_note": [
                f"−{words.money(loss.lost, shown.dataset.currency)}  ({words.percent(loss.lost_share, 1)})"
                for loss in losses
            ],
            "revenue_share": [loss.lost_share for loss in losses],
            "effective": [round(loss.effective, 1) for loss in losses],
            "upgrades": [
                words("segments.loss.too_few") if loss.upgrades is None else words.number(loss.upgrades)
                for loss in losses
            ],
        }
    ).drop_duplicates("label", ignore_index=True)


def _table(shown: Shown, losses: list[Loss], rows: pd.DataFrame, words: Words) -> None:
    labels = {
        "label": words("segments.loss.label"),
        "revenue": words("segments.loss.lost"),
        "revenue_share": words("segments.revenue_share"),
        "effective": words("segments.effective"),
        "upgrades": words("segments.loss.upgrades"),
    }
    ids = shown.tiering.base.customers["customer_id"].to_numpy()
    drill_down.table(
        "losses", rows, labels, lambda row: drill_down.Listing(rows["label"][row], ids[losses[row].rows].tolist())
    )
    st.caption(words("segments.click"))
    tiers = [frame.plain(name) for name in shown.tiering.scenario.tiers[:2]]
    st.caption(words("segments.loss.hint", first=tiers[0], second=tiers[1]))
    drill_down.download("concentration", rows, labels, words)
