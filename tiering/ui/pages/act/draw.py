"""The draw: who gets the playbook and who does not yet, or in which step, by tier and region."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from tiering.strategy.experiments import blocks
from tiering.strategy.experiments.sizes import can_take_part
from tiering.ui.base import drill_down, frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.words import Words

ARMS = {"test": 2, "steps_3": 3, "steps_4": 4}


def section(shown: Shown, words: Words) -> None:
    """Draw the lot and show how many of each block are in each arm."""
    names = list(shown.tiering.scenario.tiers)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        tier = choices.selected("draw_tier", ["", *names], words, lambda name: name or words("experiments.all_tiers"))
        kind = choices.picked("arms", list(ARMS), words)
        choices.typed("seed", words, shown.tiering.scenario.experiments.seed, _change_seed, min_value=0, step=1)
    members = members_of(shown, tier)
    if members.size < ARMS[kind]:
        st.info(words("experiments.too_few", n=int(members.size)))
        return
    rows = draw_table(shown, members, kind, words)
    st.markdown(words("experiments.drawn", n=len(rows), seed=str(shown.tiering.scenario.experiments.seed)))
    labels = drill_down.available_columns(shown, _labels(words))
    _counts(rows, labels, words)
    drill_down.download("test-groups", rows, labels, words)
    st.caption(words(f"experiments.hint_{'test' if kind == 'test' else 'steps'}"))


def members_of(shown: Shown, tier: str) -> np.ndarray:
    """Rows of the customers of a tier who can take part, of all tiers where it is empty or not there."""
    return np.flatnonzero(can_take_part(shown.tiering, tier))


def arm_names(kind: str, words: Words) -> list[str]:
    """What the arms are called."""
    if kind == "test":
        return [words("experiments.arm_test"), words("experiments.arm_control")]
    return [words("experiments.step", place=step) for step in range(1, ARMS[kind] + 1)]


def blocks_of(shown: Shown, members: np.ndarray) -> list[str]:
    """The block of each member: tier and region, as far as the regions are large enough."""
    customers, own = shown.tiering.base.customers, shown.tiering.scenario
    tiers = np.array([*own.tiers, ""], dtype=object)[shown.tiering.tiers[members]]
    regions = None
    if "region" in customers:
        regions = customers["region"].iloc[members].astype(object).fillna("").astype(str).tolist()
    return blocks.blocks_of(tiers.tolist(), regions, own.experiments.held_out)


def draw_table(shown: Shown, members: np.ndarray, kind: str, words: Words) -> pd.DataFrame:
    """One row per member with its block and arm, biggest revenue first."""
    customers = shown.tiering.base.customers
    ids = customers["customer_id"].iloc[members].reset_index(drop=True)
    within = blocks_of(shown, members)
    own = shown.tiering.scenario.experiments
    held_out = own.held_out if kind == "test" else None
    arms = blocks.drawn_arms(ids.tolist(), within, ARMS[kind], own.seed, held_out)
    return pd.DataFrame(
        {
            "customer_id": ids,
            "customer": drill_down.names(shown, ids),
            "tier": np.array(shown.tiering.scenario.tiers, dtype=object)[shown.tiering.tiers[members]],
            "block": within,
            "arm": np.array(arm_names(kind, words), dtype=object)[arms],
            "revenue": shown.tiering.base.revenue[members],
        }
    )


def _labels(words: Words) -> dict[str, str]:
    return {
        "customer_id": words("field.customer_id.label"),
        "customer": words("field.customer_name.label"),
        "tier": words("resources.tier"),
        "block": words("experiments.block"),
        "arm": words("experiments.arm"),
        "revenue": words("customer.revenue"),
    }


def _counts(rows: pd.DataFrame, labels: dict[str, str], words: Words) -> None:
    arms = list(dict.fromkeys(sorted(rows["arm"])))
    counts = pd.crosstab(rows["block"], rows["arm"]).reset_index()
    counts.columns = ["block", *(f"arm_{place}" for place in range(len(arms)))]
    heads = {"block": words("experiments.block"), **{f"arm_{place}": name for place, name in enumerate(arms)}}
    left, right = st.columns([1, 1], gap="large")
    with left:
        drill_down.table("draw-blocks", counts, heads, None)
    with right:
        told_by_block = ("customer_id", "tier")
        shown_rows = rows.drop(columns=list(told_by_block))
        said = {name: label for name, label in labels.items() if name not in told_by_block}
        drill_down.table("draw", shown_rows, said, _one(rows))


def _one(rows: pd.DataFrame) -> Callable[[int], drill_down.Listing]:
    return lambda row: drill_down.Listing(frame.plain(str(rows["customer"][row])), [rows["customer_id"][row]])


def _change_seed(value: float | None) -> None:
    if value is not None:
        now = state.choices().scenario.experiments
        state.change_scenario(experiments=now.model_copy(update={"seed": int(value)}))
