"""On a customer's card: how far the next tiers are, in points, in single changes, and by rules."""

from __future__ import annotations

import streamlit as st

from tiering.evaluate import Tiering
from tiering.indicators.matrix import raw_values
from tiering.said.labels import shown_value
from tiering.said.rules import points_text, rule_name
from tiering.tiers.explain import Step, contributions, feasible_first, feasible_steps, steps_to
from tiering.tiers.overrides import entry_of
from tiering.tiers.score import MILLI
from tiering.tiers.single_changes import lifting_rules, nearest_lines
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.words import Words

MOST_STEPS = 3


def distance(shown: Shown, row: int, words: Words) -> None:
    """Up and down: points to the line that changes the final tier, and what would cross it."""
    tiering = shown.tiering
    names, milli = tiering.scenario.tiers, int(tiering.scores.milli[row])
    base = int(tiering.base_tiers[row])
    near = nearest_lines(tiering.adjustments, row, base, len(names))
    if near.up_line is not None and near.up_tier is not None:
        gap = tiering.positions[near.up_line] - milli
        st.markdown(words("customer.up", tier=frame.plain(names[near.up_tier]), points=words.number(gap / MILLI, 1)))
        _steps(shown, row, gap / MILLI, words)
    else:
        st.markdown(words("customer.top") if tiering.tiers[row] == 0 else frame.plain(_held(tiering, row, words)))
    _by_rules(shown, row, base, words)
    if near.down_line is not None and near.down_tier is not None:
        gap = milli - tiering.positions[near.down_line]
        tier = frame.plain(names[near.down_tier])
        st.markdown(words("customer.down", tier=tier, points=words.number(gap / MILLI, 1)))
        _steps(shown, row, -(gap + 1) / MILLI, words)
    elif tiering.tiers[row] == len(names) - 1:
        st.markdown(words("customer.bottom"))
    else:
        st.markdown(words("decided.no_fall"))


def _held(tiering: Tiering, row: int, words: Words) -> str:
    """Why no score lifts a customer that is not in the top tier."""
    entry = None if tiering.adjustments is None else entry_of(tiering.adjustments.hand, row)
    if entry is None:
        return words("decided.held")
    ruled = tiering.adjustments.by_rule(tiering.base_tiers)[row] if tiering.adjustments else len(tiering.scenario.tiers)
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    return words("decided.held_by_hand", until=entry.override.expires, tier=names[ruled])


def _by_rules(shown: Shown, row: int, base: int, words: Words) -> None:
    """Rules that would make the step up by points alone."""
    settled = shown.tiering.adjustments
    steps = () if settled is None else lifting_rules(settled, row, base)
    if not steps:
        return
    st.caption(words("decided.lifting"))
    for step in steps[:MOST_STEPS]:
        key = "decided.shed" if step.holds else "decided.earn"
        said = words(key, rule=rule_name(step.rule, words), points=points_text(step.rule.points, words))
        st.markdown(f"- {frame.plain(said)}")


def _steps(shown: Shown, row: int, points: float, words: Words) -> None:
    """The single changes that would carry the customer over the line, those in somebody's hands first."""
    tiering = shown.tiering
    parts = contributions(tiering.base.matrix, tiering.scenario.weights, row)
    standing = tiering.base.matrix.standing
    found = steps_to(tiering.base.matrix, parts, points, 1.0 if standing is None else float(standing.factor[row]))
    customer = tiering.base.customers.iloc[[row]]
    now = {step.indicator.key: float(raw_values(customer, step.indicator)[0]) for step in found}
    steps = [step for step in feasible_first(feasible_steps(found, now)) if step.indicator.unit != "grade"]
    if not steps:
        st.caption(words("customer.no_single"))
        return
    st.caption(words("customer.any_one"))
    lines = (_step_line(shown, row, step, words) for step in steps[:MOST_STEPS])
    st.markdown("\n".join(f"- {line}" for line in lines))


def _step_line(shown: Shown, row: int, step: Step, words: Words) -> str:
    now = float(raw_values(shown.tiering.base.customers.iloc[[row]], step.indicator)[0])
    currency = shown.dataset.currency
    return frame.plain(
        words(
            "customer.step",
            indicator=words(f"indicator.{step.indicator.key}.label"),
            now=shown_value(now, step.indicator, words, currency),
            needed=shown_value(step.value_needed, step.indicator, words, currency),
        )
    )
