"""Names for combinations of RFM scores; every map is a partition, each of its groups can be reached."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiering.views.rfm import UNKNOWN, RfmFigures, RfmLimits, RfmScores

Codes = NDArray[np.int8]
Tails = NDArray[np.float64]
NO_GROUP = -1
LATE_BY_OWN_RHYTHM = 0.05
TOP = 5

FOUR = ("high_value", "potential", "general", "churn_risk")
EIGHT = (
    "important_value", "important_keep", "important_develop", "important_win_back",
    "general_value", "general_keep", "general_develop", "general_win_back",
)  # fmt: skip
TEN = (
    "champions", "loyal", "potential_loyalists", "new", "promising",
    "need_attention", "about_to_sleep", "cant_lose", "at_risk", "hibernating",
)  # fmt: skip

# Rows: recency 1..5; columns: frequency 1..5.
_TEN_GRID = (
    ("hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"),
    ("hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"),
    ("about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"),
    ("promising", "potential_loyalists", "potential_loyalists", "loyal", "loyal"),
    ("new", "potential_loyalists", "potential_loyalists", "champions", "champions"),
)


def four_groups(figures: RfmFigures, cuts: RfmLimits, tails: Tails) -> Codes:
    """Codes into `FOUR`, −1 where a figure is not known; ``cuts`` hold one limit each.

    Tested in this order: at risk of churn (late by the own rhythm, or, where that is not told, recency beyond its
    cut), high value (often and much), potential (much, not often), general. ``tails``: probability of a longer
    silence by own rhythm, NaN where not told.
    """
    near, often, much = _flags(figures, cuts)
    late = np.where(np.isfinite(tails), tails < LATE_BY_OWN_RHYTHM, ~near)
    codes = np.select([late, near & often & much, much & ~often], [3, 0, 1], 2)
    return np.where(figures.known(), codes, NO_GROUP).astype(np.int8)


def eight_groups(figures: RfmFigures, cuts: RfmLimits) -> Codes:
    """Codes into `EIGHT`, −1 where a figure is not known; a figure equal to its cut is near, often or much."""
    near, often, much = _flags(figures, cuts)
    codes = 4 * ~much + 2 * ~often + ~near
    return np.where(figures.known(), codes, NO_GROUP).astype(np.int8)


def ten_groups(scores: RfmScores, bins: int = TOP) -> Codes:
    """Codes into `TEN` by recency and frequency; thirds stand for the scores 1, 3 and 5."""
    grid = np.array([[TEN.index(name) for name in row] for row in _TEN_GRID])
    recency, frequency = (_of_five(part, bins) for part in (scores.recency, scores.frequency))
    codes = grid[np.maximum(recency, 1) - 1, np.maximum(frequency, 1) - 1]
    return np.where(scores.recency == UNKNOWN, NO_GROUP, codes).astype(np.int8)


def _flags(figures: RfmFigures, cuts: RfmLimits) -> tuple[NDArray[np.bool_], ...]:
    return (
        figures.recency <= cuts.recency[0],
        figures.frequency >= cuts.frequency[0],
        figures.monetary >= cuts.monetary[0],
    )


def _of_five(scores: Codes, bins: int) -> NDArray[np.int64]:
    """Scores 1..bins stretched to 1..5, 0 left as it is."""
    stretched = 1 + np.rint((scores.astype(np.float64) - 1) * (TOP - 1) / (bins - 1))
    return np.where(scores == UNKNOWN, UNKNOWN, stretched).astype(np.int64)
