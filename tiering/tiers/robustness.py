"""How sure a tier is: the share of plausible weightings under which a customer keeps it, rules included or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.tiers.cuts import base_tiers
from tiering.tiers.final_tier import TierAdjustments
from tiering.tiers.score import least_coverage, score_customers
from tiering.tiers.weightings import Weightings

FIRM, LEANING = 0.9, 0.6
BLOCK = 2048  # customers at a time: the block of sampled scores stays near the processor
_BEYOND = np.float32(2**25)  # above every sum of weight × level

Shares = NDArray[np.float64]
Sums = NDArray[np.float32]
Tiers = NDArray[np.int8]
Rows = NDArray[np.intp]
Progress = Callable[[float], None]


def stability_shares(
    matrix: IndicatorMatrix,
    weightings: Weightings,
    positions: tuple[int, ...],
    tiers: Tiers,
    progress: Progress | None = None,
) -> Shares:
    """Share of the weightings (draws, k) under which each customer (n,) stands in its tier of ``tiers``.

    Lines stay at ``positions`` (thousandths of a point). A weighting under which too little is known of a customer
    to score it does not keep the tier. NaN where ``tiers`` says there is none. Scores under a weighting are those
    of ``score_customers``, to the last customer.

    References
    ----------
    Class acceptability of SMAA-TRI: Tervonen, Figueira, Lahdelma, Almeida Dias & Salminen (2009), European Journal
    of Operational Research 192.
    """
    shares = np.full(tiers.size, np.nan)
    done = 0
    least = least_coverage(matrix)
    for pattern, tier, rows in _alike(matrix, tiers, len(positions) + 1):
        scored = _scored(weightings, matrix.patterns[pattern], least[pattern])
        lower, upper = _bounds(scored.astype(np.float64) @ matrix.patterns[pattern], positions, tier)
        for start in range(0, rows.size, BLOCK):
            block = rows[start : start + BLOCK]
            points = scored @ matrix.levels[:, block]
            inside = (points >= lower) & (points < upper)
            shares[block] = np.count_nonzero(inside, axis=0) / len(weightings)
            done += block.size
            if progress:
                progress(done / tiers.size)
    return shares


def stability_classes(shares: Shares) -> NDArray[np.int8]:
    """Kept shares (n,) → 0 firm (from 90 %), 1 leaning (from 60 %), 2 open, −1 where there is no tier."""
    known = np.where(np.isnan(shares), 1.0, shares)
    standing = (known < FIRM).astype(np.int8) + (known < LEANING)
    standing[np.isnan(shares)] = -1
    return standing


def borderline(shares: Shares, revenue: NDArray[np.float64]) -> Rows:
    """Rows of the customers whose tier is not firm, most revenue at stake first.

    At stake is revenue × the share of weightings that put the customer elsewhere; equal stakes in the given order.
    """
    rows = np.flatnonzero(stability_classes(shares) > 0)
    stake = np.maximum(revenue[rows], 0.0) * (1 - shares[rows])
    return rows[np.argsort(-stake, kind="stable")]


def tier_shares(matrix: IndicatorMatrix, weightings: Weightings, positions: tuple[int, ...], rows: Rows) -> Shares:
    """Share of the weightings under which each of ``rows`` stands in each tier: (tiers, rows)."""
    part = customers_at(matrix, rows)
    kept = [
        stability_shares(part, weightings, positions, np.full(rows.size, tier, np.int8))
        for tier in range(len(positions) + 1)
    ]
    return np.array(kept)


def customers_at(matrix: IndicatorMatrix, rows: Rows) -> IndicatorMatrix:
    """The same indicators for some of the customers, their levels as they are."""
    return replace(matrix, levels=matrix.levels[:, rows], pattern=matrix.pattern[rows])


def _alike(matrix: IndicatorMatrix, tiers: Tiers, count: int) -> Iterator[tuple[int, int, Rows]]:
    """Customers of whom the same is known and who share a tier: pattern, tier, rows."""
    kind = matrix.pattern * (count + 1) + tiers
    order = np.argsort(kind, kind="stable")
    starts = np.flatnonzero(np.diff(kind[order]))
    for rows in np.split(order, starts + 1) if order.size else ():
        pattern, tier = divmod(int(kind[rows[0]]), count + 1)
        if tier < count:
            yield pattern, tier, rows


def _scored(weightings: Weightings, known: NDArray[np.float64], least: float) -> Weightings:
    """The weightings under which enough is known of these customers."""
    total = weightings.sum(axis=1)
    weight = weightings @ known
    return weightings[(total > 0) & (weight / np.maximum(total, 1) >= least)]


def _bounds(weight: NDArray[np.float64], positions: tuple[int, ...], tier: int) -> tuple[Sums, Sums]:
    """Lowest sum of weight × level in the tier and lowest above it, one per weighting."""
    lower = _sum_at((*positions, 0)[tier], weight)
    return lower, _sum_at(positions[tier - 1], weight) if tier else np.full_like(lower, _BEYOND)


def _sum_at(line: int, weight: NDArray[np.float64]) -> Sums:
    # a score reaches a line when the sum reaches line × weight × 8192 / 100000, here in lowest terms: the whole
    # numbers stay exact, and so does the smallest whole sum at or above the quotient
    return np.ceil(line * 256 * weight / 3125).astype(np.float32)[:, None]


def final_stability_shares(
    sampled: tuple[IndicatorMatrix, Weightings, tuple[int, ...]],
    base: Tiers,
    settled: TierAdjustments | None,
    progress: Progress | None = None,
) -> Shares:
    """Share of the weightings under which each customer (n,) keeps its final tier.

    ``sampled``: matrix, weightings and lines, as for ``stability_shares``. Where several base tiers lead to one final
    tier their shares add up; a tier set by hand is kept under all.
    """
    matrix, weightings, positions = sampled
    shares = stability_shares(matrix, weightings, positions, base, progress)
    for final, rows in () if settled is None else settled.paths:
        if (final == final[0]).all():
            shares[rows] = 1.0
            continue
        for other in range(len(positions) + 1):
            same = rows[(final[base[rows]] == final[other]) & (base[rows] != other)]
            if same.size:
                part = customers_at(matrix, same)
                shares[same] += stability_shares(part, weightings, positions, np.full(same.size, other, np.int8))
    return shares


def final_shares(by_base: Shares, settled: TierAdjustments | None, rows: Rows) -> Shares:
    """Shares by base tier (tiers, rows) → by final tier (tiers, rows)."""
    if settled is None:
        return by_base
    by_final = np.zeros_like(by_base)
    for base, shares in enumerate(by_base):
        final = settled.final(np.full(rows.size, base, np.int8), rows)
        np.add.at(by_final, (final, np.arange(rows.size)), shares)
    return by_final


def final_flips(flips: Flips, settled: TierAdjustments | None, base: Tiers, rows: Rows) -> Flips:
    """Smallest flips of base tiers → of final tiers; one that leaves the final tier as it is, is none."""
    if settled is None:
        return flips
    found = flips.indicator != NONE
    tier = np.where(found, settled.final(flips.tier, rows), settled.final(base[rows], rows)).astype(np.int8)
    changes = found & (tier != settled.final(base[rows], rows))
    return replace(flips, indicator=np.where(changes, flips.indicator, NONE), tier=tier)


MOST_WEIGHT = 100
NONE = -1


@dataclass(frozen=True)
class Flips:
    """Per customer asked for (m,): which indicator's weight (row of the matrix, −1 where no single one does it),
    the weight it would have, and the tier it would lead to.
    """

    indicator: NDArray[np.intp]
    weight: NDArray[np.intp]
    tier: Tiers


def smallest_flips(
    matrix: IndicatorMatrix, weights: Mapping[str, int], positions: tuple[int, ...], tiers: Tiers, rows: Rows
) -> Flips:
    """The nearest whole weight 0..100 of one indicator that moves each of ``rows`` out of its tier of ``tiers``.

    Lines stay at ``positions``. Tried out from the smallest change on, each by scoring anew, so that what is told is
    what happens; of equal changes the first in catalogue order, down before up. Losing the score is no other tier.
    """
    part, now = customers_at(matrix, rows), tiers[rows]
    found = Flips(np.full(rows.size, NONE), np.full(rows.size, NONE), now.copy())
    waiting = np.ones(rows.size, dtype=bool)
    for row, weight in _changes([weights.get(key, 0) for key in matrix.keys]):
        if not waiting.any():
            break
        moved = base_tiers(score_customers(part, {**weights, matrix.keys[row]: weight}).milli, positions)
        flipped = waiting & (moved != now) & (moved <= len(positions))
        found.indicator[flipped], found.weight[flipped], found.tier[flipped] = row, weight, moved[flipped]
        waiting &= ~flipped
    return found


def _changes(weights: list[int]) -> Iterator[tuple[int, int]]:
    """Every other weight of every indicator, nearest first."""
    for size in range(1, MOST_WEIGHT + 1):
        for row, weight in enumerate(weights):
            yield from ((row, moved) for moved in (weight - size, weight + size) if 0 <= moved <= MOST_WEIGHT)
