"""RFM scores: how recently, how often and for how much each customer buys, on the same scale for all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Scores = NDArray[np.int8]
Limits = tuple[float, ...]
UNKNOWN = 0
FEW_CUSTOMERS = 50


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
