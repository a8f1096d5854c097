"""Indicators as they stand in the customer table, in their own units, by key: what rules compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import BY_KEY, Indicator
from tiering.indicators.matrix import raw_values
from tiering.indicators.newcomers import FLOWS, HistoryStatus

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Readings:
    """The customer table (n rows) with the indicators that can be asked for by key, and how histories are read."""

    customers: pd.DataFrame
    indicators: Mapping[str, Indicator]
    standing: HistoryStatus | None = None
    row: int | None = None

    @property
    def count(self) -> int:
        """How many customers are asked for."""
        return len(self.customers) if self.row is None else 1

    def only(self, row: int) -> Readings:
        """The same of one customer; what nobody has is still what nobody has."""
        return replace(self, row=row)

    @property
    def too_new(self) -> Mask:
        """Whose orders are too few months old to be read as a year (n,)."""
        provisional = np.zeros(len(self.customers), dtype=bool) if self.standing is None else self.standing.provisional
        return provisional if self.row is None else provisional[[self.row]]

    def of(self, key: str, so_far: bool = False) -> Values | None:
        """Values of an indicator (n,), NaN where missing or no number; None where nobody has a value.

        Grades and sizes come as ranks, worst 0. Newcomers are read as they are for scores; with ``so_far`` those who
        are too new stand with what they have bought up to now, which can only grow.
        """
        indicator = self.indicators.get(key)
        if indicator is None:
            return None
        raw = raw_values(self.customers, indicator)
        if not np.isfinite(raw).any():
            return None
        values = raw if self.standing is None else self._read(raw, indicator, so_far, self.standing)
        return values if self.row is None else values[[self.row]]

    def _read(self, raw: Values, indicator: Indicator, so_far: bool, standing: HistoryStatus) -> Values:
        values = standing.read(raw, indicator)
        return np.where(standing.provisional, raw, values) if so_far and indicator.key in FLOWS else values

    def more_is_better(self, key: str) -> bool:
        """Which way is good; up where nobody knows the indicator."""
        return key not in self.indicators or self.indicators[key].more_is_better


def readings(
    customers: pd.DataFrame, at_hand: tuple[Indicator, ...] = (), standing: HistoryStatus | None = None
) -> Readings:
    """All ready indicators, and those at hand as they are there."""
    return Readings(customers, {**BY_KEY, **{indicator.key: indicator for indicator in at_hand}}, standing)
