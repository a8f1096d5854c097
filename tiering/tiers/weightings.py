"""Weightings that somebody might have set instead, drawn at random from a seed, in whole numbers."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

FINENESS = 2000  # a sampled weighting adds up to about this, which keeps every score exact
BAND = 0.2

Sampling = Literal["all", "order", "near"]
Weightings = NDArray[np.float32]


def sampled_weightings(weights: NDArray[np.float64], sampling: Sampling, draws: int, seed: int) -> Weightings:
    """Set weights (k,) → sampled weightings (draws, k) in whole numbers; an indicator set to 0 stays at 0.

    ``all``: every weighting equally likely, Dirichlet(1, …, 1). ``order``: the same among those that keep the order
    of the set weights, equal weights in either order. ``near``: each weight within ± 20 % of what is set.

    References
    ----------
    Lahdelma & Salminen (2001), SMAA-2, Operations Research 49; ordinal weights as sorted draws.
    """
    chance = np.random.default_rng(seed)
    counted = np.flatnonzero(weights)
    drawn = np.zeros((draws, weights.size))
    if counted.size:
        drawn[:, counted] = _drawn(weights[counted], sampling, draws, chance)
    return np.rint(drawn * FINENESS).astype(np.float32)


def _drawn(
    weights: NDArray[np.float64], sampling: Sampling, draws: int, chance: np.random.Generator
) -> NDArray[np.float64]:
    """Shares (draws, k) that add up to 1."""
    if sampling == "near":
        near = weights * chance.uniform(1 - BAND, 1 + BAND, (draws, weights.size))
        return near / near.sum(axis=1, keepdims=True)
    shares = chance.dirichlet(np.ones(weights.size), draws)
    return shares if sampling == "all" else _in_order(shares, weights, chance)


def _in_order(
    shares: NDArray[np.float64], weights: NDArray[np.float64], chance: np.random.Generator
) -> NDArray[np.float64]:
    """Each draw dealt out from its biggest share to its smallest, in the order of the weights."""
    among_equals = chance.random(shares.shape)
    order = np.lexsort((among_equals, np.broadcast_to(-weights, shares.shape)), axis=1)
    dealt = np.empty_like(shares)
    np.put_along_axis(dealt, order, -np.sort(-shares, axis=1), axis=1)
    return dealt
