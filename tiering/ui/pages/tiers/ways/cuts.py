"""Lines by score proposed from natural breaks or clusters, and lines that move with the data kept where they are."""

from __future__ import annotations

import numpy as np
import streamlit as st

from tiering.tiers.cuts import base_tiers, lines_between, natural_breaks
from tiering.tiers.score import MILLI, UNSCORED
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, kept_as_scores
from tiering.views.clusters import clusters, scaled
from tiering.words import Words

MOST_TRAITS = 6
LEAST_KNOWN = 0.6  # an indicator that fewer have would leave out too many customers


def propose_button(shown: Shown, words: Words) -> None:
    """Find clusters when asked, and draw lines by score between them."""
    st.button(
        words("ways.clusters.propose"),
        key="propose-clusters",
        on_click=lambda: _take(shown, words),
        help=words("ways.clusters.propose_why"),
    )


def cluster_lines(shown: Shown) -> tuple[tuple[int, ...], float] | None:
    """Lines in thousandths, and the share of the clustered customers whom they leave with their cluster.

    None where there are fewer customers with a score than tiers, or nothing that tells them apart.
    """
    tiering = shown.tiering
    tiers = len(tiering.scenario.tiers)
    named = {indicator.key: indicator for indicator in tiering.base.matrix.indicators}
    found = scaled(tiering.base.customers, traits(shown), named)
    milli = tiering.scores.milli[found.rows]
    scored = milli != UNSCORED
    if not found.keys or len(np.unique(found.values[scored], axis=0)) < tiers:
        return None
    groups = clusters(found.values[scored], tiers, milli[scored] / MILLI).codes
    lines = lines_between(groups, milli[scored], tiers)
    return lines, float((base_tiers(milli[scored], lines) == groups).mean())


def traits(shown: Shown) -> list[str]:
    """The weightiest indicators that most customers have."""
    matrix, weights = shown.tiering.base.matrix, shown.tiering.scenario.weights
    known = (matrix.patterns[matrix.pattern] > 0).mean(axis=0)
    most = [key for key, share in zip(matrix.keys, known, strict=True) if share >= LEAST_KNOWN]
    return sorted((key for key in most if weights.get(key, 0)), key=lambda key: -weights[key])[:MOST_TRAITS]


def _take(shown: Shown, words: Words) -> None:
    found = cluster_lines(shown)
    if found is None:
        st.toast(words("ways.clusters.none"))
        return
    lines, agree = found
    st.toast(words("ways.clusters.found", share=words.percent(agree)))
    change(**kept_as_scores(shown, lines))


def score_part(shown: Shown, words: Words) -> None:
    """Proposals for lines by score: where the scores fall apart, or between clusters."""
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("ways.breaks.propose"),
            key="propose-breaks",
            on_click=lambda: change(**kept_as_scores(shown, breaks_of(shown))),
            help=words("ways.breaks.propose_why"),
        )
        propose_button(shown, words)


def breaks_of(shown: Shown) -> tuple[int, ...]:
    """Natural breaks of the scores shown, in thousandths of a point."""
    return natural_breaks(shown.tiering.scores.milli, len(shown.tiering.scenario.tiers))


def keep_button(shown: Shown, words: Words) -> None:
    """Keep the lines where they are, so that next quarter's customers do not move them."""
    st.button(
        words("ways.keep_lines"),
        key="keep-lines",
        on_click=lambda: change(**kept_as_scores(shown, shown.tiering.positions)),
        help=words("ways.keep_lines_why"),
    )


WAYS = {"score": score_part, "share": keep_button, "revenue": keep_button}
