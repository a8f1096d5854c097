"""Worst and best of an indicator's scale in its own unit: read, set by hand, or kept from the data at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiering.indicators.catalogue import Indicator, Scale
from tiering.indicators.matrix import IndicatorMatrix
from tiering.indicators.normalise import raw_value
from tiering.scenario import Anchors


@dataclass(frozen=True)
class Ends:
    """Raw values that stand for 0 and for 1 of an indicator: everything beyond counts as much as the end itself."""

    worst: float
    best: float


def ends_of(indicator: Indicator, anchors: Anchors) -> Ends | None:
    """Ends of a scale; None where it has none, because everybody has the same value."""
    if len(anchors.points) < 2:
        return None
    low, high = (raw_value(anchors.levels[end], anchors) for end in (0, -1))
    if low is None or high is None:
        return None
    return Ends(low, high) if indicator.more_is_better else Ends(high, low)


def set_ends(indicator: Indicator, anchors: Anchors, ends: Ends) -> Anchors | None:
    """The scale between two ends, on a log scale where it was one; None where the ends are equal or crossed.

    A scale by rank becomes one between two values: its ends can be set, its ranks cannot.
    """
    low, high = (ends.worst, ends.best) if indicator.more_is_better else (ends.best, ends.worst)
    if anchors.median:
        low, high = (float(np.log1p(max(value, 0.0) / anchors.median)) for value in (low, high))
    if not low < high:
        return None
    return anchors.model_copy(update={"points": (low, high), "levels": (0.0, 1.0)})


def kind_of(indicator: Indicator, anchors: Anchors) -> Scale:
    """What a scale is now: one by rank becomes a range once its ends are set."""
    if anchors.median:
        return "log"
    by_rank = indicator.scale == "percentile" and (len(anchors.points) > 2 or anchors.levels != (0.0, 1.0))
    return "percentile" if by_rank else "range"


def kept_scales(matrix: IndicatorMatrix) -> dict[str, Anchors]:
    """All scales of the data at hand, to stay as they are when customers come and go."""
    return dict(matrix.anchors)
