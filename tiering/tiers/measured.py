"""Indicators as they stand in the customer table, in their own units, by key: what rules compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.catalogue import BY_KEY, Indicator
from tiering.indicators.matrix import raw_values

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Readings:
    """The customer table (n rows) with the indicators that can be asked for by key."""

    customers: pd.DataFrame
    indicators: Mapping[str, Indicator]

    @property
    def count(self) -> int:
        """How many customers there are."""
        return len(self.customers)

    def of(self, key: str) -> Values | None:
        """Values of an indicator (n,), NaN where missing or no number; None where nobody has a value.

        Grades and sizes come as ranks, worst 0.
        """
        indicator = self.indicators.get(key)
        if indicator is None:
            return None
        values = raw_values(self.customers, indicator)
        return values if np.isfinite(values).any() else None

    def more_is_better(self, key: str) -> bool:
        """Which way is good; up where nobody knows the indicator."""
        return key not in self.indicators or self.indicators[key].more_is_better


def readings(customers: pd.DataFrame, at_hand: tuple[Indicator, ...] = ()) -> Readings:
    """All ready indicators, and those at hand as they are there."""
    return Readings(customers, {**BY_KEY, **{indicator.key: indicator for indicator in at_hand}})
