"""Where a pattern of moves leads if it stays as it is: the next review, the long run, and how long a way takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Counts = NDArray[np.int64]
CLOSE = 1e-12


def next_sizes(sizes: Counts, counts: Counts) -> tuple[Values, Values]:
    """Customers of each tier now (T,), moves counted (T, T) → customers of each at the next review, and their error.

    The error (one standard deviation) is that of customers who move by chance, and of rates known from a count. A
    tier whose moves nobody has seen stays as it is.
    """
    seen = counts.sum(axis=1, keepdims=True)
    rates = _rates(counts)
    spread = rates * (1 - rates) * sizes[:, None] * (1 + sizes[:, None] / np.maximum(seen, 1))
    return sizes @ rates, np.sqrt(spread.sum(axis=0))


def steady_state(counts: Counts) -> Values:
    """Moves counted (T, T) → share of customers in each tier after many reviews, wherever they began.

    NaN throughout where it depends on where they began: two groups of tiers between which nobody moves.
    """
    rates = _rates(counts)
    size = len(rates)
    leaving = np.eye(size) - rates
    if np.linalg.matrix_rank(leaving) < size - 1:
        return np.full(size, np.nan)
    balance = np.vstack([leaving.T, np.ones(size)])
    found = np.linalg.lstsq(balance, np.append(np.zeros(size), 1.0), rcond=None)[0]
    return np.clip(found, 0.0, 1.0)


def reviews_until(counts: Counts) -> Values:
    """Moves counted (T, T) → mean number of reviews from each tier (row) until a customer first stands in another.

    0 on the diagonal; infinite where some of those who set out never arrive.

    References
    ----------
    Mean first passage time of a Markov chain: Kemeny & Snell (1960), Finite Markov Chains, chapter IV.
    """
    rates = _rates(counts)
    return np.column_stack([_passage(rates, goal) for goal in range(len(rates))])


def mobility(counts: Counts) -> float:
    """Moves counted (T, T) → 0 where nobody ever moves, 1 where the next tier does not depend on the last.

    References
    ----------
    Shorrocks (1978), Econometrica 46: (T − trace of the rates) / (T − 1).
    """
    size = len(counts)
    return float((size - np.trace(_rates(counts))) / (size - 1)) if size > 1 else 0.0


def _passage(rates: Values, goal: int) -> Values:
    """Mean number of steps from each state to ``goal``."""
    others = np.flatnonzero(np.arange(len(rates)) != goal)
    among = rates[np.ix_(others, others)]
    arrives = _reached(among) @ (rates[others, goal] > CLOSE) > 0
    sure = ~(_reached(among) @ ~arrives > 0)
    steps = np.full(len(others), np.inf)
    within = among[np.ix_(sure, sure)]
    steps[sure] = np.linalg.solve(np.eye(len(within)) - within, np.ones(len(within)))
    return np.insert(steps, goal, 0.0)


def _reached(rates: Values) -> NDArray[np.int64]:
    """1 where a state is reached from another in any number of steps, itself included."""
    size = len(rates)
    step = (rates > CLOSE) | np.eye(size, dtype=bool)
    return (np.linalg.matrix_power(step.astype(np.int64), max(size, 1)) > 0).astype(np.int64)


def _rates(counts: Counts) -> Values:
    """Shares of each row; a row without a customer stays where it is."""
    total = counts.sum(axis=1, keepdims=True)
    return np.where(total > 0, counts / np.maximum(total, 1), np.eye(len(counts)))
