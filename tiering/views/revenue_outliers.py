"""Who stands elsewhere than the size of its revenue suggests, and the one reason that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.indicators.catalogue import Indicator
from tiering.indicators.matrix import LEVELS, raw_values
from tiering.scenario.exceptions import CapRule
from tiering.tiers.overrides import BY_RULE
from tiering.tiers.score import UNSCORED, weight_vector

MOST_BIGGEST: Final = 10  # of the biggest, half as many as the top tier holds and at most so many

Because = Literal["held", "hand", "cap", "points", "unscored", "provisional", "projected", "indicator", "standards"]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class RevenueOutlier:
    """One customer whose tier its revenue alone does not explain.

    Attributes
    ----------
    row, place
        Row in the customer base; rank by annual revenue, 1 the biggest.
    big
        True: one of the biggest, and not in the top tier. False: in the top tier with less than the middle customer
        of the next one.
    because
        What decides it; ``cap`` the rule; ``indicator`` the one that takes or gives most points against the other
        tier, with the customer's own ``value`` and the ``usual`` one there (raw, in its unit).
    """

    row: int
    place: int
    big: bool
    because: Because
    cap: CapRule | None = None
    indicator: Indicator | None = None
    value: float = float("nan")
    usual: float = float("nan")

    @property
    def row_array(self) -> Rows:
        """The row as an array of one."""
        return np.array([self.row])


def revenue_outliers(tiering: Tiering) -> tuple[RevenueOutlier, ...]:
    """Tiers of n customers → those whose tier needs a reason, biggest revenue first.

    Nobody where the revenue is not known: there is nothing to compare with.
    """
    return (
        *(_explained(tiering, int(row), True) for row in big_below(tiering)),
        *(_explained(tiering, int(row), False) for row in small_on_top(tiering)),
    )


def biggest(tiering: Tiering) -> int:
    """How many of the biggest are looked at: half as many as the top tier holds, at most ten."""
    return min(-(-int((tiering.tiers == 0).sum()) // 2), MOST_BIGGEST, int((tiering.base.revenue > 0).sum()))


def big_below(tiering: Tiering) -> Rows:
    """Rows of the biggest customers by annual revenue that are not in the top tier."""
    first = np.arange(biggest(tiering))
    return first[tiering.tiers[first] != 0]


def small_on_top(tiering: Tiering) -> Rows:
    """Rows in the top tier with less annual revenue than the median of the next tier."""
    revenue, tiers = tiering.base.revenue, tiering.tiers
    if not (tiers == 1).any() or not (revenue > 0).any():
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero((tiers == 0) & (revenue < np.median(revenue[tiers == 1])))


def _explained(tiering: Tiering, row: int, big: bool) -> RevenueOutlier:
    place = int((tiering.base.revenue > tiering.base.revenue[row]).sum()) + 1
    settled = tiering.adjustments
    if tiering.held is not None and tiering.held.reasons[row]:
        return RevenueOutlier(row, place, big, "held")
    if settled is not None and settled.hand.tiers[row] != BY_RULE:
        return RevenueOutlier(row, place, big, "hand")
    if settled is not None and tiering.by_score[row] != tiering.base_tiers[row]:
        cap = _cap_on(tiering, row)
        return RevenueOutlier(row, place, big, "points" if cap is None else "cap", cap)
    if not tiering.scenario.drawn_by_score:
        return RevenueOutlier(row, place, big, "standards")
    if tiering.scores.milli[row] == UNSCORED:
        return RevenueOutlier(row, place, big, "unscored")
    return _by_indicator(tiering, row, place, big)


def _cap_on(tiering: Tiering, row: int) -> CapRule | None:
    assert tiering.adjustments is not None, "only a settlement has caps"
    points = tiering.adjustments.points
    lowest = int(points.caps[row])
    if lowest != tiering.by_score[row]:
        return None
    held = (rule for rule, answer in zip(points.rules.caps, points.cap_answers, strict=True) if answer.holds[row])
    return next((rule for rule in held if rule.tier == tiering.scenario.tiers[lowest]), None)


def _by_indicator(tiering: Tiering, row: int, place: int, big: bool) -> RevenueOutlier:
    """The indicator that parts the customer most from the tier it is compared with: the top one, or the next."""
    matrix = tiering.base.matrix
    standing = matrix.standing
    if not big and standing is not None and standing.factor[row] > 1:
        return RevenueOutlier(row, place, big, "projected", value=float(standing.factor[row]))
    if standing is not None and standing.apart[row]:
        return RevenueOutlier(row, place, big, "provisional")
    there = np.flatnonzero(tiering.tiers == (0 if big else 1))
    known = matrix.patterns[matrix.pattern[row]].astype(bool)
    usual = np.median(matrix.levels[:, there], axis=1) if there.size else np.zeros(len(matrix.keys))
    apart = weight_vector(matrix, tiering.scenario.weights) * (matrix.levels[:, row] - usual) / LEVELS
    apart = np.where(known, apart if not big else -apart, -np.inf)
    at = int(np.argmax(apart))
    raw = raw_values(tiering.base.customers, matrix.indicators[at])
    value, middle = float(raw[row]), float(np.nanmedian(raw[there])) if there.size else float("nan")
    return RevenueOutlier(row, place, big, "indicator", None, matrix.indicators[at], value, middle)
