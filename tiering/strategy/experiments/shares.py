"""Reading out a share: difference with its interval, and the test over blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from tiering.movement.intervals import wilson

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """Yes and no in two arms, one entry per block (k,)."""

    treated_yes: Values
    treated_no: Values
    control_yes: Values
    control_no: Values

    def informative(self) -> Counts:
        """The blocks that hold both arms and both answers: no other can tell of a difference."""
        treated, control = self.treated_yes + self.treated_no, self.control_yes + self.control_no
        yes, no = self.treated_yes + self.control_yes, self.treated_no + self.control_no
        kept = (treated > 0) & (control > 0) & (yes > 0) & (no > 0)
        return Counts(self.treated_yes[kept], self.treated_no[kept], self.control_yes[kept], self.control_no[kept])

    @property
    def total(self) -> Values:
        """Customers per block."""
        whole: Values = self.treated_yes + self.treated_no + self.control_yes + self.control_no
        return whole


@dataclass(frozen=True)
class CommonEffect:
    """Cochran-Mantel-Haenszel over blocks: odds ratio with its interval, and p."""

    odds_ratio: float
    low: float
    high: float
    statistic: float
    p: float


def difference(yes: tuple[int, int], customers: tuple[int, int], alpha: float = 0.05) -> tuple[float, float, float]:
    """Share of the first arm less that of the second, with Newcombe's interval; (difference, low, high).

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, method 10 (Wilson limits, without continuity correction).
    """
    shares = [y / n for y, n in zip(yes, customers, strict=True)]
    lows, highs = wilson(np.array(yes, dtype=np.float64), np.array(customers, dtype=np.float64), alpha)
    (low_1, low_2), (high_1, high_2) = lows, highs
    gap = shares[0] - shares[1]
    below = np.hypot(shares[0] - low_1, high_2 - shares[1])
    above = np.hypot(high_1 - shares[0], shares[1] - low_2)
    return gap, float(gap - below), float(gap + above)


def common_effect(counts: Counts, alpha: float = 0.05) -> CommonEffect | None:
    """Effect over all blocks together, without continuity correction; None where no block can tell.

    References
    ----------
    Mantel & Haenszel (1959); interval by Robins, Breslow & Greenland (1986).
    """
    told = counts.informative()
    if not told.total.size:
        return None
    ratio, low, high = _odds_ratio(told, alpha)
    statistic = _mantel_haenszel(told)
    return CommonEffect(ratio, low, high, statistic, float(chi2.sf(statistic, 1)))


def holm(p_values: Values) -> Values:
    """p values (k,) corrected for having looked at k of them (Holm 1979); NaN stays and does not count."""
    known = np.flatnonzero(np.isfinite(p_values))
    order = known[np.argsort(p_values[known], kind="stable")]
    steps = np.maximum.accumulate(p_values[order] * (len(order) - np.arange(len(order))))
    corrected: Values = p_values.astype(np.float64).copy()
    corrected[order] = np.minimum(steps, 1.0)
    return corrected


def _mantel_haenszel(told: Counts) -> float:
    total, treated = told.total, told.treated_yes + told.treated_no
    yes = told.treated_yes + told.control_yes
    expected = treated * yes / total
    variance = treated * (total - treated) * yes * (total - yes) / (total**2 * np.maximum(total - 1, 1))
    return float((told.treated_yes - expected).sum() ** 2 / variance.sum())


def _odds_ratio(told: Counts, alpha: float) -> tuple[float, float, float]:
    total = told.total
    with_it, against = told.treated_yes * told.control_no / total, told.treated_no * told.control_yes / total
    up, down = float(with_it.sum()), float(against.sum())
    if up == 0 or down == 0:
        return (np.inf if up else 0.0), 0.0, np.inf
    p, q = (told.treated_yes + told.control_no) / total, (told.treated_no + told.control_yes) / total
    variance = (
        (p * with_it).sum() / (2 * up**2)
        + (p * against + q * with_it).sum() / (2 * up * down)
        + (q * against).sum() / (2 * down**2)
    )
    reach = norm.isf(alpha / 2) * np.sqrt(variance)
    return up / down, float(up / down * np.exp(-reach)), float(up / down * np.exp(reach))
