"""Weights the data proposes, and what is worth knowing about a set of weights."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tiering.indicators.weights.entropy import entropy_shares
from tiering.indicators.weights.fitted import HORIZON_MONTHS, Fitted, NotFitted, fitted_weights
from tiering.indicators.weights.overlap import overlap
from tiering.tiers.score import effective_weights, weight_vector
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.tiers.weights.proposal import Proposal, counted_keys
from tiering.words import Words

MOST_PAIRS = 3


def by_levels(shown: Shown, method: str, words: Words) -> Proposal | None:
    """Equal or entropy weights of the indicators that are to count."""
    keys = st.pills(
        words("weights.which"),
        shown.tiering.base.matrix.keys,
        selection_mode="multi",
        default=counted_keys(shown),
        format_func=lambda key: words(f"indicator.{key}.label"),
        key="weights-which",
        persist_state="session",
    )
    if not keys:
        return None
    if method == "entropy":
        return Proposal(entropy_shares(shown.tiering.base.matrix, keys))
    return Proposal(dict.fromkeys(keys, 1 / len(keys)))


def by_next_revenue(shown: Shown, words: Words) -> Proposal | None:
    """Weights fitted to the revenue of the next half-year, or why the history does not allow it."""
    found = _fitted(shown)
    if isinstance(found, NotFitted):
        st.info(words(f"weights.not_fitted.{found.reason}", needed=found.needed, found=found.found))
        return None
    st.markdown(words("weights.fitted.checked", **_facts(found, words)))
    st.markdown(words("weights.fitted.better" if found.is_better else "weights.fitted.no_better"))
    return Proposal(found.weights)


def _facts(found: Fitted, words: Words) -> dict[str, object]:
    agreement = {name: words.number(value, 2) for name, value in found.agreement.items()}
    return {
        "learnt": found.learnt,
        "checked": found.checked,
        "months": HORIZON_MONTHS,
        "n": found.customers,
        **agreement,
    }


def _fitted(shown: Shown) -> Fitted | NotFitted:
    scenario, as_of = shown.tiering.scenario, shown.tiering.base.as_of
    weights = tuple(sorted(scenario.weights.items()))
    return _fit(shown.dataset.fingerprint, weights, scenario.window_months, as_of, _shown=shown)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _fit(
    fingerprint: str, weights: tuple[tuple[str, int], ...], window_months: int, as_of: date | None, _shown: Shown
) -> Fitted | NotFitted:
    return fitted_weights(_shown.dataset.orders, as_of, dict(weights), window_months)


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
