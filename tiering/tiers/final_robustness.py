"""How sure a final tier is: shares of weightings by base tier, carried through points, caps and decisions by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tiering.indicators.matrix import IndicatorMatrix
from tiering.tiers.final_tier import Settlement
from tiering.tiers.flips import NONE, Flips
from tiering.tiers.robustness import Progress, Rows, Shares, Tiers, customers_at, kept_shares
from tiering.tiers.weightings import Weightings


def kept_final_shares(
    sampled: tuple[IndicatorMatrix, Weightings, tuple[int, ...]],
    base: Tiers,
    settled: Settlement | None,
    progress: Progress | None = None,
) -> Shares:
    """Share of the weightings under which each customer (n,) keeps its final tier.

    ``sampled``: matrix, weightings and lines, as for ``kept_shares``. Where several base tiers lead to one final tier
    their shares add up; a tier set by hand is kept under all.
    """
    matrix, weightings, positions = sampled
    shares = kept_shares(matrix, weightings, positions, base, progress)
    for final, rows in () if settled is None else settled.paths:
        if (final == final[0]).all():
            shares[rows] = 1.0
            continue
        for other in range(len(positions) + 1):
            same = rows[(final[base[rows]] == final[other]) & (base[rows] != other)]
            if same.size:
                part = customers_at(matrix, same)
                shares[same] += kept_shares(part, weightings, positions, np.full(same.size, other, np.int8))
    return shares


def final_shares(by_base: Shares, settled: Settlement | None, rows: Rows) -> Shares:
    """Shares by base tier (tiers, rows) → by final tier (tiers, rows)."""
    if settled is None:
        return by_base
    by_final = np.zeros_like(by_base)
    for base, shares in enumerate(by_base):
        final = settled.final(np.full(rows.size, base, np.int8), rows)
        np.add.at(by_final, (final, np.arange(rows.size)), shares)
    return by_final


def final_flips(flips: Flips, settled: Settlement | None, base: Tiers, rows: Rows) -> Flips:
    """Smallest flips of base tiers → of final tiers; one that leaves the final tier as it is, is none."""
    if settled is None:
        return flips
    found = flips.indicator != NONE
    tier = np.where(found, settled.final(flips.tier, rows), settled.final(base[rows], rows)).astype(np.int8)
    changes = found & (tier != settled.final(base[rows], rows))
    return replace(flips, indicator=np.where(changes, flips.indicator, NONE), tier=tier)
