"""The smallest change of one weight that puts a customer in another tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tiering.indicators.matrix import IndicatorMatrix
from tiering.tiers.cuts import base_tiers
from tiering.tiers.final_tier import Settlement
from tiering.tiers.robustness import Rows, Tiers, customers_at
from tiering.tiers.score import score_customers

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


def final_flips(flips: Flips, settled: Settlement | None, base: Tiers, rows: Rows) -> Flips:
    """Smallest flips of base tiers → of final tiers; one that leaves the final tier as it is, is none."""
    if settled is None:
        return flips
    found = flips.indicator != NONE
    tier = np.where(found, settled.final(flips.tier, rows), settled.final(base[rows], rows)).astype(np.int8)
    changes = found & (tier != settled.final(base[rows], rows))
    return replace(flips, indicator=np.where(changes, flips.indicator, NONE), tier=tier)
