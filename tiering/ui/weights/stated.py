"""Weights as people state them: indicators ranked, or compared two by two."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import streamlit as st

from tiering.indicators.weights.ahp import ACCEPTED, MOST_COMPARED, Comparison, compared_weights, judgement_matrix
from tiering.indicators.weights.rank_order import ranked_weights
from tiering.ui import state
from tiering.ui.cached import Shown
from tiering.ui.weights.proposal import Proposal, counted_keys
from tiering.words import Words
from tiering.words.sentences import listed

SCALE = tuple(range(8, -9, -1))  # 8 stands for 9 : 1, 0 for 1 : 1, −8 for 1 : 9
JUDGED = "weights-judgements"
FIRST_COMPARED = 4
Pair = tuple[str, str]


def by_rank(shown: Shown, words: Words) -> Proposal | None:
    """A rank for each indicator, as the weights rank them now until it is edited."""
    st.caption(words("weights.rank.how"))
    present = ranks_frame(shown, words)
    ranks = st.data_editor(
        present,
        hide_index=True,
        height="content",
        placeholder="",
        # weights moved elsewhere bring their own order: edits never mix with it
        key="weights-ranks-" + "-".join(map(str, present["rank"])),
        disabled=["indicator"],
        column_config={
            "indicator": st.column_config.TextColumn(words("weights.column.indicator")),
            "rank": st.column_config.NumberColumn(words("weights.rank.label"), min_value=0, step=0.1, format="%g"),
        },
    )["rank"]
    shares = ranked_weights([None if pd.isna(rank) else float(rank) for rank in ranks])
    keys = shown.tiering.base.matrix.keys
    return Proposal(dict(zip(keys, shares.tolist(), strict=True))) if shares.any() else None


def ranks_frame(shown: Shown, words: Words) -> pd.DataFrame:
    """One row per indicator of the data: its label and the rank its weight has now, none for weight 0."""
    keys = shown.tiering.base.matrix.keys
    weights = pd.Series([shown.tiering.scenario.weights.get(key, 0) for key in keys], dtype="float64")
    rank = weights.where(weights > 0).rank(method="min", ascending=False)
    return pd.DataFrame({"indicator": [words(f"indicator.{key}.label") for key in keys], "rank": rank})


def by_pairs(shown: Shown, words: Words) -> Proposal | None:
    """Up to seven indicators, each pair compared on a slider, with the consistency of all judgements."""
    keys = st.multiselect(
        words("weights.pairs.which", n=MOST_COMPARED),
        shown.tiering.base.matrix.keys,
        default=counted_keys(shown)[:FIRST_COMPARED],
        format_func=lambda key: words(f"indicator.{key}.label"),
        max_selections=MOST_COMPARED,
        key="weights-compared",
        persist_state="session",
    )
    if not keys:
        return None
    st.caption(words("weights.pairs.how"))
    _sliders(list(combinations(keys, 2)), words)
    ratios = {(i, j): ratio_of(_judged().get((keys[i], keys[j]), 0)) for i, j in combinations(range(len(keys)), 2)}
    comparison = compared_weights(judgement_matrix(len(keys), ratios))
    _consistency(comparison, [words(f"indicator.{key}.label") for key in keys], words)
    return Proposal(dict(zip(keys, comparison.weights.tolist(), strict=True)))


def ratio_of(step: int) -> float:
    """Position of a slider → how many times as much the first counts: 2 → 3, 0 → 1, −2 → 1/3."""
    return 1.0 + step if step >= 0 else 1 / (1.0 - step)


def ratio_label(step: int) -> str:
    """``3 : 1``, ``1 : 1``, ``1 : 3``."""
    return f"{1 + max(step, 0)} : {1 + max(-step, 0)}"


def _sliders(pairs: list[Pair], words: Words) -> None:
    columns = st.columns(3, gap="large")
    for number, (first, second) in enumerate(pairs):
        key = f"weights-pair-{first}-{second}"
        state.set_widget(key, _judged().get((first, second), 0))
        columns[number % 3].select_slider(
            words(
                "weights.pairs.pair",
                first=words(f"indicator.{first}.label"),
                second=words(f"indicator.{second}.label"),
            ),
            SCALE,
            format_func=ratio_label,
            key=key,
            on_change=_judge,
            args=(first, second, key),
        )


def _judged() -> dict[Pair, int]:
    """The judgements made so far, whichever way round the pair was shown."""
    return state.widget_value(JUDGED) or {}


def _judge(first: str, second: str, key: str) -> None:
    step = int(state.widget_value(key))
    state.set_widget(JUDGED, {**_judged(), (first, second): step, (second, first): -step})


def _consistency(comparison: Comparison, labels: list[str], words: Words) -> None:
    ratio = words.number(comparison.consistency_ratio, 2)
    st.caption(words("weights.pairs.consistency", ratio=ratio))
    if comparison.consistency_ratio >= ACCEPTED and comparison.triple is not None:
        names = listed([labels[row] for row in comparison.triple], words)
        st.warning(words("weights.pairs.inconsistent", ratio=ratio, names=names))
