"""RFM scores: how recently, how often and for how much each customer buys, and names for combinations of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Scores = NDArray[np.int8]
Limits = tuple[float, ...]
UNKNOWN = 0
FEW_CUSTOMERS = 50
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


@dataclass(frozen=True)
class RfmFigures:
    """Days since the last order, orders and money of n customers; NaN where a customer's figure is not known."""

    recency: Values
    frequency: Values
    monetary: Values

    def known(self) -> NDArray[np.bool_]:
        """Whether all three are known (n,)."""
        known: NDArray[np.bool_] = np.isfinite(self.recency) & np.isfinite(self.frequency) & np.isfinite(self.monetary)
        return known


@dataclass(frozen=True)
class RfmLimits:
    """Inner limits of the three scales, ascending; a figure equal to a limit belongs below it."""

    recency: Limits
    frequency: Limits
    monetary: Limits

    def are_ascending(self) -> bool:
        """Whether no limit lies below the one before it."""
        return all(list(limits) == sorted(limits) for limits in (self.recency, self.frequency, self.monetary))


@dataclass(frozen=True)
class RfmScores:
    """Scores 1..bins of n customers, the highest the best (recent, often, much); 0 where a figure is not known."""

    recency: Scores
    frequency: Scores
    monetary: Scores


def usual_bins(customers: int) -> int:
    """Fifths, or thirds where a fifth would be a handful."""
    return 5 if customers >= FEW_CUSTOMERS else 3


def quantile_limits(figures: RfmFigures, bins: int) -> RfmLimits:
    """Limits at the quantiles 1/bins, 2/bins … of the customers whose three figures are known."""
    known = figures.known()
    return RfmLimits(
        *(_quantiles(values[known], bins) for values in (figures.recency, figures.frequency, figures.monetary))
    )


def rfm_scores(figures: RfmFigures, limits: RfmLimits) -> RfmScores:
    """Figures → scores: 1 + the number of limits a figure exceeds, recency counted from the other end.

    Equal figures always have equal scores and the unit of money changes nothing; with many equal figures some scores
    may belong to nobody.

    References
    ----------
    Hughes (2005), Strategic Database Marketing, for the scores; ties as in the R package rfm without its "+ 1".
    """
    known = figures.known()
    recency = len(limits.recency) + 2 - _score(figures.recency, limits.recency)
    return RfmScores(
        *(
            np.where(known, scores, UNKNOWN).astype(np.int8)
            for scores in (
                recency,
                _score(figures.frequency, limits.frequency),
                _score(figures.monetary, limits.monetary),
            )
        )
    )


def _quantiles(values: Values, bins: int) -> Limits:
    if values.size == 0:
        return (0.0,) * (bins - 1)
    return tuple(float(limit) for limit in np.quantile(values, np.arange(1, bins) / bins))


def _score(values: Values, limits: Limits) -> NDArray[np.intp]:
    return 1 + np.searchsorted(np.asarray(limits, dtype=np.float64), values, side="left")


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
