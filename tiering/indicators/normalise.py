"""Raw values to 0..1 on a scale whose anchors can be kept, so that one customer never moves because others did."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.catalogue import Scale
from tiering.scenario import Anchors

SAME = 1e-12  # apart by less: equal figures that took different roundings (0.3 / 3 and 0.5 / 5)
CAPS: dict[Scale, tuple[float, float]] = {"range": (0.05, 0.95), "log": (0.01, 0.99)}
MOST_KNOTS = 501

Values = NDArray[np.float64]


def fit_anchors(values: Values, scale: Scale) -> Anchors:
    """Scale of one indicator from its raw values (n,), NaN for missing.

    ``range``: 5th to 95th percentile, linear between, capped outside (the whole range where those two are equal).
    ``log``: log1p(value / median of the positive values), 1st to 99th percentile; negatives count as 0; the median
    makes it free of the currency's unit. ``percentile``: (rank − 1) / (n − 1), equal values their middle rank.
    A constant column stands at 0.5.
    """
    known = values[np.isfinite(values)]
    if scale == "percentile":
        return _percentile_anchors(known)
    median = _positive_median(known) if scale == "log" else 0.0
    lifted = _lift(known, median)
    low, high = np.quantile(lifted, CAPS[scale]) if known.size else (0.0, 0.0)
    if known.size and np.isclose(low, high, SAME, SAME):
        low, high = float(lifted.min()), float(lifted.max())
    if np.isclose(low, high, SAME, SAME):
        return Anchors(points=(float(low),), levels=(0.5,), median=median)
    return Anchors(points=(float(low), float(high)), levels=(0.0, 1.0), median=median)


def scaled(values: Values, anchors: Anchors) -> Values:
    """Raw values (n,) → 0..1 (n,) on frozen anchors, before direction; NaN stays NaN."""
    lifted = _lift(values, anchors.median)
    levels = np.interp(lifted, anchors.points, anchors.levels)
    return np.where(np.isfinite(values), levels, np.nan)


def raw_value(level: float, anchors: Anchors) -> float | None:
    """Raw value that stands at ``level`` (0..1) on the anchors; None where no value does.

    On a constant scale none does, nor beyond the rank that the equal best or worst of all share.
    """
    if len(anchors.points) < 2 or not anchors.levels[0] <= level <= anchors.levels[-1]:
        return None
    lifted = float(np.interp(level, anchors.levels, anchors.points))
    return float(np.expm1(lifted) * anchors.median) if anchors.median else lifted


def _lift(values: Values, median: float) -> Values:
    return np.log1p(np.maximum(values, 0.0) / median) if median else values


def _positive_median(known: Values) -> float:
    positive = known[known > 0]
    return float(np.median(positive)) if positive.size else 1.0


def _percentile_anchors(known: Values) -> Anchors:
    ascending = np.sort(known)
    first_rank = np.flatnonzero(np.diff(ascending, prepend=-np.inf) > SAME * np.abs(ascending))
    distinct = ascending[first_rank]
    if distinct.size < 2:
        return Anchors(points=tuple(distinct.tolist()) or (0.0,), levels=(0.5,))
    last_rank = np.append(first_rank[1:], known.size) - 1
    levels = (first_rank + last_rank) / 2 / (known.size - 1)
    if distinct.size > MOST_KNOTS:
        kept = np.unique(np.linspace(0, distinct.size - 1, MOST_KNOTS).astype(int))
        distinct, levels = distinct[kept], levels[kept]
    return Anchors(points=tuple(distinct.tolist()), levels=tuple(levels.tolist()))
