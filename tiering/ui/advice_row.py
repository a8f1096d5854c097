"""Advice for each tier under the studio; a click on a recommendation lists its customers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tiering.report.colours import tier_colour
from tiering.strategy.evidence import Evidence
from tiering.strategy.recommend import kinds_unavailable, recommendations
from tiering.strategy.tier_advice import Found, TierAdvice, advice, untiered_advice
from tiering.ui import cached, frame, state
from tiering.ui.advice import AdvicePayload, advice_choice
from tiering.ui.advice import advice as advice_component
from tiering.ui.cached import Shown
from tiering.ui.frame import plain
from tiering.ui.studio_payload import LOCALES
from tiering.words import Words
from tiering.words.advice import advice_cards, not_judged, recommendation_card

CARDS = "advice"


def advice_row(shown: Shown, words: Words) -> None:
    """Draw the cards, one per tier."""
    evidence = cached.evidence(shown)
    found = recommendations(shown.tiering, evidence)
    parts = advice(shown.tiering, evidence, found)
    cards = advice_cards(parts, words, shown.dataset.currency)
    payload: AdvicePayload = {
        "locale": LOCALES[words.language],
        "dark": None,
        "tiers": [_card(part, card, shown.tiering.scenario.hues) for part, card in zip(parts, cards, strict=True)],
    }
    advice_component(payload, key=CARDS, on_event=_list_customers)
    _beside_the_tiers(shown, evidence, found, words)


def _beside_the_tiers(shown: Shown, evidence: Evidence, found: Found, words: Words) -> None:
    """What concerns customers without a tier, and what the data cannot support."""
    for part in untiered_advice(shown.tiering, evidence, found):
        card = recommendation_card(part, words, shown.dataset.currency)
        st.markdown(plain(words("tiers.untiered", **{key: card[key] for key in ("title", "detail", "money")})))
    for sentence in not_judged(kinds_unavailable(evidence), words):
        st.caption(plain(sentence))


def _card(part: TierAdvice, card: dict[str, Any], hues: tuple[str, ...]) -> Any:
    colour = tier_colour(part.name, part.tier, hues)
    return {**card, "tier": part.name, "colour": {"light": colour.light, "dark": colour.dark}}


def _list_customers() -> None:
    """Turn to the customers of the recommendation that was clicked."""
    choice = advice_choice(CARDS)
    if choice is None:
        return
    shown, words = cached.shown(), frame.words()
    part = next(part for part in advice(shown.tiering, cached.evidence(shown)) if part.name == choice["tier"])
    picked = part.recommendations[choice["index"]]
    title = recommendation_card(picked, words, shown.dataset.currency)["title"]
    ids = shown.tiering.base.customers["customer_id"].iloc[list(picked.rows)]
    state.choose(listed=(title, tuple(ids)), goto="customer")
    st.rerun("app")
