"""What is worth knowing about a set of weights, in a few sentences."""

from __future__ import annotations

import streamlit as st

from tiering.indicators.weights.overlap import overlap
from tiering.tiers.influence import effective_weights
from tiering.tiers.score import weight_vector
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.words import Words

MOST_PAIRS = 3


def weight_notes(shown: Shown, weights: dict[str, int], words: Words) -> list[str]:
    """Indicators that say the same, nothing or next to nothing, and how many they amount to."""
    base = shown.tiering.base
    vector = weight_vector(base.matrix, weights)
    found = overlap(vector, base.covariance, effective_weights(vector, base.covariance))
    labels = [words(f"indicator.{key}.label") for key in base.matrix.keys]
    notes = [
        words(
            f"weights.note.{'alike' if r > 0 else 'opposed'}", first=labels[i], second=labels[j], r=words.number(r, 2)
        )
        for i, j, r in found.alike[:MOST_PAIRS]
    ]
    if len(found.alike) > MOST_PAIRS:
        notes.append(words("weights.note.more_alike", n=len(found.alike) - MOST_PAIRS))
    for kind, rows in (("constant", found.constant), ("idle", found.idle)):
        if rows:
            notes.append(words(f"weights.note.{kind}", names=words.listed([labels[row] for row in rows])))
    if found.counted > 1 and found.effective_number >= 1:  # below it nobody differs, and that is said already
        notes.append(
            words("weights.note.effective", n=found.counted, effective=words.number(found.effective_number, 1))
        )
    return notes


def show_notes(shown: Shown, weights: dict[str, int], words: Words) -> None:
    """The notes as a list."""
    notes = weight_notes(shown, weights, words)
    if notes:
        st.caption("\n".join(f"- {plain(note)}" for note in notes))
