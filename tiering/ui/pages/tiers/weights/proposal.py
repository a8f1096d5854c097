"""A proposal of weights: the share of each indicator, and how it becomes the scenario's weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from tiering.indicators.weights.whole import whole_weights
from tiering.scenario import Scenario
from tiering.ui.base import regions, state
from tiering.ui.base.cached import Shown
from tiering.words import Words


@dataclass(frozen=True)
class Proposal:
    """Shares by indicator, summing to 1; an indicator that is not in them counts nothing."""

    shares: dict[str, float]


def proposed_weights(scenario: Scenario, keys: tuple[str, ...], proposal: Proposal) -> dict[str, int]:
    """The scenario's weights with those of the data's indicators ``keys`` as proposed, the largest 100.

    Indicators that the data does not have keep theirs.
    """
    whole = whole_weights([proposal.shares.get(key, 0.0) for key in keys])
    return {**scenario.weights, **dict(zip(keys, whole, strict=True))}


def counted_keys(shown: Shown) -> list[str]:
    """The data's indicators that have a weight, biggest first, equal ones in catalogue order."""
    weights = shown.tiering.scenario.weights
    keys = [key for key in shown.tiering.base.matrix.keys if weights.get(key)]
    return sorted(keys, key=lambda key: -weights[key])


def compared_frame(shown: Shown, weights: dict[str, int], words: Words) -> pd.DataFrame:
    """One row per indicator with a weight now or then: share now, share proposed, and the slider's weight."""
    present = shown.tiering.scenario.weights
    keys = [key for key in shown.tiering.base.matrix.keys if present.get(key) or weights[key]]
    keys.sort(key=lambda key: (-weights[key], -present.get(key, 0)))
    now, then = (sum(have.get(key, 0) for key in keys) or 1 for have in (present, weights))
    rows = [
        (words(f"indicator.{key}.label"), present.get(key, 0) / now, weights[key] / then, weights[key]) for key in keys
    ]
    return pd.DataFrame(rows, columns=["indicator", "now", "proposed", "weight"]).round(3)


def compare_and_apply(shown: Shown, proposal: Proposal, words: Words) -> None:
    """Proposed shares beside the present ones, and the button that takes them over in one step of undo."""
    keys = shown.tiering.base.matrix.keys
    weights = proposed_weights(shown.tiering.scenario, keys, proposal)
    table = compared_frame(shown, weights, words)
    most = max(*table["now"], *table["proposed"])
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        column_config={
            "indicator": st.column_config.TextColumn(words("weights.column.indicator")),
            "now": _share_column(words("weights.column.now"), most, "gray"),
            "proposed": _share_column(words("weights.column.proposed"), most, "primary"),
            "weight": st.column_config.NumberColumn(words("weights.column.weight"), width="small"),
        },
    )
    same = weights == shown.tiering.scenario.weights
    st.button(
        words("weights.apply"), type="primary", key="weights-apply", on_click=apply, args=(weights,), disabled=same
    )


def _share_column(label: str, most: float, colour: str) -> Any:
    return st.column_config.ProgressColumn(label, format="percent", min_value=0.0, max_value=most, color=colour)


def apply(weights: dict[str, int]) -> None:
    """Take the proposed weights over; one undo brings the present ones back."""
    state.change_scenario(weights=weights, goal="own")
    regions.follow_release()
