"""Proposed weights: choose a method, see the shares beside the present ones, take them over."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base.cached import Shown
from tiering.ui.base.remembered import Remembered
from tiering.ui.pages.tiers.weights import from_data, stated
from tiering.ui.pages.tiers.weights.from_data import show_notes
from tiering.ui.pages.tiers.weights.proposal import Proposal, compare_and_apply, proposed_weights
from tiering.words import Words

METHODS = ("rank", "pairs", "equal", "entropy", "fitted")
_CONTROLS = Remembered("weights", lambda _, part: f"weights.method.{part}")


def part(shown: Shown, words: Words) -> None:
    """The methods side by side, what is asked, and the answer beside it."""
    method = _CONTROLS.picked("method", METHODS, words, bare=True)
    asked, answer = (st.container(), st.container()) if method == "pairs" else st.columns((2, 3), gap="medium")
    with asked, st.container():  # within a column alone the pills would stay on one line
        st.caption(words(f"weights.about.{method}"))
        proposal = _proposal(shown, method, words)
    with answer:
        _answer(shown, proposal, words)


def _proposal(shown: Shown, method: str, words: Words) -> Proposal | None:
    if method == "rank":
        return stated.by_rank(shown, words)
    if method == "pairs":
        return stated.by_pairs(shown, words)
    if method == "fitted":
        return from_data.by_next_revenue(shown, words)
    return from_data.by_levels(shown, method, words)


def _answer(shown: Shown, proposal: Proposal | None, words: Words) -> None:
    """The comparison, and what is worth knowing of the proposed weights or else of the present ones."""
    scenario = shown.tiering.scenario
    weights = scenario.weights
    if proposal is not None:
        weights = proposed_weights(scenario, shown.tiering.base.matrix.keys, proposal)
        compare_and_apply(shown, proposal, words)
    show_notes(shown, weights, words)
