"""Shares of a count, with the interval they are known to."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from tiering.movement.migration import wilson


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole`` things.

    Examples
    --------
    >>> half = Share(5, 10)
    >>> half.value, [round(end, 3) for end in half.interval]
    (0.5, [0.237, 0.763])
    """

    part: int
    whole: int

    @classmethod
    def of(cls, flags: ArrayLike) -> Share:
        """The true ones among ``flags``."""
        given = np.asarray(flags, dtype=bool)
        return cls(int(given.sum()), given.size)

    @property
    def value(self) -> float:
        """0..1, NaN of nothing."""
        return self.part / self.whole if self.whole else nan

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval, NaN of nothing."""
        low, high = wilson(np.array([float(self.part)]), np.array([float(self.whole)]))
        return float(low[0]), float(high[0])
