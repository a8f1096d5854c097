"""What a customer of each tier is worth over the years: while it stays, and with its moves between tiers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.movement.chain import AWAY, Chain

Values = NDArray[np.float64]
YEAR = 12
FEWEST_LOST = 30  # customers who had stopped ordering, below which their coming back is not counted on


@dataclass(frozen=True)
class Assumptions:
    """``discount`` a year (0..1), and ``years`` that are counted."""

    discount: float = 0.10
    years: int = 5


def lifetime_value(margin: Values, kept: Values, assumed: Assumptions) -> Values:
    """Margin a year and share kept a year (k,) → margin of the years to come, today's money.

    Σ over year t = 0 … years − 1 of margin · kept^t / (1 + discount)^t: this year is counted in full, the tier never
    changes.
    """
    factor = kept / (1 + assumed.discount)
    years = np.arange(assumed.years)[:, None]
    return np.asarray(margin * (factor**years).sum(axis=0))


def value_of_states(rates: Values, rewards: Values, discount: float, periods: int | None = None) -> Values:
    """Transition rates (k, k), reward a period (k,) and discount a period → value over so many periods, today's money.

    V = Σ over t = 0 … periods − 1 of (P / (1 + d))ᵗ R; without a horizon for good, (I − P / (1 + d))⁻¹ R.

    Raises
    ------
    ValueError
        Without a horizon where the discount is not above 0: who never leaves would be worth an infinite sum.

    References
    ----------
    Pfeifer & Carraway (2000), Journal of Interactive Marketing 14(2).
    """
    if periods is not None:
        value = np.zeros(len(rewards))
        for _ in range(periods):
            value = rewards + rates @ value / (1 + discount)
        return value
    if discount <= 0:
        raise ValueError("a discount above 0")
    return np.asarray(np.linalg.solve(np.eye(len(rewards)) - rates / (1 + discount), rewards))


def yearly_discount(discount: float, months: int) -> float:
    """Discount of a period of so many months."""
    return float((1 + discount) ** (months / YEAR) - 1)


def moves_with_absence(chain: Chain) -> tuple[Values, NDArray[np.int64]]:
    """Rates of moving (T + 1, T + 1) between tiers and "no order in the window", and the customers behind each row.

    A row without a customer stays where it is. Who no longer orders comes back as often as the data show, of at least
    thirty customers; with fewer, lost is lost. Customers without a score are in no row.
    """
    size = chain.count + 1
    was, now = (np.where(states == chain.count + AWAY, chain.count, states) for states in chain.states[[0, -1]])
    known = ((chain.states[0] < chain.count) | (chain.states[0] == chain.count + AWAY)) & (
        (chain.states[-1] < chain.count) | (chain.states[-1] == chain.count + AWAY)
    )
    counts = np.bincount(was[known].astype(np.intp) * size + now[known], minlength=size * size).reshape(size, size)
    of_row = counts.sum(axis=1)
    rates = np.where(of_row[:, None] > 0, counts / np.maximum(of_row, 1)[:, None], np.eye(size))
    if of_row[-1] < FEWEST_LOST:
        rates[-1] = np.eye(size)[-1]
    return rates, of_row


def mean_reward(chain: Chain, rate: float) -> Values:
    """Mean margin (T + 1,) of a window of those in each tier at the last date, 0 for who does not order."""
    now = chain.states[-1]
    worth = [chain.revenue[-1][now == tier] for tier in range(chain.count)]
    means = [float(money.mean()) if money.size else 0.0 for money in worth]
    return np.array([*means, 0.0]) * rate
