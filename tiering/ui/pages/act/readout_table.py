"""What came out of a test: one sentence, the effect of each tier with its interval, and all tiers together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from tiering.strategy.experiments.finished import Outcomes, Readout
from tiering.ui.base import drill_down, frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.effects import effects_chart
from tiering.words import Words

SMALL_P = 0.001


def section(shown: Shown, answered: tuple[Outcomes, Readout], words: Words) -> None:
    """Draw the answer."""
    outcomes, found = answered
    st.markdown(_together(outcomes, found, shown, words))
    names = [*(frame.plain(name) for name in shown.tiering.scenario.tiers), words("formula.no_tier")]
    form = _share if outcomes.kind == "share" else _money(shown)
    rows = found.tiers.assign(
        label=[names[tier] for tier in found.tiers["tier"]],
        note=[form(effect, words, True) for effect in found.tiers["effect"]],
        said=[form(effect, words, False) for effect in found.tiers["effect"]],
        said_treated=[form(value, words, False) for value in found.tiers["of_treated"]],
        said_control=[form(value, words, False) for value in found.tiers["of_control"]],
        interval=[
            f"{form(low, words, False)} … {form(high, words, False)}" if np.isfinite(low) else "–"
            for low, high in zip(found.tiers["low"], found.tiers["high"], strict=True)
        ],
        p_holm=[_p(value, words) for value in found.tiers["holm"]],
    )
    left, right = st.columns([5, 7], gap="large")
    told = rows[rows["effect"].notna()]
    with left:
        if len(told):
            draw(effects_chart(told, words, frame.is_dark()), words)
    with right:
        _table(rows, words)
    st.caption(words(f"experiments.method_{outcomes.kind}"))


def _together(outcomes: Outcomes, found: Readout, shown: Shown, words: Words) -> str:
    if outcomes.kind == "share":
        return _shares_together(outcomes, found, shown, words)
    effect = found.means
    if effect is None:
        return words("experiments.no_answer")
    form = _money(shown)
    sure = "sure" if effect.low > 0 or effect.high < 0 else "unsure"
    said = words(
        f"experiments.means_{sure}",
        effect=frame.plain(form(effect.effect, words, True)),
        low=frame.plain(form(effect.low, words, True)),
        high=frame.plain(form(effect.high, words, True)),
        p=_p_said(effect.p, words),
    )
    if effect.kept >= 1:
        return said
    return f"{said} {words('experiments.sharper', share=words.percent(1 - effect.kept))}"


def _shares_together(outcomes: Outcomes, found: Readout, shown: Shown, words: Words) -> str:
    effect = found.shares
    if effect is None:
        return words("experiments.no_answer")
    sure = "sure" if effect.p < shown.tiering.scenario.experiments.alpha else "unsure"
    one, other = outcomes.outcome[outcomes.treated].mean(), outcomes.outcome[~outcomes.treated].mean()
    return words(
        f"experiments.shares_{sure}",
        treated=words.percent(float(one), 1),
        control=words.percent(float(other), 1),
        ratio=words.number(effect.odds_ratio, 2),
        low=words.number(effect.low, 2),
        high=words.number(effect.high, 2),
        p=_p_said(effect.p, words),
    )


def _table(rows: pd.DataFrame, words: Words) -> None:
    labels = {
        "label": words("resources.tier"),
        "treated": words("experiments.arm_test"),
        "control": words("experiments.arm_control"),
        "said_treated": words("experiments.of_test"),
        "said_control": words("experiments.of_control"),
        "said": words("experiments.effect"),
        "interval": words("experiments.interval"),
        "p_holm": words("experiments.p_holm"),
    }
    drill_down.table("readout", rows, labels, None)
    drill_down.download("test-readout", rows, labels, words)


def _share(value: float, words: Words, is_effect: bool) -> str:
    if not np.isfinite(value):
        return "–"
    return ("+" if is_effect and value > 0 else "") + words.percent(value, 1)


def _money(shown: Shown) -> Callable[[float, Words, bool], str]:
    def form(value: float, words: Words, is_effect: bool) -> str:
        return ("+" if is_effect and value > 0 else "") + words.money(value, shown.dataset.currency)

    return form


def _p_said(value: float, words: Words) -> str:
    return _p(value, words) if value < SMALL_P else f"= {_p(value, words)}"


def _p(value: float, words: Words) -> str:
    return "–" if not np.isfinite(value) else "< 0.001" if value < SMALL_P else words.number(value, 3)
