"""How much of the revenue that followed the upper tiers held, against revenue alone, with intervals by redrawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.movement.backtest import Backtest, Money, ratio

SEED = 20_240_601
LEAST_CUSTOMERS, LEAST_ABOVE = 100, 15  # with fewer, or fewer above or below a line, resampling promises too much
WORTH_HAVING = 0.02  # of the revenue that followed: a smaller advantage over ranking by revenue is none
CURVE_POINTS = 201


@dataclass(frozen=True)
class Captured:
    """Shares of the revenue that came after, held by as many customers, chosen by the scheme and by revenue alone.

    One entry for each line between tiers, top first. ``low`` and ``high`` bound the difference scheme − revenue with
    95 %; NaN below 100 customers, or where fewer than 15 are above or below the line.
    """

    customers: NDArray[np.int64]
    by_scheme: Money
    by_revenue: Money
    low: Money
    high: Money

    @property
    def verdicts(self) -> list[str]:
        """For each line what can be said of the scheme against revenue alone.

        ``better``, ``worse``; ``equal``: no better, an advantage of two points is excluded; ``open``: the file cannot
        tell; ``unknown``: too few customers.
        """
        cases = [np.isnan(self.low), self.low > 0, self.high < 0, self.high < WORTH_HAVING]
        return [str(verdict) for verdict in np.select(cases, ["unknown", "better", "worse", "equal"], "open")]


def captured(test: Backtest, seed: int = SEED) -> Captured:
    """For each line: revenue after of the tiers above it, against as many customers with the most annual revenue.

    Revenue below zero counts as none. Where the last place by revenue is shared by equals, each holds its part of
    it. The interval comes from drawing the customers again: who the scheme chose stays chosen, and against them stand
    as many of those drawn, by revenue.
    """
    money = np.maximum(test.after, 0.0)
    chosen = np.array([test.tiers <= line for line in range(test.count - 1)], dtype=np.float64)
    sizes = chosen.sum(axis=1).astype(np.int64)
    ranked = np.array([biggest(test.annual, int(size)) for size in sizes])
    parts = np.concatenate([chosen, ranked]) * money
    shares = ratio(parts.sum(axis=1), np.full(len(parts), money.sum()))
    lines = test.count - 1
    low, high = np.full(lines, np.nan), np.full(lines, np.nan)
    told = np.minimum(sizes, test.tiers.size - sizes) >= LEAST_ABOVE
    if test.tiers.size >= LEAST_CUSTOMERS and told.any():
        drawn = _drawn_differences(test.annual, money, chosen[told], seed)
        low[told], high[told] = np.array([interval(line) for line in drawn.T]).T
    return Captured(sizes, shares[:lines], shares[lines:], low, high)


def _drawn_differences(annual: Money, money: Money, chosen: Money, seed: int) -> Money:
    """Differences (draws, lines) of the shares held by the ``chosen`` (lines, n) and by as many of most revenue."""
    order = np.argsort(-annual, kind="stable")
    money, chosen = _shared_by_equals(annual[order], money[order]), chosen[:, order]
    differences = []
    for times in resampled_counts(annual.size, seed):
        drawn, brought = np.cumsum(times, axis=1), np.cumsum(times * money, axis=1)
        rows = np.arange(len(times))
        by_revenue = []
        for number in (times @ chosen.T).T:
            last = np.minimum((drawn < number[:, None]).sum(axis=1), annual.size - 1)
            by_revenue.append(brought[rows, last] - (drawn[rows, last] - number) * money[last])
        by_scheme = times @ (chosen * money).T
        whole = brought[:, -1:]
        gaps = by_scheme - np.array(by_revenue).T
        differences.append(np.divide(gaps, whole, out=np.full_like(gaps, np.nan), where=whole > 0))
    return np.concatenate(differences)


def _shared_by_equals(worth: Money, money: Money) -> Money:
    """Money (n,) in descending order of worth, equals each with the mean of theirs."""
    same = np.concatenate([[0], np.cumsum(np.diff(worth) != 0)])
    means: Money = np.bincount(same, money) / np.bincount(same)
    return means[same]


def biggest(worth: Money, count: int) -> Money:
    """1 for the ``count`` customers of most worth, 0 for the rest; equals at the last place share what is left."""
    if not 0 < count < worth.size:
        return np.full(worth.size, float(count > 0))
    last = np.partition(worth, worth.size - count)[worth.size - count]
    above, equal = worth > last, worth == last
    return above + equal * (count - above.sum()) / equal.sum()


def capture_curve(test: Backtest, by: Money) -> pd.DataFrame:
    """Customers in the order of ``by`` (most first) → ``customer_share``, ``revenue_share`` after, at 201 points.

    Equals share what they bring: between them the curve is straight.
    """
    order = np.argsort(-by, kind="stable")
    money = np.maximum(test.after, 0.0)[order]
    last_of_equals = np.append(np.flatnonzero(np.diff(by[order])), by.size - 1)
    share = np.append(0.0, (last_of_equals + 1) / by.size)
    running = np.append(0.0, np.cumsum(money)[last_of_equals]) / max(money.sum(), 1e-9)
    points = np.linspace(0, 1, CURVE_POINTS)
    return pd.DataFrame({"customer_share": points, "revenue_share": np.interp(points, share, running)})


def rank_key(test: Backtest) -> Money:
    """What the scheme orders customers by: the tier first, within it the score."""
    return (test.count - test.tiers.astype(np.float64)) * 1_000_000 + test.milli


DRAWS = 1000
MANY = 20_000  # customers from which fewer draws do: their figure hardly varies
FEWER_DRAWS = 300
BLOCK = 4_000_000  # numbers drawn at a time

Figures = NDArray[np.float64]


def resampled_counts(customers: int, seed: int, draws: int | None = None) -> Iterator[Figures]:
    """How often each customer is drawn, in blocks (some draws, ``customers``) that together make all draws.

    As often as a Poisson number of mean 1 says, which is drawing with replacement but for the total number. The same
    seed gives the same answer.

    References
    ----------
    Efron (1979), Annals of Statistics 7; Poisson weights after Hanley & MacGibbon (2006), Computer Methods and
    Programs in Biomedicine 83.
    """
    count = draws or (DRAWS if customers <= MANY else FEWER_DRAWS)
    chance = np.random.default_rng(seed)
    step = max(BLOCK // max(customers, 1), 1)
    for start in range(0, count, step):
        yield chance.poisson(1.0, (min(step, count - start), customers)).astype(np.float64)


def interval(values: Figures, confidence: float = 0.95) -> tuple[float, float]:
    """The middle ``confidence`` of resampled values; NaN without one."""
    known = values[np.isfinite(values)]
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
