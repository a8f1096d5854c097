"""Bonus and deduction rules, caps, and what each of them moves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.said.rules import condition_text, points_text, rule_name
from tiering.scenario.exceptions import PointRule, Ready, TierRules
from tiering.tiers.points import NEEDS, PATTERNS, Effect, effects, moves_of, ready_caps, ready_points
from tiering.ui.base import frame, regions, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.rules.editor import rule_editor
from tiering.words import Words


def points(shown: Shown, words: Words) -> None:
    """Ready rules, the table of rules, the step, and what each rule moves."""
    st.caption(words("rules.about.points"))
    _ready(shown, words)
    rule_editor(shown, "points", words)
    rules = shown.tiering.scenario.rules
    if rules.points:
        _step_at(rules, words)
        _effects(shown, words, points=True)


def caps(shown: Shown, words: Words) -> None:
    """The table of caps and whom each holds down."""
    st.caption(words("rules.about.caps"))
    found = ready_caps(shown.tiering.base.customers, shown.tiering.scenario.tiers)
    label = words("rules.add", name=words("rules.ready.overdue"))
    hint = condition_text(found[0], words) if found else _needs("overdue", words)
    there = {rule.ready for rule in shown.tiering.scenario.rules.caps}
    st.button(label, help=hint, disabled=not found or "overdue" in there, on_click=_add_caps, args=(found,))
    rule_editor(shown, "caps", words)
    if shown.tiering.scenario.rules.caps:
        _effects(shown, words, points=False)


def _ready(shown: Shown, words: Words) -> None:
    there = {rule.ready for rule in shown.tiering.scenario.rules.points}
    with st.container(horizontal=True, gap="small"):
        for key in PATTERNS:
            found = ready_points(shown.tiering.base.customers, key)
            said = [f"{condition_text(rule, words)}: {points_text(rule.points, words)}" for rule in found]
            name = words(f"rules.ready.{key}")
            if found and key not in there:
                tiering = shown.tiering
                known = (tiering.base.customers, tiering.scenario.rules, found)
                up, down = moves_of(*known, tiering.base_tiers, tiering.scenario.tiers)
                name = words("rules.ready_moves", name=name, up=up, down=down)
            st.button(
                words("rules.add", name=name),
                key=f"rules-add-{key}",
                help=frame.plain(words.listed(said)) if found else _needs(key, words),
                disabled=not found or key in there,
                on_click=_add_points,
                args=(found,),
            )


def _needs(key: Ready, words: Words) -> str:
    return words("rules.needs", list=words.listed([words(f"indicator.{name}.label") for name in NEEDS[key]]))


def _add_points(found: tuple[PointRule, ...]) -> None:
    rules = state.choices().scenario.rules
    _change(rules.model_copy(update={"points": (*rules.points, *found)}))


def _add_caps(found: Any) -> None:
    rules = state.choices().scenario.rules
    _change(rules.model_copy(update={"caps": (*rules.caps, *found)}))


def _change(rules: TierRules) -> None:
    state.change_scenario(rules=rules)
    regions.follow_release()


def _step_at(rules: TierRules, words: Words) -> None:
    state.set_widget("rules-step", rules.step_at)

    def take() -> None:
        now = state.choices().scenario.rules
        _change(now.model_copy(update={"step_at": int(state.widget_value("rules-step") or now.step_at)}))

    st.number_input(
        words("rules.step_at"),
        min_value=1,
        max_value=1000,
        key="rules-step",
        on_change=take,
        help=words("rules.step_help"),
        width=220,
    )


def _effects(shown: Shown, words: Words, *, points: bool) -> None:
    tiering = shown.tiering
    if tiering.adjustments is None:
        return
    found = effects(tiering.adjustments.points, tiering.base_tiers, tiering.scenario.tiers, tiering.base.revenue)
    chosen = [effect for effect in found if isinstance(effect.rule, PointRule) == points]
    st.markdown(f"**{words('rules.effects')}**")
    st.dataframe(
        frame.safe_table(effects_frame(chosen, words)),
        hide_index=True,
        height="content",
        column_config=_effect_columns(shown, words),
    )
    for effect in chosen:
        if effect.fault is not None:
            facts = {"rule": rule_name(effect.rule, words), "value": str(effect.rule.value)}
            st.warning(frame.plain(words(f"rules.fault.{effect.fault}", **facts)))


def effects_frame(found: list[Effect], words: Words) -> pd.DataFrame:
    """One row per rule: whom it holds of, of whom its column is not known, whom it moves, and their revenue."""
    return pd.DataFrame(
        {
            "rule": [rule_name(effect.rule, words) for effect in found],
            "customers": [effect.customers for effect in found],
            "up": [effect.up for effect in found],
            "down": [effect.down for effect in found],
            "revenue": [round(effect.revenue, 2) for effect in found],
            "unknown": [effect.unknown for effect in found],
        }
    )


def _effect_columns(shown: Shown, words: Words) -> dict[str, Any]:
    number = st.column_config.NumberColumn
    currency = shown.dataset.currency
    money = words("rules.effect.revenue_in", currency=currency) if currency else words("rules.effect.revenue")
    return {
        "rule": st.column_config.TextColumn(words("rules.effect.rule"), width="large"),
        "customers": number(words("rules.effect.customers"), help=words("rules.effect.customers_help")),
        "up": number(words("rules.effect.up"), help=words("rules.effect.moves_help")),
        "down": number(words("rules.effect.down"), help=words("rules.effect.moves_help")),
        "revenue": number(money, format="localized", step=1),
        "unknown": number(words("rules.effect.unknown"), help=words("rules.effect.unknown_help")),
    }
