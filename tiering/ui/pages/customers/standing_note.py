"""What is particular about a newcomer's tier, in sentences on the card."""

from __future__ import annotations

import streamlit as st

from tiering.evaluate import Tiering
from tiering.indicators.shrinkage import shares_of_own
from tiering.tiers.explain import score_range
from tiering.tiers.provisional import KINDS, standing_kinds
from tiering.tiers.score import MILLI
from tiering.ui.base.frame import plain
from tiering.words import Words

NOTICEABLE = 0.05  # points


def standing_note(tiering: Tiering, row: int, words: Words) -> None:
    """Below the headline of a card: annualised, provisional or too new, and how much of a mean is own data."""
    for sentence in standing_sentences(tiering, row, words):
        st.caption(plain(sentence))


def standing_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """Sentences about one customer; none where its history is read as it is."""
    matrix = tiering.base.matrix
    kind = KINDS[standing_kinds(matrix, tiering.drawn)[row]]
    sentences = []
    if kind and matrix.standing is not None:
        factor = words.number(float(matrix.standing.factor[row]), 1)
        months = tiering.scenario.newcomers.months
        sentences.append(words(f"standing.note_{kind}", factor=factor, months=months))
    return [*sentences, *_own_sentences(tiering, row, words), *_range_sentences(tiering, row, words)]


def _own_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """How much of the means that count is the customer's own, where they are drawn towards that of all."""
    matrix, customer = tiering.base.matrix, tiering.base.customers.iloc[[row]]
    counted = [indicator for indicator in matrix.indicators if tiering.scenario.weights.get(indicator.key)]
    shares = ((i.key, shares_of_own(customer, i, matrix.anchors[i.key])) for i in counted)
    each = [
        words("standing.own_share_one", indicator=words(f"indicator.{key}.label"), share=words.percent(float(share[0])))
        for key, share in shares
        if share is not None
    ]
    return [words("standing.own_share", list=words.listed(each))] if each else []


def _range_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """Between which scores a customer stands of whom not everything is known, and whether that leaves its tier open."""
    matrix, positions = tiering.base.matrix, tiering.positions
    low, high = score_range(matrix, tiering.scenario.weights, row)
    if high - low < NOTICEABLE or not tiering.scenario.drawn_by_score:
        return []
    same = len({sum(score * MILLI < position for position in positions) for score in (low, high)}) == 1
    coverage = words.percent(1 - (high - low) / 100)
    facts = {"coverage": coverage, "low": words.number(low, 1), "high": words.number(high, 1)}
    return [words("standing.range_sure" if same else "standing.range_open", **facts)]
