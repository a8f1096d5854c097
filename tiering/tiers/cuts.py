"""Cut lines: the customary ones for the data at hand, where shares are reached, and the tiers between lines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tiering.scenario.ways import Cuts
from tiering.tiers.score import TOP, UNSCORED

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
