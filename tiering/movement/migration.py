"""Who moved between two dates: the transition matrix, its rates with their error, and two tests of its pattern."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, chi2_contingency

from tiering.movement.chain import AWAY, NOT_YET, STATES_BESIDE_TIERS, Chain
from tiering.movement.intervals import Share

Counts = NDArray[np.int64]
Rates = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Migration:
    """Moves between two dates, from (rows) to (columns), both (k, k) over tiers and the states beside them.

    ``before`` and ``after``: annual revenue of the customers of each cell at the two dates.
    """

    counts: Counts
    before: Rates
    after: Rates


@dataclass(frozen=True)
class ChiSquared:
    """A chi-squared statistic with its degrees of freedom; ``p`` is NaN where nothing can be tested."""

    statistic: float
    freedom: int

    @property
    def p(self) -> float:
        """Probability of a statistic at least this large if there were no difference."""
        return float(chi2.sf(self.statistic, self.freedom)) if self.freedom else float("nan")


def migration(chain: Chain, start: int, end: int) -> Migration:
    """Moves between the dates at two positions of a chain; every customer of the chain is in one cell."""
    size = chain.count + STATES_BESIDE_TIERS
    cell = chain.states[start].astype(np.intp) * size + chain.states[end]
    return Migration(
        _cells(cell, None, size).astype(np.int64),
        _cells(cell, chain.revenue[start], size),
        _cells(cell, chain.revenue[end], size),
    )


def states_in_use(matrix: Migration, tiers: int) -> tuple[list[int], list[int]]:
    """Codes of rows and of columns that together hold every customer: all tiers, and what beside them holds any."""
    beside = range(tiers, len(matrix.counts))
    rows = [code for code in beside if matrix.counts[code].any()]
    columns = [code for code in beside if matrix.counts[:, code].any()]
    return [*range(tiers), *rows], [*range(tiers), *columns]


def state_changes(chain: Chain, start: int, end: int) -> Rows:
    """Customers in another state than before, most money concerned first: the larger of the two annual revenues.

    A customer who was away or not yet there on both dates did not move; equal money stays in the chain's order.
    """
    was, now = chain.states[start], chain.states[end]
    gone = chain.count + AWAY
    rows = np.flatnonzero((was != now) & ((was < gone) | (now < gone)))
    money = np.maximum(chain.revenue[start], chain.revenue[end])[rows]
    return rows[np.argsort(-money, kind="stable")]


def chained_counts(chain: Chain, start: int = 0, end: int | None = None) -> Counts:
    """Moves between tiers (T, T), added up over the consecutive dates from ``start`` to ``end``."""
    last = len(chain.dates) - 1 if end is None else end
    steps = pairwise(range(start, last + 1))
    total = np.zeros((chain.count, chain.count), dtype=np.int64)
    for before, after in steps:
        total += migration(chain, before, after).counts[: chain.count, : chain.count]
    return total


def rates(counts: Counts) -> tuple[Rates, Rates]:
    """Transition rates n_ij / n_i. and their standard errors √n_ij / n_i.; NaN in a row without a customer.

    References
    ----------
    Maximum likelihood: Anderson & Goodman (1957), Annals of Mathematical Statistics 28.
    """
    total = counts.sum(axis=1, keepdims=True).astype(np.float64)
    total[total == 0] = np.nan
    return counts / total, np.sqrt(counts) / total


def stay_shares(states: NDArray[np.int8], tiers: int) -> tuple[Share, ...]:
    """States at several dates (d, n) → share of each tier's customers who are in it at the next date, over all steps.

    Those who left (no order in the window any more) did not stay. The same customer counts once a step, and the
    interval allows for it.
    """
    was, now = states[:-1], states[1:]
    customer = np.broadcast_to(np.arange(states.shape[1]), was.shape)
    members = [was == tier for tier in range(tiers)]
    return tuple(Share.over_customers(now[some] == tier, customer[some]) for tier, some in enumerate(members))


def ups_and_downs(counts: Counts) -> tuple[int, int]:
    """Moves to a better and to a worse tier in a square table of tiers, best first."""
    return int(np.tril(counts, -1).sum()), int(np.triu(counts, 1).sum())


def symmetry(counts: Counts) -> ChiSquared:
    """Do as many customers move from one tier to another as back? Pairs of tiers without a move count for nothing.

    References
    ----------
    Bowker (1948), Journal of the American Statistical Association 43.
    """
    above = np.triu_indices(len(counts), 1)
    there, back = counts[above].astype(float), counts.T[above].astype(float)
    moved = there + back > 0
    there, back = there[moved], back[moved]
    return ChiSquared(float(((there - back) ** 2 / (there + back)).sum()), int(moved.sum()))


def same_sizes(counts: Counts) -> ChiSquared:
    """Are the tiers as large after the moves as before, but for chance? Tiers nobody entered or left count for nothing.

    References
    ----------
    Stuart (1955), Biometrika 42; Maxwell (1970), British Journal of Psychiatry 116.
    """
    into, out, stayed = counts.sum(axis=0), counts.sum(axis=1), np.diagonal(counts)
    change = (out - into).astype(float)
    spread = np.diag(out + into - 2 * stayed).astype(float) - (counts + counts.T) * (1 - np.eye(len(counts)))
    freedom = int(np.linalg.matrix_rank(spread))
    return ChiSquared(float(change @ np.linalg.pinv(spread) @ change) if freedom else 0.0, freedom)


def homogeneity(first: Counts, second: Counts) -> ChiSquared:
    """Did the pattern of moves change between two periods? Each tier's row is compared with itself, then added up.

    Rows are compared as shares, so a tier that merely grew changes nothing; a row or column without a customer is
    left out with its degrees of freedom.

    References
    ----------
    Anderson & Goodman (1957), Annals of Mathematical Statistics 28; Pearson's statistic on the conditional rows.
    """
    statistic, freedom = 0.0, 0
    for rows in zip(first, second, strict=True):
        table = np.array(rows)
        table = table[:, table.sum(axis=0) > 0]
        if table.shape[1] > 1 and (table.sum(axis=1) > 0).all():
            answer = chi2_contingency(table, correction=False)
            statistic, freedom = statistic + float(answer.statistic), freedom + int(answer.dof)
    return ChiSquared(statistic, freedom)


def arrivals_and_departures(matrix: Migration, tiers: int) -> tuple[int, int, int]:
    """New customers, customers who came back after a window without an order, and customers who left."""
    staying = slice(0, tiers + 1)
    new = matrix.counts[tiers + NOT_YET, staying].sum()
    back = matrix.counts[tiers + AWAY, staying].sum()
    left = matrix.counts[staying, tiers + AWAY].sum()
    return int(new), int(back), int(left)


def _cells(cell: NDArray[np.intp], money: Rates | None, size: int) -> Rates:
    return np.bincount(cell, weights=money, minlength=size * size).reshape(size, size).astype(np.float64)
