"""The tier in use under the review rules, beside the tier as drawn, on a customer's card."""

from __future__ import annotations

from datetime import date

import numpy as np
import streamlit as st

from tiering.movement.chain import Chain
from tiering.movement.dates import review_dates
from tiering.movement.review_rules import LEAST_REVIEWS, REASONS, held_tiers, seen_at
from tiering.scenario.review import AS_DRAWN, Review
from tiering.ui.base import cached_movement, frame
from tiering.ui.base.cached import Shown
from tiering.words import Words

REVIEWED = "customer-reviewed"


def note(shown: Shown, row: int, words: Words) -> None:
    """One sentence on a customer's card, where there are rules and reviews; of a long file only when asked for."""
    dates = _reviews(shown)
    if len(dates) < LEAST_REVIEWS or shown.tiering.scenario.review == AS_DRAWN:
        return
    if cached_movement.is_long(shown) and not st.toggle(words("movement.held.ask"), key=REVIEWED):
        return
    chain = cached_movement.chain(shown, dates, words)
    sentence = held_sentence(chain, shown.tiering.scenario.review, _customer(shown, row), words)
    if sentence:
        st.caption(frame.plain(sentence))


def held_sentence(chain: Chain, rules: Review, customer_id: str, words: Words) -> str:
    """The tier in use of one customer, and where it is not the one drawn why; nothing where there is none."""
    held = held_tiers(seen_at(chain, rules), rules, chain.count)
    (place,) = np.flatnonzero(chain.customer_ids == customer_id)
    drawn, used = chain.tiers[-1, place], held.tiers[-1, place]
    if used == chain.count:
        return ""
    if used == drawn:
        return words("movement.held.same", held=chain.names[used])
    because = words(f"movement.review.because_{REASONS[held.reasons[-1, place]]}")
    return words("movement.held.other", held=chain.names[used], drawn=chain.names[drawn], reason=because)


def _reviews(shown: Shown) -> tuple[date, ...]:
    as_of = shown.tiering.base.as_of
    if shown.dataset.orders is None or as_of is None:
        return ()
    return review_dates(shown.dataset.first_order_date, as_of)


def _customer(shown: Shown, row: int) -> str:
    return str(shown.tiering.base.customers["customer_id"].iloc[row])
