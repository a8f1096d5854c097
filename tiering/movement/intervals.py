"""Shares of a count, with the interval they are known to, also where the same customers are counted several times."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, t

Values = NDArray[np.float64]
CONFIDENCE = 0.95
Z95 = float(norm.ppf((1 + CONFIDENCE) / 2))


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole`` things; ``worth``: how many independent ones they tell as much as, None for all of them.

    Examples
    --------
    >>> half = Share(5, 10)
    >>> half.value, [round(end, 3) for end in half.interval]
    (0.5, [0.237, 0.763])
    """

    part: int
    whole: int
    worth: float | None = None

    @classmethod
    def of(cls, flags: ArrayLike) -> Share:
        """The true ones among ``flags``."""
        given = np.asarray(flags, dtype=bool)
        return cls(int(given.sum()), given.size)

    @classmethod
    def over_customers(cls, flags: ArrayLike, customers: ArrayLike) -> Share:
        """The true ones among ``flags`` of which several may be of one of the ``customers`` (codes from 0 on)."""
        given, who = np.asarray(flags, dtype=bool), np.asarray(customers, dtype=np.intp)
        hits, trials = (np.asarray(np.bincount(who, flag), dtype=np.float64) for flag in (given, np.ones(given.size)))
        return cls(int(given.sum()), given.size, independent(hits, trials))

    @property
    def value(self) -> float:
        """0..1, NaN of nothing."""
        return self.part / self.whole if self.whole else nan

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval, NaN of nothing."""
        trials = float(self.whole if self.worth is None else self.worth)
        low, high = wilson(np.array([self.value * trials if self.whole else 0.0]), np.array([trials]))
        return float(low[0]), float(high[0])


def wilson(hits: Values, trials: Values, alpha: float = 1 - CONFIDENCE) -> tuple[Values, Values]:
    """Interval of a share, 0..1, that misses it with probability ``alpha``; NaN without a trial.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22.
    """
    z = float(norm.isf(alpha / 2))
    n = np.where(trials > 0, trials, np.nan)
    share = hits / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def independent(hits: Values, trials: Values) -> float:
    """Hits and trials of each customer (n,) → how many independent trials tell as much of the common share.

    By the spread between customers, which is what drawing customers again would give; at most the trials there are.
    Where all or none are hits there is no spread: each customer counts once.

    References
    ----------
    Korn & Graubard (1998), Survey Methodology 24: Wilson's interval on the effective number, by Student's t.
    """
    seen = trials > 0
    number, whole = int(seen.sum()), float(trials.sum())
    if number < 2:
        return float(number)
    share = float(hits.sum()) / whole
    spread = float(((hits - share * trials) ** 2).sum()) * number / (number - 1) / whole**2
    worth = min(share * (1 - share) / spread, whole) if spread > 0 else number
    return float(worth * (Z95 / t.isf((1 - CONFIDENCE) / 2, number - 1)) ** 2)
