"""Experiments: how much each tier can show, the draw, and the read-out of a finished test."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from tiering.strategy.experiments.sizes import Outcome, TierSize, outcomes_known, tier_sizes
from tiering.ui.base import cached, drill_down, frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.pages.act import draw, finished
from tiering.words import Words


def sizes_section(shown: Shown, words: Words) -> None:
    """Draw the smallest detectable effect of each tier beside the effect that would be worth having."""
    evidence = cached.evidence(shown)
    known = outcomes_known(evidence)
    if not known:
        st.info(words("experiments.nothing"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        outcome: Outcome = known[0]
        if len(known) > 1:
            outcome = "revenue" if choices.picked("outcome", list(known), words) == "revenue" else "repurchase"
        _rules(shown, words)
    found = tier_sizes(shown.tiering, evidence, outcome)
    st.markdown(_sentence(found, shown.tiering.scenario.experiments.effect, outcome, words))
    _table(shown, found, outcome, words)
    st.caption(words(f"experiments.hint_{outcome}", power=words.percent(shown.tiering.scenario.experiments.power)))


def _rules(shown: Shown, words: Words) -> None:
    own = shown.tiering.scenario.experiments
    choices.typed(
        "effect", words, round(own.effect * 100, 1), _changes("effect"), min_value=0.5, max_value=100.0, step=1.0
    )
    with st.popover(words("experiments.rules")):
        choices.typed("alpha", words, round(own.alpha * 100, 2), _changes("alpha"), min_value=0.1, max_value=49.0)
        choices.typed(
            "held_out",
            words,
            round(own.held_out * 100, 1),
            _changes("held_out"),
            min_value=10.0,
            max_value=90.0,
            step=5.0,
        )
        choices.typed("power", words, round(own.power * 100, 1), _changes("power"), min_value=51.0, max_value=99.0)


def _changes(name: str) -> Callable[[float | None], None]:
    def change(value: float | None) -> None:
        if value is not None:
            now = state.choices().scenario.experiments
            state.change_scenario(experiments=now.model_copy(update={name: value / 100}))

    return change


def _sentence(found: tuple[TierSize, ...], effect: float, outcome: Outcome, words: Words) -> str:
    able = [size.name for size in found[:-1] if size.can_show(effect)]
    asked = words(f"experiments.effect_{outcome}", effect=words.number(effect * 100, 0 if effect * 100 % 1 == 0 else 1))
    if able:
        return words("experiments.able", tiers=frame.plain(words.listed(able)), effect=asked)
    if found[-1].is_saturated and outcome == "repurchase":
        return words("experiments.no_room", effect=asked)
    key = "together" if found[-1].can_show(effect) else "unable"
    return words(f"experiments.{key}", effect=asked)


def _table(shown: Shown, found: tuple[TierSize, ...], outcome: Outcome, words: Words) -> None:
    effect = shown.tiering.scenario.experiments.effect
    as_money = outcome == "revenue"
    rows = pd.DataFrame(
        {
            "name": [size.name or words("experiments.all_tiers") for size in found],
            "customers": [size.customers for size in found],
            "arms": [" / ".join(words.number(arm) for arm in size.arms) for size in found],
            "baseline": [_baseline(size, as_money, shown, words) for size in found],
            "detectable": [_effect(size.detectable, words) for size in found],
            "sharpened": [_effect(size.sharpened, words) for size in found],
            "needed": [_needed(size, words) for size in found],
            "verdict": [words(f"experiments.{_verdict(size, effect, as_money)}") for size in found],
        }
    )
    has_sharper = any(np.isfinite(size.sharpened) for size in found)
    labels = {
        "name": words("resources.tier"),
        "customers": words("experiments.customers"),
        "arms": words("experiments.arms"),
        "baseline": words(f"experiments.baseline_{outcome}"),
        "detectable": words(f"experiments.detectable_{outcome}"),
        **({"sharpened": words("experiments.sharpened")} if has_sharper else {}),
        "needed": words("experiments.needed"),
        "verdict": words("experiments.verdict"),
    }
    drill_down.table("experiment-sizes", rows, labels, None)
    drill_down.download("test-sizes", rows, labels, words)


def _baseline(size: TierSize, as_money: bool, shown: Shown, words: Words) -> str:
    if as_money:
        return words.money(size.baseline, shown.dataset.currency)
    return words.percent(size.baseline, 1)


def _effect(effect: float, words: Words) -> str:
    return "–" if np.isnan(effect) else words.percent(effect, 1)


def _verdict(size: TierSize, effect: float, as_money: bool) -> str:
    if size.is_saturated and not as_money:
        return "saturated"
    return "can" if size.can_show(effect) else "cannot"


def _needed(size: TierSize, words: Words) -> str:
    return "–" if np.isnan(size.needed) else words.number(np.ceil(size.needed))


PARTS = {"sizes": sizes_section, "draw": draw.section, "finished": finished.section}


def section(shown: Shown, words: Words) -> None:
    """Draw the part that was picked."""
    PARTS[choices.picked("experiment_part", list(PARTS), words, bare=True)](shown, words)
