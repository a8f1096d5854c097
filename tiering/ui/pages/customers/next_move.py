"""On a customer's card: its one recommendation with the figures its rule reads, and how to fit the approach to it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from tiering.said import call_lists
from tiering.said.call_lists import CallListContext
from tiering.strategy.actions import Action
from tiering.strategy.reasons import facts_read
from tiering.strategy.segment_playbooks import modifiers
from tiering.strategy.situation import Situation
from tiering.ui.base import cached, cached_views
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.act.actions import due_label
from tiering.ui.pages.act.playbook_groups import text_of
from tiering.words import Words


def next_move(shown: Shown, row: int, words: Words) -> None:
    """Draw the move of the customer in ``row``, or that there is none, and what its size, industry … ask for."""
    st.subheader(words("moves.title"), anchor=False)
    action = move_of(shown, row)
    if action is None:
        st.markdown(words("moves.none"))
    else:
        _told(shown, action, row, words)
    fitting = _fitting(shown, row)
    if fitting:
        st.markdown(words("moves.fit"))
        st.markdown("\n".join(f"- {plain(text_of(key, words))}" for key in fitting))


def move_of(shown: Shown, row: int) -> Action | None:
    """The one recommendation that names the customer, for it alone."""
    only = np.arange(len(shown.tiering.tiers)) == row
    return next((found.among(only) for found in cached_views.actions_of(shown) if only[found.rows].any()), None)


def _told(shown: Shown, action: Action, row: int, words: Words) -> None:
    known = CallListContext(Situation(shown.tiering, cached.evidence(shown)), shown.dataset.currency)
    said, listed = call_lists.card(known, action, words), call_lists.call_list(known, action, words)
    label = words(f"strategy.move.{action.kind}.label")
    st.markdown(f"**{plain(label)}** · {plain(str(listed['reason'][0]))} · {plain(said['money'])}")
    if action.due is not None:
        st.caption(due_label(shown, action, words))
    facts = [
        f"{words(f'moves.fact.{name}')} {_shown(name, value, shown, words)}"
        for name, value in facts_read(known.situation, action.kind, row).items()
    ]
    st.caption(plain(" · ".join(facts)))
    st.caption(plain(words("moves.rule", rule=words(f"moves.rule_of.{action.kind}"))))


def _fitting(shown: Shown, row: int) -> list[str]:
    """Text of each adjustment that fits the customer."""
    customer = shown.tiering.base.customers.iloc[[row]]
    kinds = modifiers(customer, shown.tiering.scenario.window_months)
    return [f"playbook.modifier.{side}.{found[0]}" for side, found in kinds.items() if found[0]]


def _shown(name: str, value: float | str, shown: Shown, words: Words) -> str:
    if isinstance(value, str):
        return value
    return _FORMS.get(name, _number)(words, value, shown.dataset.currency)


def _number(words: Words, value: float, _: str) -> str:
    return words.number(value, 0 if value == int(value) else 1)


def _percent(words: Words, value: float, _: str) -> str:
    return words.percent(value, 1)


def _money(words: Words, value: float, currency: str) -> str:
    return words.money(value, currency)


_FORMS: dict[str, Callable[[Words, float, str], str]] = {
    **dict.fromkeys(
        ("tail", "returns_share", "fault_rate", "growth", "half_growth", "margin_rate", "usual_margin_rate",
         "wallet_share"), _percent,
    ),
    **dict.fromkeys(("prior_revenue", "annual_revenue", "usual_revenue", "wallet"), _money),
}  # fmt: skip
