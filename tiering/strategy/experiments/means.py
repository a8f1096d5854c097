"""Reading out a mean: the difference between two arms, sharpened by what was known of the customers before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

Values = NDArray[np.float64]


@dataclass(frozen=True)
class MeanEffect:
    """Difference of means with its interval; ``kept`` is the share of the variance the covariate left (1: none)."""

    effect: float
    low: float
    high: float
    p: float
    error: float
    kept: float


def adjusted(outcome: Values, covariate: Values, groups: NDArray[np.intp]) -> tuple[Values, float]:
    """Outcome (n,) less what the covariate foretold within the groups, and the share of the variance that is left.

    The slope is that within arms and blocks, so that the draw itself is not used up; the share is 1 − ρ².

    References
    ----------
    Deng, Xu, Kohavi & Walker (2013), WSDM: CUPED.
    """
    inside, before = _centred(outcome, groups), _centred(covariate, groups)
    spread, moved = float(before @ before), float(inside @ before)
    whole = float(inside @ inside)
    if spread == 0 or whole == 0:
        return outcome, 1.0
    slope = moved / spread
    return outcome - slope * (covariate - covariate.mean()), 1 - moved**2 / (spread * whole)


def mean_effect(
    outcome: Values, treated: NDArray[np.bool_], blocks: NDArray[np.intp], covariate: Values | None, alpha: float = 0.05
) -> MeanEffect | None:
    """Treated less control over blocks (n,), each block by the precision of its sizes; None where no block tells.

    A block counts with both arms in it; the error is that of the pooled spread within arms and blocks.
    """
    kept = _with_both_arms(treated, blocks)
    outcome, treated, blocks = outcome[kept], treated[kept], blocks[kept]
    groups = np.unique(blocks * 2 + treated, return_inverse=True)[1]
    freedom = outcome.size - int(groups.max(initial=-1)) - 1
    share = 1.0
    if covariate is not None and outcome.size:
        outcome, share = adjusted(outcome, covariate[kept], groups)
        freedom -= share < 1
    if freedom < 1:
        return None
    inside = _centred(outcome, groups)
    variance = float(inside @ inside) / freedom
    gaps, weights = _block_gaps(outcome, treated, blocks)
    effect = float((gaps * weights).sum() / weights.sum())
    error = float(np.sqrt(variance / weights.sum()))
    reach = float(t.isf(alpha / 2, freedom)) * error
    p = float(2 * t.sf(abs(effect) / error, freedom)) if error > 0 else float(effect == 0)
    return MeanEffect(effect, effect - reach, effect + reach, p, error, share)


def _with_both_arms(treated: NDArray[np.bool_], blocks: NDArray[np.intp]) -> NDArray[np.bool_]:
    one = np.bincount(blocks, treated)
    whole = np.bincount(blocks)
    told: NDArray[np.bool_] = ((one > 0) & (one < whole))[blocks]
    return told


def _block_gaps(outcome: Values, treated: NDArray[np.bool_], blocks: NDArray[np.intp]) -> tuple[Values, Values]:
    """Difference of means per block, and its weight n₁n₀/(n₁+n₀)."""
    places = np.unique(blocks, return_inverse=True)[1]
    ones, zeros = np.bincount(places, treated), np.bincount(places, ~treated)
    means = np.bincount(places, outcome * treated) / ones - np.bincount(places, outcome * ~treated) / zeros
    return means, ones * zeros / (ones + zeros)


def _centred(values: Values, groups: NDArray[np.intp]) -> Values:
    means = np.bincount(groups, values) / np.maximum(np.bincount(groups), 1)
    centred: Values = values - means[groups]
    return centred
