"""Advice for each tier under the studio; a click on a recommendation lists its customers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tiering.strategy.tier_advice import TierAdvice, advice
from tiering.ui import cached, frame, state
from tiering.ui.advice import AdvicePayload, advice_choice
from tiering.ui.advice import advice as advice_component
from tiering.ui.advice_cards import advice_cards
from tiering.ui.cached import Shown
from tiering.ui.studio_payload import LOCALES
from tiering.ui.theme import tier_colour
from tiering.words import Words

CARDS = "advice"


def advice_row(shown: Shown, words: Words) -> None:
    """Draw the cards, one per tier."""
    found = advice(shown.tiering)
    cards = advice_cards(found, words, shown.dataset.currency)
    payload: AdvicePayload = {
        "locale": LOCALES[words.language],
        "dark": None,
        "tiers": [_card(part, card) for part, card in zip(found, cards, strict=True)],
    }
    advice_component(payload, key=CARDS, on_event=_list_customers)


def _card(part: TierAdvice, card: dict[str, Any]) -> Any:
    colour = tier_colour(part.name, part.tier)
    return {**card, "tier": part.name, "colour": {"light": colour.light, "dark": colour.dark}}


def _list_customers() -> None:
    """Turn to the customers of the recommendation that was clicked."""
    choice = advice_choice(CARDS)
    if choice is None:
        return
    shown, words = cached.shown(), frame.words()
    part = next(part for part in advice(shown.tiering) if part.name == choice["tier"])
    picked = part.recommendations[choice["index"]]
    title = advice_cards((part,), words, shown.dataset.currency)[0]["recommendations"][choice["index"]]["title"]
    ids = shown.tiering.base.customers["customer_id"].iloc[list(picked.rows)]
    state.choose(listed=(title, tuple(ids)), goto="customer")
    st.rerun("app")
