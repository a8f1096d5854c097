"""Natural breaks: the lines that leave the least difference between the scores within the tiers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiering.tiers.score import BINS, TOP, UNSCORED

Milli = NDArray[np.int32]
Costs = NDArray[np.float64]
_STEP = TOP // BINS


@dataclass(frozen=True)
class Filled:
    """The tenths of a point in which customers stand, lowest first, and what one needs of them to cost a class.

    ``count``, ``total`` and ``squares`` are of the scores within each, in thousandths from the middle of all.
    """

    tenth: NDArray[np.int64]
    count: NDArray[np.int64]
    total: NDArray[np.int64]
    squares: NDArray[np.int64]


def natural_breaks(milli: Milli, tiers: int) -> tuple[int, ...]:
    """Scores (n,) → ``tiers`` − 1 lines in thousandths, descending, each on a tenth midway in its gap.

    Of all lines on tenths those with the smallest sum of squared distances to the mean of their own tier, found by
    dynamic programming over the tenths, not by trial; of equal ones the lowest. Fewer different scores than tiers
    leave the lowest tiers empty. Where nobody has a score the scale is cut into equal parts.

    References
    ----------
    Fisher (1958), On grouping for maximum homogeneity, JASA 53; Jenks (1967) for the name.
    """
    if (milli == UNSCORED).all():
        return tuple(_STEP * round(BINS - BINS * line / tiers) for line in range(1, tiers))
    filled = _filled(milli)
    classes = min(tiers, filled.tenth.size)
    starts = _best_starts(_costs(filled), classes)
    lines = [_STEP * int(filled.tenth[start - 1] + 1 + filled.tenth[start]) // 2 // _STEP * _STEP for start in starts]
    return (*reversed(lines), *[0] * (tiers - classes))


def lines_between(groups: NDArray[np.integer], milli: Milli, tiers: int) -> tuple[int, ...]:
    """Groups of customers (n,), 0 the best, as lines by score: ``tiers`` − 1 tenths in thousandths, descending.

    Each line leaves the fewest customers on the other side of it than their group; of equal ones the highest. Lines
    that would cross or meet stand a tenth apart. Customers without a score have no say.
    """
    scored = milli != UNSCORED
    tenth, group = milli[scored] // _STEP, groups[scored]
    lines: list[int] = []
    for upper in range(tiers - 1):
        below = np.bincount(tenth[group <= upper], minlength=BINS + 2).cumsum()
        astray = np.append(0, below[:-1]) + np.bincount(tenth[group > upper], minlength=BINS + 2)[::-1].cumsum()[::-1]
        best = BINS - int(astray[BINS::-1].argmin())
        lines.append(max(min(best, lines[-1] - 1), 0) if lines else best)
    return tuple(line * _STEP for line in lines)


def _filled(milli: Milli) -> Filled:
    scored = milli[milli != UNSCORED].astype(np.int64)
    bins, within = scored // _STEP, scored % _STEP
    count = np.bincount(bins)
    tenth = np.flatnonzero(count)
    number = count[tenth]
    # distances from the middle tenth keep the squares of a million customers whole numbers
    away = (tenth - int(np.median(tenth))) * _STEP
    offset = np.bincount(bins, weights=within)[tenth].astype(np.int64)
    square = np.bincount(bins, weights=within**2)[tenth].astype(np.int64)
    return Filled(tenth, number, away * number + offset, away**2 * number + 2 * away * offset + square)


def _costs(filled: Filled) -> Costs:
    """Squared distances within a class from bin i up to and including bin j, infinite where j lies before i."""
    count, total, squares = (np.append(0, np.cumsum(x)) for x in (filled.count, filled.total, filled.squares))
    number = np.subtract.outer(count[1:], count[:-1]).T
    sums = np.subtract.outer(total[1:], total[:-1]).T.astype(np.float64)
    spread = np.subtract.outer(squares[1:], squares[:-1]).T - sums**2 / np.maximum(number, 1)
    return np.where(number > 0, spread, np.inf)


def _best_starts(costs: Costs, classes: int) -> list[int]:
    """First bins of the classes after the lowest one, ascending."""
    least, begun = costs[0], []
    for _ in range(classes - 1):
        through = np.append(np.inf, least[:-1])[:, None] + costs
        begun.append(through.argmin(axis=0))
        least = through.min(axis=0)
    starts, last = [], costs.shape[0] - 1
    for start in reversed(begun):
        starts.append(int(start[last]))
        last = starts[-1] - 1
    return starts[::-1]
