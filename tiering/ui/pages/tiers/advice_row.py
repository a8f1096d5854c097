"""Advice for each tier under the studio; a click on a recommendation lists its customers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tiering.said import call_lists
from tiering.said.call_lists import CallListContext
from tiering.said.colours import tier_colour
from tiering.strategy.actions import Action
from tiering.strategy.recommend import kinds_unavailable
from tiering.strategy.situation import Situation
from tiering.strategy.tier_advice import MOST_PER_TIER, TierAdvice, advice
from tiering.ui.base import cached, cached_views, frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.tiers.advice import AdvicePayload, advice_choice
from tiering.ui.pages.tiers.advice import advice as advice_component
from tiering.words import Words
from tiering.words.advice import advice_cards, not_judged, remainder

CARDS = "advice"


def advice_row(shown: Shown, words: Words) -> None:
    """Draw the cards, one per tier."""
    parts = advice(shown.tiering, cached.evidence(shown), ())
    cards = advice_cards(parts, words, shown.dataset.currency)
    payload: AdvicePayload = {
        "locale": words.locale.tag,
        "dark": None,
        "tiers": [_card(shown, part, card, words) for part, card in zip(parts, cards, strict=True)],
    }
    advice_component(payload, key=CARDS, on_event=_list_customers)
    _beside_the_tiers(shown, words)


def moves_of(shown: Shown, tier: int) -> tuple[Action, ...]:
    """What to do now in a tier, most money at stake first; the tier after the last holds customers without a score."""
    return tuple(move for move in cached_views.actions_of(shown) if move.tier == tier)


def _beside_the_tiers(shown: Shown, words: Words) -> None:
    """What concerns customers without a tier, and what the data cannot support."""
    for move in moves_of(shown, len(shown.tiering.scenario.tiers))[:MOST_PER_TIER]:
        st.markdown(plain(words("tiers.untiered", **call_lists.card(_told(shown), move, words))))
    for sentence in not_judged(kinds_unavailable(cached.evidence(shown)), words):
        st.caption(plain(sentence))


def _card(shown: Shown, part: TierAdvice, card: dict[str, Any], words: Words) -> Any:
    colour = tier_colour(part.name, part.tier, shown.tiering.scenario.hues)
    moves = moves_of(shown, part.tier)
    named = moves[:MOST_PER_TIER]
    return {
        **card,
        "tier": part.name,
        "colour": {"light": colour.light, "dark": colour.dark},
        "recommendations": [call_lists.card(_told(shown), move, words) for move in named],
        "more": remainder(len(named), len(moves) - len(named), words) if part.customers else "",
    }


def _told(shown: Shown) -> CallListContext:
    return CallListContext(Situation(shown.tiering, cached.evidence(shown)), shown.dataset.currency)


def _list_customers() -> None:
    """Turn to the customers of the recommendation that was clicked."""
    choice = advice_choice(CARDS)
    if choice is None:
        return
    shown, words = cached.shown(), frame.words()
    picked = moves_of(shown, shown.tiering.scenario.tiers.index(choice["tier"]))[choice["index"]]
    title = call_lists.card(_told(shown), picked, words)["title"]
    ids = shown.tiering.base.customers["customer_id"].iloc[picked.rows]
    state.choose(listed=(title, tuple(ids)), goto="customer")
    st.rerun("app")
