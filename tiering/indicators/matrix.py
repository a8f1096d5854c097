"""The indicator matrix behind every slider: small whole numbers in float32, so that sums are exact.

Levels are multiples of 1/8192 and weights whole numbers. As long as the weights add up to at most 2047, every
product and partial sum is a whole number below 2**24 and therefore exact in float32, whatever order or instruction
the linear algebra library uses. Equal customers get equal scores to the last bit, on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import CATALOGUE, Indicator
from tiering.indicators.levels import ORDERED_COLUMNS, ordered_level
from tiering.indicators.normalise import Values, fit_anchors, scaled
from tiering.scenario import Anchors

LEVELS = 8192


@dataclass(frozen=True)
class IndicatorMatrix:
    """Indicators (k) × customers (n).

    Attributes
    ----------
    levels
        (k, n) float32 whole numbers 0..8192, more is better; 0 where missing.
    known
        (k, n) float32 of 0 and 1, or None when nothing is missing.
    unavailable
        Indicators the data cannot give → what they need.
    """

    indicators: tuple[Indicator, ...]
    levels: NDArray[np.float32]
    known: NDArray[np.float32] | None
    anchors: Mapping[str, Anchors]
    unavailable: Mapping[str, str]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the available indicators, in catalogue order."""
        return tuple(indicator.key for indicator in self.indicators)


def indicator_matrix(customers: pd.DataFrame, frozen: Mapping[str, Anchors]) -> IndicatorMatrix:
    """Customer table (n rows) → matrix; an indicator in ``frozen`` keeps that scale, others are fitted here."""
    raw = {indicator.key: raw_values(customers, indicator) for indicator in CATALOGUE}
    available = tuple(i for i in CATALOGUE if np.isfinite(raw[i.key]).any())
    anchors = {i.key: frozen.get(i.key) or fit_anchors(raw[i.key], i.scale) for i in available}
    rows = [_levels(raw[i.key], i, anchors[i.key]) for i in available]
    levels = np.vstack(rows) if rows else np.zeros((0, len(customers)))
    missing = np.isnan(levels)
    known = (~missing).astype(np.float32) if missing.any() else None
    levels = np.nan_to_num(levels).astype(np.float32)
    levels.flags.writeable = False
    absent = {i.key: i.needs for i in CATALOGUE if i not in available}
    return IndicatorMatrix(available, levels, known, anchors, absent)


def raw_values(customers: pd.DataFrame, indicator: Indicator) -> Values:
    """Raw column of an indicator (n,) as float64, NaN where missing; all NaN when the table has no such column."""
    if indicator.key not in customers:
        return np.full(len(customers), np.nan)
    column = customers[indicator.key]
    if indicator.key in ORDERED_COLUMNS:
        column = ordered_level(column, indicator.key)
    return pd.to_numeric(column, errors="raise").to_numpy(dtype="float64", na_value=np.nan)


def _levels(raw: Values, indicator: Indicator, anchors: Anchors) -> Values:
    # rounding first keeps a ratio computed in another currency unit on the same side of a step
    benefit = np.round(scaled(raw, anchors), 9)
    if not indicator.more_is_better:
        benefit = 1.0 - benefit
    return np.rint(benefit * LEVELS)
