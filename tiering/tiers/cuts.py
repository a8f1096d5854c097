"""Cut lines: the customary ones for the data at hand, natural breaks, and the tiers between lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways import Cuts
from tiering.tiers.score import BINS, TOP, UNSCORED

PROPOSED_SHARES: dict[int, tuple[float, ...]] = {
    2: (0.20,),
    3: (0.05, 0.20),
    4: (0.05, 0.20, 0.50),
    5: (0.05, 0.15, 0.30, 0.60),
    6: (0.03, 0.10, 0.20, 0.40, 0.70),
}
NOBODY = TOP + 1  # a line above every score
REVENUE_ABOVE = 0.8  # share of the revenue above the last line of a proposal
_STEP = 100  # lines by score lie on tenths of a point

Milli = NDArray[np.int32]
Costs = NDArray[np.float64]
_LINE_STEP = TOP // BINS


def proposed_cuts(milli: Milli, tiers: int, revenue: NDArray[np.float64] | None = None) -> Cuts:
    """First cut lines by score: 5 %, 20 % and 50 % of the customers lie above (for four tiers), on tenths.

    With their ``revenue`` (n,), NaN where unknown, those who bought nothing are no part of the shares, and the last
    line lies low enough for four fifths of the revenue to be above it. Where nobody has a score the scale is cut into
    equal parts.
    """
    if revenue is not None and (revenue > 0).any():
        bought = ~(revenue <= 0)
        milli, revenue = milli[bought], np.nan_to_num(revenue[bought])
    if (milli == UNSCORED).all():
        return Cuts(kind="score", lines=tuple(round(100 - 100 * line / tiers, 1) for line in range(1, tiers)))
    positions = list(crossings(milli, None, PROPOSED_SHARES[tiers]))
    if revenue is not None:
        positions[-1] = min(positions[-1], crossings(milli, revenue, (REVENUE_ABOVE,))[0])
    return _on_tenths(positions)


def cuts_at(milli: Milli, shares: tuple[float, ...], revenue: NDArray[np.float64]) -> Cuts:
    """Lines by score, on tenths, where the revenue above them first reaches the shares, the crossing one included."""
    return _on_tenths(list(crossings(milli, revenue, shares)))


def _on_tenths(positions: list[int]) -> Cuts:
    tenths = [position // _STEP for position in positions]
    return Cuts(kind="score", lines=tuple(tenth / 10 for tenth in _apart(tenths)))


def base_tiers(milli: Milli, positions: tuple[int, ...]) -> NDArray[np.int8]:
    """Scores (n,) → tier numbers (n,), 0 the top; one past the last tier where there is no score."""
    tiers = np.zeros(milli.size, dtype=np.int8)
    for position in positions:
        tiers += milli < position
    tiers[milli == UNSCORED] = len(positions) + 1
    return tiers


def crossings(milli: Milli, weight: NDArray[np.float64] | None, shares: tuple[float, ...]) -> tuple[int, ...]:
    """For each share the score whose holders, with everybody above, first reach that share of the total.

    Above everybody (``NOBODY``) for a share of 0 and where there is nothing to share.
    """
    # one to the right, so that the customers without a score fall into a bin of their own
    by_score = np.bincount(milli - UNSCORED, weights=weight, minlength=TOP + 2)[1:]
    running = np.cumsum(by_score[::-1])
    total = running[-1]
    reached = np.searchsorted(running, np.asarray(shares) * total * (1 - 1e-9), side="left")
    found = zip(shares, reached, strict=True)
    return tuple(int(TOP - min(index, TOP)) if share > 0 and total > 0 else NOBODY for share, index in found)


def _apart(tenths: list[int]) -> list[int]:
    """Lines at least one tenth apart, moved down where they coincide."""
    spread = list(tenths)
    for upper, lower in pairwise(range(len(spread))):
        spread[lower] = max(0, min(spread[lower], spread[upper] - 1))
    return spread


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
        return tuple(_LINE_STEP * round(BINS - BINS * line / tiers) for line in range(1, tiers))
    filled = _filled(milli)
    classes = min(tiers, filled.tenth.size)
    starts = _best_starts(_costs(filled), classes)
    lines = [
        _LINE_STEP * int(filled.tenth[start - 1] + 1 + filled.tenth[start]) // 2 // _LINE_STEP * _LINE_STEP
        for start in starts
    ]
    return (*reversed(lines), *[0] * (tiers - classes))


def lines_between(groups: NDArray[np.integer], milli: Milli, tiers: int) -> tuple[int, ...]:
    """Groups of customers (n,), 0 the best, as lines by score: ``tiers`` − 1 tenths in thousandths, descending.

    Each line leaves the fewest customers on the other side of it than their group; of equal ones the highest. Lines
    that would cross or meet stand a tenth apart. Customers without a score have no say.
    """
    scored = milli != UNSCORED
    tenth, group = milli[scored] // _LINE_STEP, groups[scored]
    lines: list[int] = []
    for upper in range(tiers - 1):
        below = np.bincount(tenth[group <= upper], minlength=BINS + 2).cumsum()
        astray = np.append(0, below[:-1]) + np.bincount(tenth[group > upper], minlength=BINS + 2)[::-1].cumsum()[::-1]
        best = BINS - int(astray[BINS::-1].argmin())
        lines.append(max(min(best, lines[-1] - 1), 0) if lines else best)
    return tuple(line * _LINE_STEP for line in lines)


def _filled(milli: Milli) -> Filled:
    scored = milli[milli != UNSCORED].astype(np.int64)
    bins, within = scored // _LINE_STEP, scored % _LINE_STEP
    count = np.bincount(bins)
    tenth = np.flatnonzero(count)
    number = count[tenth]
    # distances from the middle tenth keep the squares of a million customers whole numbers
    away = (tenth - int(np.median(tenth))) * _LINE_STEP
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
