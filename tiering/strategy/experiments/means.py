"""Reading out a mean: the difference between two arms, sharpened by what was known of the customers before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from tiering.strategy.experiments.sample_size import LEAST_PER_ARM, Rules, arms_of

Values = NDArray[np.float64]
SEED, DRAWS = 0, 1000


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
