"""Reading out a share or a mean: difference with its interval, and the test over blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm, t

from tiering.movement.intervals import wilson
from tiering.strategy.experiments.sample_size import LEAST_PER_ARM, Rules, arms_of

Values = NDArray[np.float64]
SEED, DRAWS = 0, 1000


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


@dataclass(frozen=True)
class MeanEffect:
    """Difference of means with its interval; ``kept`` is the share of the variance the covariate left (1: none)."""

    effect: float
    low: float
    high: float
    p: float
    error: float
    kept: float


def mean_effect(
    outcome: Values, treated: NDArray[np.bool_], blocks: NDArray[np.intp], covariate: Values | None, alpha: float = 0.05
) -> MeanEffect | None:
    """Treated less control over blocks (n,), by regression within them; None where no block tells.

    A block counts with both arms in it. The error is that of the regression: what the covariate leaves open, and the
    chance imbalance of the covariate between the arms.

    References
    ----------
    Analysis of covariance: Fisher (1932). Share left open by the covariate: Deng, Xu, Kohavi & Walker (2013), CUPED.
    """
    kept = _with_both_arms(treated, blocks)
    outcome, treated, blocks = outcome[kept], treated[kept], blocks[kept]
    freedom = outcome.size - np.unique(blocks).size - 1
    arm, within = _centred(treated.astype(np.float64), blocks), _centred(outcome, blocks)
    share = 1.0
    if covariate is not None and outcome.size:
        before = _centred(covariate[kept], blocks)
        share = _left_open(within, before, arm)
        freedom -= share < 1
        within, arm = (_without(values, before) for values in (within, arm)) if share < 1 else (within, arm)
    if freedom < 1 or float(arm @ arm) <= 0:
        return None
    effect = float(arm @ within / (arm @ arm))
    left = within - effect * arm
    error = float(np.sqrt(left @ left / freedom / (arm @ arm)))
    reach = float(t.isf(alpha / 2, freedom)) * error
    p = float(2 * t.sf(abs(effect) / error, freedom)) if error > 0 else float(effect == 0)
    return MeanEffect(effect, effect - reach, effect + reach, p, error, share)


def detectable_rise(outcome: Values, covariate: Values | None, rules: Rules) -> float:
    """Smallest rise of everybody's outcome (n,) that the test shows; NaN where an arm has fewer than two.

    By drawing the arms among these very customers many times: a rise is shown where it lifts the effect found by
    chance beyond the reach of its error. With heavy tails the t-test's own formula promises too much.
    """
    arms = arms_of(outcome.size, rules.held_out)
    freedom = outcome.size - 2 - (covariate is not None)
    if min(arms) < LEAST_PER_ARM or freedom < 1:
        return float("nan")
    one_block = np.zeros(outcome.size, dtype=np.intp)
    within = _centred(outcome, one_block)
    drawn = np.random.default_rng(SEED).permuted(np.tile(np.arange(outcome.size) < arms[0], (DRAWS, 1)), axis=1)
    arm = drawn - arms[0] / outcome.size
    if covariate is not None:
        before = _centred(covariate, one_block)
        spread = float(before @ before)
        within = _without(within, before)
        arm = arm - np.outer(arm @ before / spread, before) if spread > 0 else arm
    size = (arm**2).sum(axis=1)
    found = arm @ within / size
    error = np.sqrt(np.maximum(within @ within - found**2 * size, 0.0) / freedom / size)
    return float(np.quantile(t.isf(rules.alpha / 2, freedom) * error - found, rules.power))


def _with_both_arms(treated: NDArray[np.bool_], blocks: NDArray[np.intp]) -> NDArray[np.bool_]:
    one = np.bincount(blocks, treated)
    whole = np.bincount(blocks)
    told: NDArray[np.bool_] = ((one > 0) & (one < whole))[blocks]
    return told


def _left_open(outcome: Values, covariate: Values, arm: Values) -> float:
    """Share 1 − ρ² of the variance within arms and blocks that the covariate leaves; 1 where it tells nothing."""
    inside, before = _without(outcome, arm), _without(covariate, arm)
    spread, whole = float(before @ before), float(inside @ inside)
    if spread <= 1e-12 * float(covariate @ covariate) or whole == 0:
        return 1.0
    return 1 - float(inside @ before) ** 2 / (spread * whole)


def _without(values: Values, other: Values) -> Values:
    """Values less their regression on another column, both centred."""
    spread = float(other @ other)
    return values - float(values @ other) / spread * other if spread > 0 else values


def _centred(values: Values, groups: NDArray[np.intp]) -> Values:
    means = np.bincount(groups, values) / np.maximum(np.bincount(groups), 1)
    centred: Values = values - means[groups]
    return centred
